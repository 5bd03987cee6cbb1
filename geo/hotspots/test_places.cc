#include "geo/hotspots/test_places.h"

#include <fmt/format.h>

#include <cmath>

#include "geo/significance/benjamini_hochberg.h"
#include "geo/significance/confidence.h"
#include "geo/significance/equal_chance_p.h"
#include "geo/significance/getis_ord_exact_p.h"
#include "geo/types/check.h"

namespace geo {
namespace {

constexpr double kMostDraws = 5e9;  // about 40 s of one core

// z and p of every place, in their order.
struct Scores {
  std::vector<LocalZ> z;
  std::vector<double> p;
  std::int64_t by_normal = 0;  // of permutation p-values that were asked for, those that could not be counted out
};

// What the p of every place is made by. Equal chance needs to know what one incident weighs.
Inference Resolve(const SignificanceQuery& query, double unit) {
  if (query.inference == Inference::kNormal || query.inference == Inference::kPermutation) return query.inference;
  return unit > 0 ? Inference::kNormalAndEqualChance : Inference::kNormal;
}

std::vector<double> NormalP(const std::vector<LocalZ>& z) {
  std::vector<double> p;
  p.reserve(z.size());
  for (const LocalZ& one : z) p.push_back(one.status == LocalStatus::kDefined ? TwoSidedP(one.z) : 1);
  return p;
}

void TakeLarger(const std::vector<double>& other, std::vector<double>& p) {
  for (std::size_t i = 0; i < p.size(); ++i) p[i] = std::max(p[i], other[i]);
}

Result<Scores> ScoreRaster(std::span<const double> values, const PlaceRaster& raster, const SignificanceQuery& query, double unit, int threads,
                           const StopSignal& stop) {
  std::vector<double> dense(raster.frame.size());
  for (std::size_t i = 0, next = 0; i < dense.size(); ++i) {
    if (raster.inside[i] != 0) dense[i] = values[next++];
  }
  const GetisOrdRaster how{raster.neighbourhood, raster.radius_cells, query.statistic == LocalStatistic::kGiStar, threads};
  auto z = GetisOrdOnRaster(dense, raster.inside, raster.frame, how, stop);
  if (!z) return Fail(z.error());
  Scores all{std::move(*z), {}, 0};
  if (query.inference == Inference::kPermutation) {
    auto counted = GetisOrdExactPOnRaster(dense, raster.inside, raster.frame, how, all.z, kGetisOrdWork, stop);
    if (!counted) return Fail(counted.error());
    all.p = std::move(counted->p);
    all.by_normal = counted->by_normal;
  } else {
    all.p = NormalP(all.z);
  }
  if (query.inference == Inference::kNormalAndEqualChance) {
    const auto chance = EqualChancePOnRaster(dense, raster.inside, raster.frame, how, all.z, unit, stop);
    if (!chance) return Fail(chance.error());
    TakeLarger(*chance, all.p);
  }
  Scores of_places;
  of_places.by_normal = all.by_normal;
  of_places.z.reserve(values.size());
  of_places.p.reserve(values.size());
  for (std::size_t i = 0; i < dense.size(); ++i) {
    if (raster.inside[i] == 0) continue;
    of_places.z.push_back(all.z[i]);
    of_places.p.push_back(all.p[i]);
  }
  return of_places;
}

// Row standardising multiplies every sum of a place alike: what holds of the sum itself holds of it.
Result<Scores> ScoreList(std::span<const double> values, const Neighbours& neighbours, const SignificanceQuery& query, double unit, const StopSignal& stop) {
  const bool self = query.statistic == LocalStatistic::kGiStar;
  auto z = GetisOrd(values, neighbours, {self, query.row_standardised}, stop);
  if (!z) return Fail(z.error());
  Scores scores{std::move(*z), {}, 0};
  if (query.inference == Inference::kPermutation) {
    auto counted = GetisOrdExactP(values, neighbours, scores.z, kGetisOrdWork, stop);
    if (!counted) return Fail(counted.error());
    scores.p = std::move(counted->p);
    scores.by_normal = counted->by_normal;
    return scores;
  }
  scores.p = NormalP(scores.z);
  if (query.inference == Inference::kNormalAndEqualChance) {
    const auto chance = EqualChanceP(values, neighbours, scores.z, self, unit, stop);
    if (!chance) return Fail(chance.error());
    TakeLarger(*chance, scores.p);
  }
  return scores;
}

Error NotCountable() {
  return {
      ErrorCode::kFailedPrecondition, "significance.inference", "NOT_COUNTABLE",
      "permutations are counted out for Gi* of whole, not too large values; these are not (weights, rates, or another statistic); ask for automatic or normal "
      "inference"};
}

Result<void> TestGetisOrd(std::span<const double> values, const Neighbours* neighbours, const std::optional<PlaceRaster>& raster, double unit, int threads,
                          TestedPlaces& tested, const StopSignal& stop) {
  SignificanceQuery& query = tested.summary.used;
  if (query.inference == Inference::kPermutation && query.statistic == LocalStatistic::kGi) return Fail(NotCountable());
  if (query.inference == Inference::kNormalAndEqualChance && unit <= 0) {
    return Fail(InvalidArgument("significance.inference",
                                "significance.inference asks for equal chance, which is of counts and weights, and rates are asked for; "
                                "ask for automatic or normal inference, or for counts"));
  }
  if (query.inference == Inference::kAutomatic && unit <= 0) {
    tested.summary.warnings.push_back({"NORMAL_P",
                                       "p-values are the normal distribution's alone: rates are no counts of incidents, and where few incidents make a "
                                       "rate it finds too much"});
  }
  query.inference = Resolve(query, unit);
  const auto scores =
      raster && !query.row_standardised ? ScoreRaster(values, *raster, query, unit, threads, stop) : ScoreList(values, *neighbours, query, unit, stop);
  if (!scores) return Fail(scores.error());
  if (scores->by_normal > 0) return Fail(NotCountable());
  for (std::size_t i = 0; i < values.size(); ++i) {
    PlaceSignificance& place = tested.places[i];
    place.status = scores->z[i].status;
    if (place.status != LocalStatus::kDefined) continue;
    place.statistic = scores->z[i].z;
    place.p = scores->p[i];
  }
  return {};
}

// A single place passes Benjamini-Hochberg at p <= rate / places; a two-sided pseudo p reaches 2 / permutations.
int MostPermutations(std::size_t places, const SignificanceQuery& query) {
  if (!query.correct) return 0;
  return static_cast<int>(std::min(99'999.0, std::ceil(2 * static_cast<double>(places) / query.rate)));
}

Result<void> TestLocalMoran(std::span<const double> values, const Neighbours& neighbours, int threads, TestedPlaces& tested, const StopSignal& stop) {
  const SignificanceQuery& query = tested.summary.used;
  const double links = static_cast<double>(neighbours.of.size());
  if (links * query.permutations > kMostDraws) {
    return Fail(
        {ErrorCode::kResourceExhausted, "significance.permutations", "WORK_BUDGET",
         fmt::format("{} permutations over {} links of neighbours are {:.2g} draws; the budget is {:.2g}; ask for fewer permutations, fewer neighbours or "
                     "larger cells",
                     query.permutations, neighbours.of.size(), links * query.permutations, kMostDraws)});
  }
  LocalMoranHow how;
  how.permutations = query.permutations;
  how.most_permutations = MostPermutations(values.size(), query);
  how.seed = query.seed;
  how.threads = threads;
  const auto local = LocalMoran(values, neighbours, how, stop);
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
  const int most = std::max(summary.used.permutations, MostPermutations(static_cast<std::size_t>(summary.analysed), summary.used));
  const double least_p = 2.0 / (most + 1);
  if (!summary.used.correct || summary.tests == 0 || least_p <= summary.used.rate / static_cast<double>(summary.tests)) return;
  summary.warnings.push_back(
      {"FEW_PERMUTATIONS",
       fmt::format("{} permutations give no p below {:.2g}; over {} tests a place can pass {} only if about {:.0f} pass together", most, least_p, summary.tests,
                   summary.used.rate, std::ceil(least_p * static_cast<double>(summary.tests) / summary.used.rate))});
}

}  // namespace

Result<TestedPlaces> TestPlaces(std::span<const double> values, const Neighbours* neighbours, const std::optional<PlaceRaster>& raster,
                                const SignificanceQuery& query, double unit, int threads, const StopSignal& stop) {
  const bool moran = query.statistic == LocalStatistic::kLocalMoran;
  WARDWATCH_CHECK(query.statistic != LocalStatistic::kNone, "a test of nothing");
  WARDWATCH_CHECK(neighbours != nullptr || (raster && !moran && !query.row_standardised), "no neighbours");
  TestedPlaces tested;
  tested.summary.used = query;
  if (moran) tested.summary.used.inference = Inference::kPermutation;
  tested.summary.analysed = static_cast<std::int64_t>(values.size());
  double sum = 0;
  for (const double value : values) sum += value;
  tested.summary.mean = values.empty() ? 0 : sum / static_cast<double>(values.size());
  tested.places.resize(values.size());
  for (PlaceSignificance& place : tested.places) place.analysed = true;
  auto done = moran ? TestLocalMoran(values, *neighbours, threads, tested, stop) : TestGetisOrd(values, neighbours, raster, unit, threads, tested, stop);
  if (!done) return Fail(done.error());
  if (auto adjusted = Adjust(tested, stop); !adjusted) return Fail(adjusted.error());
  Read(tested);
  if (moran) WarnOfFewPermutations(tested.summary);
  if (tested.summary.tests == 0 && !values.empty()) {
    tested.summary.warnings.push_back({"NOTHING_TESTED",
                                       "no place could be tested: all values are equal, there are too few places, or the neighbourhood takes in "
                                       "everything; each place's status says which"});
  }
  if (neighbours != nullptr) {
    const auto global = MoransI(values, *neighbours, true, stop);
    if (!global) return Fail(global.error());
    tested.summary.global = *global;
  }
  return tested;
}

}  // namespace geo
