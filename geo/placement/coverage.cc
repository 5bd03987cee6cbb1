#include "geo/placement/coverage.h"

#include <algorithm>

#include "geo/types/parallel_parts.h"

namespace geo {

Result<std::vector<std::vector<std::uint32_t>>> FindCoverage(std::span<const CameraView> views, std::span<const GridPoint> points, int level, int threads,
                                                             const StopSignal& stop) {
  const PointGrid grid(points);
  std::vector<std::vector<std::uint32_t>> seen(views.size());
  std::vector<std::size_t> columns{0};  // where views of another polygon begin
  for (std::size_t i = 1; i < views.size(); ++i) {
    if (&views[i].visible() != &views[i - 1].visible()) columns.push_back(i);
  }
  if (views.empty()) return seen;
  columns.push_back(views.size());
  const auto done = RunParts(columns.size() - 1, threads, [&](std::size_t part) -> Result<void> {
    if (stop.stop_requested()) return Fail(stop.reason());
    const std::size_t first = columns[part], last = columns[part + 1];
    std::vector<std::uint32_t> near;
    GridBox box;
    for (std::size_t i = first; i < last; ++i) {
      const GridBox one = views[i].sector().box();
      box.extend(one.low);
      box.extend(one.high);
    }
    grid.inside(box, near);
    std::vector<std::size_t> open;
    constexpr std::size_t kAskEvery = 4'096;
    for (std::size_t n = 0; n < near.size(); ++n) {
      if (n % kAskEvery == kAskEvery - 1 && stop.stop_requested()) return Fail(stop.reason());
      const std::uint32_t point = near[n];
      open.clear();
      for (std::size_t i = first; i < last; ++i) {
        if (views[i].level_if_visible(points[point]) >= level) open.push_back(i);
      }
      if (open.empty() || !views[first].visible().sees(points[point])) continue;
      for (const std::size_t i : open) seen[i].push_back(point);
    }
    stop.progressed("views", static_cast<std::int64_t>(part) + 1, static_cast<std::int64_t>(columns.size()) - 1);
    return {};
  });
  if (!done) return Fail(done.error());
  return seen;
}

}  // namespace geo
