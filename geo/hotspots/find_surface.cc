#include "geo/hotspots/find_surface.h"

#include <fmt/format.h>

#include <algorithm>

#include "geo/density/adaptive.h"
#include "geo/hotspots/cell_density.h"
#include "geo/hotspots/check_question.h"
#include "geo/hotspots/choose_density.h"

namespace geo {
namespace {

GridBox BoundsOf(const MergedPoints& points) {
  GridBox box;
  for (const GridPoint at : points.at) box.extend(at);
  return box;
}

// The frame shown: what was asked for, else the areas, else where the incidents are felt.
Result<RasterFrame> FrameOf(const SurfaceQuery& query, const std::optional<AnalysedAreas>& areas, const MergedPoints& points, const Kernel& kernel,
                            const SurfaceBudget& budget) {
  if (query.extent) return FrameAround(*query.extent, 0, query.cell_mm, budget.cells);
  if (areas) return FrameAround(geo::BoundsOf(*areas), 0, query.cell_mm, budget.cells);
  return FrameAround(BoundsOf(points), kernel.reach_mm(), query.cell_mm, budget.cells);
}

// One surface, per km2 over the period.
class Surfaces {
 public:
  Surfaces(const SurfaceQuery& query, const std::optional<AnalysedAreas>& areas, const RasterFrame& frame, const DensityWork& work, const SurfaceBudget& budget)
      : query_(query), areas_(areas), frame_(frame), work_(work), budget_(budget) {}

  Result<std::vector<double>> of(const SelectedPoints& selected, DensityUsed& used, const StopSignal& stop) const {
    if (used.edge_correction != EdgeCorrection::kNone) return corrected(selected, used, stop);
    if (!used.adaptive || selected.points.size() == 0) return DensitySurface(selected.weighted(), used.kernel, frame_, work_, stop);
    const auto own = AbramsonBandwidths(selected.weighted(), used.kernel, work_, stop);
    if (!own) return Fail(own.error());
    const auto [narrowest, widest] = std::minmax_element(own->begin(), own->end());
    used.narrowest_m = static_cast<double>(*narrowest) / 1000;
    used.widest_m = static_cast<double>(*widest) / 1000;
    return DensitySurfaceOfOwnBandwidths(selected.weighted(), *own, used.kernel, frame_, work_, stop);
  }

 private:
  // The kernel's mass needs the whole window, also where only a part is shown.
  Result<std::vector<double>> corrected(const SelectedPoints& selected, const DensityUsed& used, const StopSignal& stop) const {
    if (!areas_) return Fail(NoAreasForEdges());
    const auto whole = FrameAround(geo::BoundsOf(*areas_), 0, query_.cell_mm, budget_.cells);
    if (!whole) return Fail(whole.error());
    const auto window = WindowOf(*areas_->set, areas_->areas, *whole, stop);
    if (!window) return Fail(window.error());
    auto values = EdgeCorrectedSurface(selected.weighted(), used.kernel, used.edge_correction, *window, work_, stop);
    if (!values) return Fail(values.error());
    if (*whole == frame_) return values;
    std::vector<double> shown(frame_.size());
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const CellId cell = frame_.cell_at(i);
      if (whole->contains(cell)) shown[i] = (*values)[whole->index_of(cell)];
    }
    return shown;
  }

  const SurfaceQuery& query_;
  const std::optional<AnalysedAreas>& areas_;
  const RasterFrame& frame_;
  const DensityWork& work_;
  const SurfaceBudget& budget_;
};

Result<void> Mask(const SurfaceQuery& query, const std::optional<AnalysedAreas>& areas, SurfaceAnswer& answer, const StopSignal& stop) {
  answer.shown.assign(answer.frame.size(), 1);
  if (!areas || query.unmasked) return {};
  const auto window = WindowOf(*areas->set, areas->areas, answer.frame, stop);
  if (!window) return Fail(window.error());
  for (std::size_t i = 0; i < answer.shown.size(); ++i) answer.shown[i] = window->inside_m2[i] > 0 ? 1 : 0;
  return {};
}

// What is not shown holds 0, so that no number reaches a reader by another way.
void Summarise(SurfaceAnswer& answer) {
  for (std::size_t i = 0; i < answer.values.size(); ++i) {
    if (answer.shown[i] == 0) {
      answer.values[i] = 0;
      continue;
    }
    answer.least = answer.shown_cells == 0 ? answer.values[i] : std::min(answer.least, answer.values[i]);
    answer.greatest = answer.shown_cells == 0 ? answer.values[i] : std::max(answer.greatest, answer.values[i]);
    ++answer.shown_cells;
  }
}

void ScaleToYear(Period period, std::vector<double>& values) {
  const double per_year = kDaysPerYear / period.days();
  for (double& value : values) value *= per_year;
}

Result<void> Compare(const DatasetSnapshot& data, const SurfaceQuery& query, const Surfaces& surfaces, SurfaceAnswer& answer, const StopSignal& stop) {
  const SurfaceQuery::Comparison& comparison = *query.comparison;
  const auto earlier = SelectPoints(data, query.filter, comparison.before, stop);
  if (!earlier) return Fail(earlier.error());
  answer.incidents_before = earlier->incidents();
  AddUnknownBreaks(BreaksBetween(data, query.filter, comparison.before, query.filter.period), answer.breaks);
  DensityUsed used = answer.density;
  auto before = surfaces.of(*earlier, used, stop);
  if (!before) return Fail(before.error());
  ScaleToYear(comparison.before, *before);
  ComparedSurfaces compared = CompareSurfaces(*before, answer.values, comparison.measure, comparison.floor_per_km2_year);
  answer.values = std::move(compared.value);
  for (std::size_t i = 0; i < answer.shown.size(); ++i) answer.shown[i] = answer.shown[i] != 0 && compared.defined[i] != 0 ? 1 : 0;
  return {};
}

// A picture, and contours between centres, need more cells than a number at each centre does.
void WarnOfCoarseCells(std::int32_t cell_mm, DensityUsed& used) {
  const std::int64_t bandwidth_mm = used.kernel.bandwidth_mm;
  if (bandwidth_mm < cell_mm || bandwidth_mm >= 3 * std::int64_t{cell_mm}) return;
  used.warnings.push_back({"CELL_OVER_A_THIRD_OF_BANDWIDTH",
                           fmt::format("the cell of {} m is over a third of the bandwidth of {} m: the surface changes much from one centre to the next",
                                       cell_mm / 1000.0, static_cast<double>(bandwidth_mm) / 1000)});
}

void FillTotals(const SelectedPoints& selected, SurfaceAnswer& answer) {
  answer.incidents = selected.incidents();
  answer.unlocated = selected.points.unlocated;
  answer.located = answer.incidents - answer.unlocated;
  answer.unknown_hour = selected.selection.unknown_hour;
  answer.hour_unknown = selected.selection.kept_without_hour;
  answer.unweighted = selected.selection.unweighted;
  for (const double weight : selected.points.weight) answer.located_weight += weight;
}

}  // namespace

