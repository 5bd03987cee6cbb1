#include "geo/areas/area_set.h"

#include <fmt/format.h>

#include <algorithm>

#include "geo/areas/area_join.h"

namespace geo {

AreaSet::AreaSet() = default;
AreaSet::AreaSet(AreaSet&&) noexcept = default;
AreaSet& AreaSet::operator=(AreaSet&&) noexcept = default;
AreaSet::~AreaSet() = default;

Result<AreaSet> AreaSet::Build(std::string vintage, std::vector<Area> areas) {
  if (areas.empty()) return Fail({ErrorCode::kInvalidArgument, "areas", "NO_AREAS", fmt::format("vintage {} has no areas; it needs at least one", vintage)});
  if (areas.size() > kMaxAreas) {
    return Fail(
        {ErrorCode::kInvalidArgument, "areas", "TOO_MANY_AREAS", fmt::format("vintage {} has {} areas; the most is {}", vintage, areas.size(), kMaxAreas)});
  }
  std::sort(areas.begin(), areas.end(), [](const Area& a, const Area& b) { return a.code < b.code; });
  const auto repeated = std::adjacent_find(areas.begin(), areas.end(), [](const Area& a, const Area& b) { return a.code == b.code; });
  if (repeated != areas.end()) {
    return Fail({ErrorCode::kInvalidArgument, "areas", "REPEATED_CODE",
                 fmt::format("vintage {} has area code {} more than once; codes are the keys of areas", vintage, repeated->code)});
  }
  AreaSet set;
  set.vintage_ = std::move(vintage);
  set.areas_ = std::move(areas);
  set.join_ = std::make_unique<AreaJoin>(set.areas_);
  return set;
}

AreaIndex AreaSet::find(const std::string& code) const {
  const auto at = std::lower_bound(areas_.begin(), areas_.end(), code, [](const Area& area, const std::string& wanted) { return area.code < wanted; });
  return at != areas_.end() && at->code == code ? static_cast<AreaIndex>(at - areas_.begin()) : kOutside;
}

AreaIndex AreaSet::locate(GridPoint point) const {
  AreaIndex area = kOutside;
  join_->locate({&point, 1}, {&area, 1});
  return area;
}

void AreaSet::locate(std::span<const GridPoint> points, std::span<AreaIndex> out) const { join_->locate(points, out); }

}  // namespace geo
