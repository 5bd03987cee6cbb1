#include "geo/tiles/box_index.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "geo/tiles/z_order.h"

namespace geo {

BoxIndex::BoxIndex(std::span<const WorldBox> boxes) : index_(boxes.size()) {
  std::iota(index_.begin(), index_.end(), 0u);
  std::vector<std::uint64_t> order(boxes.size());
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const auto middle = [](std::int64_t a, std::int64_t b) { return static_cast<std::uint32_t>(std::clamp<std::int64_t>((a + b) / 2, 0, UINT32_MAX)); };
    order[i] = boxes[i].empty() ? 0 : ZOrder({middle(boxes[i].x0, boxes[i].x1), middle(boxes[i].y0, boxes[i].y1)});
  }
  std::sort(index_.begin(), index_.end(), [&](std::uint32_t a, std::uint32_t b) { return order[a] != order[b] ? order[a] < order[b] : a < b; });
  std::vector<WorldBox> level;
  for (const std::uint32_t i : index_) level.push_back(boxes[i]);
  while (true) {
    levels_.push_back(level);
    if (level.size() <= kFan) break;
    std::vector<WorldBox> above((level.size() + kFan - 1) / kFan);
    for (std::size_t i = 0; i < level.size(); ++i) {
      if (level[i].empty()) continue;
      above[i / kFan].extend(level[i].x0, level[i].y0);
      above[i / kFan].extend(level[i].x1, level[i].y1);
    }
    level = std::move(above);
  }
}

void BoxIndex::find(const WorldBox& box, std::vector<std::uint32_t>& found) const {
  found.clear();
  if (levels_.empty()) return;
  struct Place {
    std::size_t level, box;
  };
  // Each of at most eight levels (16^8 is 2^32) leaves at most fifteen behind.
  std::array<Place, 8 * kFan> open;
  std::size_t opened = 0;
  for (std::size_t i = 0; i < levels_.back().size(); ++i) open[opened++] = {levels_.size() - 1, i};
  while (opened > 0) {
    const Place place = open[--opened];
    const WorldBox& held = levels_[place.level][place.box];
    if (held.empty() || !held.meets(box)) continue;
    if (place.level == 0) {
      found.push_back(index_[place.box]);
      continue;
    }
    const std::size_t last = std::min((place.box + 1) * kFan, levels_[place.level - 1].size());
    for (std::size_t i = place.box * kFan; i < last; ++i) open[opened++] = {place.level - 1, i};
  }
  std::sort(found.begin(), found.end());
}

}  // namespace geo