Result<void> CheckSurface(const DatasetSnapshot& data, const SurfaceQuery& query) {
  if (auto checked = CheckQuestion(data, query.filter, query.vintage, "period"); !checked) return checked;
  if (auto checked = CheckDensity(query.density); !checked) return checked;
  if (query.extent && (query.extent->empty() || query.extent->low.easting_mm == query.extent->high.easting_mm ||
                       query.extent->low.northing_mm == query.extent->high.northing_mm)) {
    return Fail(InvalidArgument("extent", "extent has no area; its maxima must be over its minima"));
  }
  if (!query.comparison) return {};
  const Period before = query.comparison->before;
  if (before.end > query.filter.period.begin) {
    return Fail(
        InvalidArgument("comparison.before", fmt::format("comparison.before is {}, which is not before the period {}; the earlier period must end first",
                                                         FormatPeriod(before), FormatPeriod(query.filter.period))));
  }
  if (!(query.comparison->floor_per_km2_year >= 0 && query.comparison->floor_per_km2_year <= 1e9)) {
    return Fail(InvalidArgument("comparison.floor_per_km2_per_year",
                                fmt::format("comparison.floor_per_km2_per_year is {}; it must be 0 to 1e9", query.comparison->floor_per_km2_year)));
  }
  IncidentFilter earlier = query.filter;
  earlier.period = before;
  return CheckQuestion(data, earlier, query.vintage, "comparison.before");
}

Result<SurfaceAnswer> SurfaceOf(const DatasetSnapshot& data, const SurfaceQuery& query, const SelectedPoints& selected, const SurfaceBudget& budget,
                                const StopSignal& stop) {
  SurfaceAnswer answer;
  FillTotals(selected, answer);
  answer.breaks = BreaksCrossed(data, query.filter, query.filter.period);
  const auto areas = AreasOf(data, query.filter, query.vintage);
  DensityWork work;
  work.threads = query.threads;
  work.pairs = budget.kernel_pairs;
  auto used = ChooseDensity(query.density, selected, query.cell_mm, areas, work, stop);
  if (!used) return Fail(used.error());
  answer.density = std::move(*used);
  WarnOfCoarseCells(query.cell_mm, answer.density);
  const auto frame = FrameOf(query, areas, selected.points, answer.density.kernel, budget);
  if (!frame) return Fail(frame.error());
  answer.frame = *frame;
  const Surfaces surfaces(query, areas, answer.frame, work, budget);
  auto values = surfaces.of(selected, answer.density, stop);
  if (!values) return Fail(values.error());
  answer.values = std::move(*values);
  ScaleToYear(query.filter.period, answer.values);
  if (auto masked = Mask(query, areas, answer, stop); !masked) return Fail(masked.error());
  if (query.comparison) {
    if (auto compared = Compare(data, query, surfaces, answer, stop); !compared) return Fail(compared.error());
  }
  Summarise(answer);
  return answer;
}

Result<SurfaceAnswer> FindSurface(const DatasetSnapshot& data, const SurfaceQuery& query, const SurfaceBudget& budget, const StopSignal& stop) {
  if (auto checked = CheckSurface(data, query); !checked) return Fail(checked.error());
  const auto selected = SelectPoints(data, query.filter, query.filter.period, stop);
  if (!selected) return Fail(selected.error());
  return SurfaceOf(data, query, *selected, budget, stop);
}

}  // namespace geo
