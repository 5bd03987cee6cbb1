#include "geo/places/peaks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "geo/geometry/orientation.h"
#include "geo/places/descending_order.h"
#include "geo/types/check.h"

namespace geo {
namespace {

constexpr std::uint32_t kDry = ~std::uint32_t{0};

// The surface comes out of a falling sea cell by cell: a cell that touches no land is a new top, a cell between two lands is the saddle at which the lower
// top's land ends.
class FallingSea {
 public:
  // Indices of a frame run in order of cell id.
  FallingSea(std::span<const double> values, const RasterFrame& frame) : frame_(frame), falling_(DescendingOrder(values)), land_(values.size(), kDry) {}

  // Every top with its prominence, value descending, then id.
  Result<std::vector<Peak>> tops(const StopSignal& stop) {
    for (std::size_t i = 0; i < falling_.size(); ++i) {
      if ((i & 0x3FFF) == 0 && stop.stop_requested()) return Fail(stop.reason());
      rise(falling_[i]);
    }
    std::vector<Peak> peaks;
    for (std::uint32_t top = 0; top < tops_.size(); ++top) {
      const double prominence = tops_[top].joined == top ? tops_[top].value : tops_[top].value - tops_[top].saddle;
      // Not over its saddle: a part of a plateau that was met before the part of lower id was seen to join it.
      if (prominence > 0) peaks.push_back({frame_.cell_at(tops_[top].index), tops_[top].value, prominence});
    }
    return peaks;
  }

 private:
  struct Top {
    double value;
    std::uint32_t index;
    std::uint32_t joined;  // union-find: the top of the higher land that this land ran into
    double saddle;
  };

  std::uint32_t land_of(std::uint32_t index) {
    std::uint32_t top = land_[index];
    while (tops_[top].joined != top) {
      const std::uint32_t next = tops_[top].joined;
      path_.push_back(top);
      top = next;
    }
    land_[index] = top;
    // Tops keep their own saddle, so shortening the way loses nothing.
    for (const std::uint32_t passed : path_) tops_[passed].joined = top;
    path_.clear();
    return top;
  }

  void rise(const ValueAt& cell) {
    const std::int64_t row = cell.index / static_cast<std::uint32_t>(frame_.columns), column = cell.index % static_cast<std::uint32_t>(frame_.columns);
    std::uint32_t here = kDry;
    for (std::int64_t r = std::max<std::int64_t>(row - 1, 0); r <= std::min<std::int64_t>(row + 1, frame_.rows - 1); ++r) {
      for (std::int64_t c = std::max<std::int64_t>(column - 1, 0); c <= std::min<std::int64_t>(column + 1, frame_.columns - 1); ++c) {
        const auto neighbour = static_cast<std::uint32_t>(r * frame_.columns + c);
        if (land_[neighbour] == kDry) continue;
        const std::uint32_t there = land_of(neighbour);
        if (here == kDry || here == there) {
          here = there;
          continue;
        }
        // Tops are numbered as they rise, highest first.
        const auto [higher, lower] = std::minmax(here, there);
        tops_[lower].joined = higher;
        tops_[lower].saddle = cell.value;
        here = higher;
      }
    }
    if (here == kDry) {
      here = static_cast<std::uint32_t>(tops_.size());
      tops_.push_back({cell.value, cell.index, here, 0});
    }
    land_[cell.index] = here;
  }

  const RasterFrame& frame_;
  std::vector<ValueAt> falling_;
  std::vector<std::uint32_t> land_;  // of each cell: a top whose land it rose in
  std::vector<Top> tops_;
  std::vector<std::uint32_t> path_;
};

// Keeps a peak when no kept one lies within `apart_mm`. Boxes of that side: only the nine around a peak can hold one.
std::vector<Peak> KeepApart(const std::vector<Peak>& peaks, std::int64_t cell_mm, std::int64_t apart_mm) {
  std::vector<Peak> kept;
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<CellId>> boxes;
  const auto box_of = [&](std::int32_t at) { return (std::int64_t{at} * cell_mm - (std::int64_t{1} << 40)) / apart_mm; };
  for (const Peak& peak : peaks) {
    const std::int64_t box_row = box_of(peak.cell.row), box_column = box_of(peak.cell.column);
    bool alone = true;
    for (std::int64_t r = box_row - 1; r <= box_row + 1; ++r) {
      for (std::int64_t c = box_column - 1; c <= box_column + 1; ++c) {
        const auto found = boxes.find({r, c});
        if (found == boxes.end()) continue;
        for (const CellId& other : found->second) {
          const Int128 dy = (std::int64_t{other.row} - peak.cell.row) * cell_mm, dx = (std::int64_t{other.column} - peak.cell.column) * cell_mm;
          alone = alone && dx * dx + dy * dy > static_cast<Int128>(apart_mm) * apart_mm;
        }
      }
    }
    if (!alone) continue;
    kept.push_back(peak);
    boxes[{box_row, box_column}].push_back(peak.cell);
  }
  return kept;
}

}  // namespace

Result<std::vector<Peak>> FindPeaks(std::span<const double> values, const RasterFrame& frame, double least_prominence, std::int64_t apart_mm,
                                    const StopSignal& stop) {
  WARDWATCH_CHECK(values.size() == frame.size() && values.size() < kDry, "{} values for {} cells", values.size(), frame.size());
  for (const double value : values) {
    if (!std::isfinite(value)) return Fail(InvalidArgument("surface", fmt::format("a value of {}; the values of a surface are finite", value)));
  }
  Result<std::vector<Peak>> peaks = FallingSea(values, frame).tops(stop);
  if (!peaks) return peaks;
  std::erase_if(*peaks, [&](const Peak& peak) { return peak.prominence < least_prominence; });
  if (apart_mm <= 0) return peaks;
  return KeepApart(*peaks, frame.cell_mm, apart_mm);
}

}  // namespace geo
