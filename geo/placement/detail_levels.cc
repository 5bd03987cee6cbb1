#include "geo/placement/detail_levels.h"

#include <algorithm>

#include "geo/placement/coverage.h"

namespace geo {

Result<DetailLevels> CountDetailLevels(const CameraScene& scene, const StopSignal& stop) {
  if (auto checked = CheckScene(scene); !checked) return Fail(checked.error());
  std::vector<CameraSpot> spots;
  for (const ExistingCamera& camera : scene.cameras) {
    if (camera.state == CameraState::kWorking) spots.push_back(SpotOf(camera));
  }
  const auto laid = LayViews(scene, spots, "cameras", stop);
  if (!laid) return Fail(laid.error());
  double longest_m = 0;
  for (const CameraView& view : laid->views) longest_m = std::max(longest_m, view.range_m(0));
  const auto levels = LevelsOf(scene.table);
  if (!laid->views.empty()) {
    if (auto carries = CheckCarriesSiting(scene.demand, longest_m, levels[0].name); !carries) return Fail(carries.error());
  }
  std::vector<GridPoint> at;
  for (const DemandPoint& point : scene.demand.points) at.push_back(point.at);
  DetailLevels out;
  out.left_out = laid->left_out;
  out.blocks = scene.demand.blocks.size() + 1;
  out.weight.assign(levels.size() * DetailLevels::kTimes * out.blocks, 0);
  const DemandTotals totals = TotalsOf(scene.demand);
  out.total = totals.weight;
  out.located = totals.located;
  std::vector<int> share(at.size());
  for (std::size_t level = 0; level < levels.size(); ++level) {
    out.levels.emplace_back(levels[level].name);
    const auto seen = FindCoverage(laid->views, at, static_cast<int>(level), scene.threads, stop);
    if (!seen) return Fail(seen.error());
    std::vector<int> of_time(at.size());
    for (std::size_t view = 0; view < seen->size(); ++view) {
      for (const std::uint32_t point : (*seen)[view]) of_time[point] += laid->views[view].time_share();
    }
    if (level == 0) share = of_time;
    for (std::size_t i = 0; i < at.size(); ++i) {
      const DemandPoint& point = scene.demand.points[i];
      const std::size_t block = point.block < 0 ? out.blocks - 1 : static_cast<std::size_t>(point.block);
      constexpr int kAll = kAllTheTime;
      const int once = std::min(of_time[i], kAll), twice = std::clamp(of_time[i] - kAll, 0, kAll);
      const int parts[] = {kAll - once, once - twice, twice};
      for (std::size_t times = 0; times < DetailLevels::kTimes; ++times) {
        if (parts[times] > 0) out.weight[(level * DetailLevels::kTimes + times) * out.blocks + block] += parts[times] == kAll ? point.weight : point.weight * parts[times] / kAll;
      }
    }
  }
  out.certificate = Certify(scene, scene.demand, 0, share, laid->views);
  return out;
}

}  // namespace geo
