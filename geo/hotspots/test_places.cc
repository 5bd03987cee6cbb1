#include "geo/hotspots/test_places.h"

#include <fmt/format.h>

#include <cmath>

#include "geo/significance/benjamini_hochberg.h"
#include "geo/significance/confidence.h"
#include "geo/types/check.h"

namespace geo {
namespace {

Result<std::vector<LocalZ>> RasterZ(std::span<const double> values, const PlaceRaster& raster, const SignificanceQuery& query, int threads,
                                    const StopSignal& stop) {
  std::vector<double> dense(raster.frame.size());
  for (std::size_t i = 0, next = 0; i < dense.size(); ++i) {
    if (raster.inside[i] != 0) dense[i] = values[next++];
  }
  const auto z = GetisOrdOnRaster(dense, raster.inside, raster.frame,
                                  {raster.neighbourhood, raster.radius_cells, query.statistic == LocalStatistic::kGiStar, threads}, stop);
  if (!z) return Fail(z.error());
  std::vector<LocalZ> of_places;
  of_places.reserve(values.size());
  for (std::size_t i = 0; i < z->size(); ++i) {
    if (raster.inside[i] != 0) of_places.push_back((*z)[i]);
  }
  return of_places;
}

Result<void> TestGetisOrd(std::span<const double> values, const Neighbours* neighbours, const std::optional<PlaceRaster>& raster, int threads,
                          TestedPlaces& tested, const StopSignal& stop) {
  const SignificanceQuery& query = tested.summary.used;
  const GetisOrdForm form{query.statistic == LocalStatistic::kGiStar, query.row_standardised};
  const auto z = raster && !query.row_standardised ? RasterZ(values, *raster, query, threads, stop) : GetisOrd(values, *neighbours, form, stop);
  if (!z) return Fail(z.error());
  for (std::size_t i = 0; i < values.size(); ++i) {
    PlaceSignificance& place = tested.places[i];
    place.status = (*z)[i].status;
    if (place.status != LocalStatus::kDefined) continue;
    place.statistic = (*z)[i].z;
    place.p = TwoSidedP((*z)[i].z);
  }
  return {};
}

Result<void> TestLocalMoran(std::span<const double> values, const Neighbours& neighbours, int threads, TestedPlaces& tested, const StopSignal& stop) {
  const SignificanceQuery& query = tested.summary.used;
  const auto local = LocalMoran(values, neighbours, {query.permutations, query.seed, false, threads}, stop);
  if (!local) return Fail(local.error());
  for (std::size_t i = 0; i < values.size(); ++i) {
    PlaceSignificance& place = tested.places[i];
    place.status = (*local)[i].status;
    if (place.status != LocalStatus::kDefined) continue;
    place.statistic = (*local)[i].i;
    place.p = (*local)[i].p;
    place.quadrant = (*local)[i].quadrant;
  }
  return {};
}

Result<void> Adjust(TestedPlaces& tested, const StopSignal& stop) {
  std::vector<double> p_values;
  for (const PlaceSignificance& place : tested.places) {
    if (place.status == LocalStatus::kDefined) p_values.push_back(place.p);
  }
  tested.summary.tests = static_cast<std::int64_t>(p_values.size());
  if (tested.summary.used.correct) {
    auto adjusted = AdjustForFalseDiscovery(p_values, stop);
    if (!adjusted) return Fail(adjusted.error());
    p_values = std::move(*adjusted);
  }
  std::size_t next = 0;
  for (PlaceSignificance& place : tested.places) {
    if (place.status == LocalStatus::kDefined) place.q = p_values[next++];
  }
  return {};
}

void Read(TestedPlaces& tested) {
  SignificanceSummary& summary = tested.summary;
  for (PlaceSignificance& place : tested.places) {
    if (place.status != LocalStatus::kDefined) continue;
    place.significant = place.q <= summary.used.rate;
    if (summary.used.statistic == LocalStatistic::kLocalMoran) {
      if (!place.significant) place.quadrant = LocalMoranClass::kNotSignificant;
      summary.hot += place.quadrant == LocalMoranClass::kHighHigh ? 1 : 0;
      summary.cold += place.quadrant == LocalMoranClass::kLowLow ? 1 : 0;
      summary.outliers += place.quadrant == LocalMoranClass::kHighLow || place.quadrant == LocalMoranClass::kLowHigh ? 1 : 0;
      continue;
    }
    place.confidence = ConfidenceClass(place.statistic, place.q);
    if (!place.significant) continue;
    ++(place.statistic > 0 ? summary.hot : summary.cold);
  }
}

// A rate that no pseudo p can reach, however hot a place is, would read as "nothing is significant".
void WarnOfFewPermutations(SignificanceSummary& summary) {
  const double least_p = 2.0 / (summary.used.permutations + 1);
  if (!summary.used.correct || summary.tests == 0 || least_p <= summary.used.rate / static_cast<double>(summary.tests)) return;
  summary.warnings.push_back(
      {"FEW_PERMUTATIONS", fmt::format("{} permutations give no p below {:.2g}; over {} tests a place can pass {} only if about {:.0f} pass together; more "
                                       "permutations find single places",
                                       summary.used.permutations, least_p, summary.tests, summary.used.rate,
                                       std::ceil(least_p * static_cast<double>(summary.tests) / summary.used.rate))});
}

}  // namespace

Result<TestedPlaces> TestPlaces(std::span<const double> values, const Neighbours* neighbours, const std::optional<PlaceRaster>& raster,
                                const SignificanceQuery& query, int threads, const StopSignal& stop) {
  const bool moran = query.statistic == LocalStatistic::kLocalMoran;
  WARDWATCH_CHECK(query.statistic != LocalStatistic::kNone, "a test of nothing");
  WARDWATCH_CHECK(neighbours != nullptr || (raster && !moran && !query.row_standardised), "no neighbours");
  TestedPlaces tested;
  tested.summary.used = query;
  tested.summary.used.inference = moran ? Inference::kPermutation : Inference::kNormal;
  tested.summary.analysed = static_cast<std::int64_t>(values.size());
  double sum = 0;
  for (const double value : values) sum += value;
  tested.summary.mean = values.empty() ? 0 : sum / static_cast<double>(values.size());
  tested.places.resize(values.size());
  for (PlaceSignificance& place : tested.places) place.analysed = true;
  auto done = moran ? TestLocalMoran(values, *neighbours, threads, tested, stop) : TestGetisOrd(values, neighbours, raster, threads, tested, stop);
  if (!done) return Fail(done.error());
  if (auto adjusted = Adjust(tested, stop); !adjusted) return Fail(adjusted.error());
  Read(tested);
  if (moran) WarnOfFewPermutations(tested.summary);
  if (neighbours != nullptr) {
    const auto global = MoransI(values, *neighbours, true, stop);
    if (!global) return Fail(global.error());
    tested.summary.global = *global;
  }
  return tested;
}

}  // namespace geo
