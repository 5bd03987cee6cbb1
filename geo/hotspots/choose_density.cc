#include "geo/hotspots/choose_density.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace geo {
namespace {

constexpr std::int64_t kMostWindowCells = 1'000'000;
constexpr std::ptrdiff_t kMostSearchedPositions = 12'000;  // a few seconds of one core
constexpr double kTopPositionShare = 0.5;

bool NeedsWindow(BandwidthRule rule) {
  return rule == BandwidthRule::kLikelihood || rule == BandwidthRule::kDiggle || rule == BandwidthRule::kCronieVanLieshout;
}

// These rules look at every pair of positions dozens of times: half a minute of trying would end in the same refusal.
Result<void> CheckSearch(BandwidthRule rule, const MergedPoints& points, const Window* window) {
  if (rule != BandwidthRule::kLeastSquares && rule != BandwidthRule::kLikelihood && rule != BandwidthRule::kCronieVanLieshout) return {};
  const auto positions = window == nullptr ? static_cast<std::ptrdiff_t>(points.size())
                                           : std::count_if(points.at.begin(), points.at.end(), [window](GridPoint at) { return window->holds(at); });
  if (positions <= kMostSearchedPositions) return {};
  return Fail({ErrorCode::kResourceExhausted, "density.rule", "WORK_BUDGET",
               fmt::format("the rule {} compares all pairs of {} positions, and is offered up to {}; ask for a shorter period, a category or fewer areas, for "
                           "another rule (diggle, scott), or give bandwidth_m",
                           NameOf(rule), positions, kMostSearchedPositions)});
}

void WarnOfCells(std::int64_t bandwidth_mm, std::int32_t cell_mm, std::vector<AnswerWarning>& warnings) {
  const double bandwidth_m = static_cast<double>(bandwidth_mm) / 1000, cell_m = cell_mm / 1000.0;
  if (bandwidth_mm < cell_mm) {
    warnings.push_back(
        {"BANDWIDTH_UNDER_CELL", fmt::format("the bandwidth of {} m is under the cell of {} m: most incidents are seen from no cell's centre; make "
                                             "cells at most a third of the bandwidth",
                                             bandwidth_m, cell_m)});
  }
}

void WarnOfOnePosition(const MergedPoints& points, std::vector<AnswerWarning>& warnings) {
  double total = 0, top = 0;
  for (const double weight : points.weight) {
    total += weight;
    top = std::max(top, weight);
  }
  if (points.size() < 2 || top <= kTopPositionShare * total) return;
  warnings.push_back({"MOST_WEIGHT_ON_ONE_POSITION",
                      fmt::format("one position carries {:.0f} % of the weight: the surface is mostly that one position's kernel", 100 * top / total)});
}

}  // namespace

Result<Window> WindowAround(const AnalysedAreas& areas, std::int32_t cell_mm, std::int64_t most_cells, const StopSignal& stop) {
  const GridBox box = BoundsOf(areas);
  auto frame = FrameAround(box, 0, cell_mm, most_cells);
  for (std::int64_t wider = cell_mm; !frame && frame.error().reason == "GRID_TOO_LARGE" && 2 * wider <= kMaxCellMm;) {
    wider *= 2;
    frame = FrameAround(box, 0, static_cast<std::int32_t>(wider), most_cells);
  }
  if (!frame) return Fail(frame.error());
  return WindowOf(*areas.set, areas.areas, *frame, stop);
}

Result<DensityUsed> ChooseDensity(const DensityQuery& query, const SelectedPoints& selected, std::int32_t cell_mm, const std::optional<AnalysedAreas>& areas,
                                  const DensityWork& work, const StopSignal& stop) {
  DensityUsed used;
  used.kernel = {query.kernel, std::llround(query.bandwidth_m * 1000), query.triangular_decay};
  used.edge_correction = query.edge_correction;
  used.adaptive = query.adaptive;
  used.positions = selected.points.size();
  used.why = "as asked";
  if (query.rule) {
    std::optional<Window> window;
    if (NeedsWindow(*query.rule) && areas) {
      auto made = WindowAround(*areas, cell_mm, kMostWindowCells, stop);
      if (!made) return Fail(made.error());
      window = std::move(*made);
    }
    if (auto fine = CheckSearch(*query.rule, selected.points, window ? &*window : nullptr); !fine) return Fail(fine.error());
    // A rule asks how many there are: harm and shares of windows would count one incident as many, or as none.
    const std::vector<double> counts(selected.points.incidents.begin(), selected.points.incidents.end());
    const auto chosen = ChooseBandwidth(*query.rule, {selected.points.at, counts}, used.kernel, window ? &*window : nullptr, work, stop);
    if (!chosen) return Fail(chosen.error());
    used.kernel.bandwidth_mm = std::llround(chosen->bandwidth_m * 1000);
    used.why = chosen->why;
  }
  if (auto fine = CheckKernel(used.kernel); !fine) return Fail(fine.error());
  WarnOfCells(used.kernel.bandwidth_mm, cell_mm, used.warnings);
  WarnOfOnePosition(selected.points, used.warnings);
  return used;
}

}  // namespace geo
