#include "geo/areas/area_join.h"

#include <algorithm>

#include "geo/areas/cell_code.h"
#include "geo/geometry/orientation.h"
#include "geo/types/check.h"

namespace geo {
namespace {

// The areas of one record in order, each by the parity of its pieces west of the point. Wide is the integer that holds the products.
template <class Wide>
AreaIndex SearchRecord(const std::int32_t* record, GridPoint point) {
  const auto otherwise = static_cast<AreaIndex>(record[0]);
  const std::int32_t groups = record[1];
  const std::int32_t* next = record + 2;
  const std::int64_t px = point.easting_mm, py = point.northing_mm;
  for (std::int32_t g = 0; g < groups; ++g) {
    const auto area = static_cast<AreaIndex>(next[0]);
    const std::int32_t* edge = next + 2;
    next = edge + 4 * static_cast<std::ptrdiff_t>(next[1]);
    bool inside = false;
    for (; edge != next; edge += 4) {
      const std::int64_t ax = edge[0], ay = edge[1], bx = edge[2], by = edge[3];
      const Wide cross = static_cast<Wide>(bx - ax) * (py - ay) - static_cast<Wide>(by - ay) * (px - ax);
      if (cross == 0 && py >= ay && py <= by && px >= std::min(ax, bx) && px <= std::max(ax, bx)) [[unlikely]]
        return area;
      // Right of an edge that runs north, and level with it; half-open, so that a vertex is passed once.
      inside ^= (cross < 0) & (py >= ay) & (py < by);
    }
    if (inside) return area;
  }
  return otherwise;
}

}  // namespace

std::uint32_t AreaJoin::descend(std::uint32_t code, GridPoint point) const {
  int shift = shift_;
  while (IsBlock(code)) {
    shift -= kBlockShift;
    const std::uint32_t column = ((static_cast<std::uint32_t>(point.easting_mm) - west_) >> shift) & (kBlockSide - 1);
    const std::uint32_t row = ((static_cast<std::uint32_t>(point.northing_mm) - south_) >> shift) & (kBlockSide - 1);
    code = cells_[OffsetOf(code) + row * kBlockSide + column];
  }
  return code;
}

AreaIndex AreaJoin::resolve(std::uint32_t code, GridPoint point) const {
  if (!IsMixed(code)) return OwnerOf(code);
  const std::int32_t* record = records_.data() + OffsetOf(code);
  return wide_ ? SearchRecord<Int128>(record, point) : SearchRecord<std::int64_t>(record, point);
}

void AreaJoin::locate(std::span<const GridPoint> points, std::span<AreaIndex> out) const {
  WARDWATCH_CHECK(points.size() == out.size(), "{} points, {} places for answers", points.size(), out.size());
  // Three passes over a batch: the first looks every point up without a branch and lists those that need more; the second finds their records and asks for
  // them ahead of time; the third searches.
  constexpr std::size_t kBatch = 1024;
  struct Pending {
    std::uint32_t code;
    std::uint32_t index;
  };
  Pending pending[kBatch];
  const std::uint32_t* cells = cells_.data();
  const std::size_t stride = std::size_t{columns_} + 1;
  for (std::size_t begin = 0; begin < points.size(); begin += kBatch) {
    const std::size_t size = std::min(kBatch, points.size() - begin);
    const GridPoint* point = points.data() + begin;
    AreaIndex* answer = out.data() + begin;
    std::size_t count = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::uint32_t column = std::min((static_cast<std::uint32_t>(point[i].easting_mm) - west_) >> shift_, columns_);
      const std::uint32_t row = std::min((static_cast<std::uint32_t>(point[i].northing_mm) - south_) >> shift_, rows_);
      const std::uint32_t code = cells[row * stride + column];
      const bool located = point[i] != kUnlocated;
      answer[i] = located ? OwnerOf(code) : kNowhere;
      pending[count] = {code, static_cast<std::uint32_t>(i)};
      count += static_cast<std::size_t>(located & !IsPure(code));
    }
    for (std::size_t k = 0; k < count; ++k) {
      pending[k].code = descend(pending[k].code, point[pending[k].index]);
      if (IsMixed(pending[k].code)) __builtin_prefetch(records_.data() + OffsetOf(pending[k].code));
    }
    for (std::size_t k = 0; k < count; ++k) answer[pending[k].index] = resolve(pending[k].code, point[pending[k].index]);
  }
}

}  // namespace geo
