// The areas of one vintage, and the question "which area is this point in", answered exactly and once.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "geo/geometry/polygon.h"
#include "geo/types/grid_point.h"
#include "geo/types/result.h"

namespace geo {

struct Area {
  std::string code;  // "E05014449"; unique in its vintage
  std::string name;
  MultiPolygon shape;
};

// Into AreaSet::areas(), which is in order of code.
using AreaIndex = std::uint16_t;
inline constexpr AreaIndex kOutside = 0xFFFF;  // has a position, in no area
inline constexpr AreaIndex kNowhere = 0xFFFE;  // has no position
inline constexpr std::size_t kMaxAreas = 0xFFF0;

class AreaJoin;

class AreaSet {
 public:
  // Sorts by code and builds the index. Errors: kInvalidArgument for no areas, more than kMaxAreas, a repeated code.
  static Result<AreaSet> Build(std::string vintage, std::vector<Area> areas);
  AreaSet(AreaSet&&) noexcept;
  AreaSet& operator=(AreaSet&&) noexcept;
  ~AreaSet();

  const std::string& vintage() const { return vintage_; }
  std::span<const Area> areas() const { return areas_; }
  // kOutside when there is none.
  AreaIndex find(const std::string& code) const;

  // The area that holds the point, or kOutside; kNowhere for kUnlocated. Areas are closed: a point on an edge or a vertex belongs to the area of lowest
  // code among those that touch it, so every point is counted once. Exact: integer predicates, no tolerance.
  // Cost: one lookup for most points; near an edge, the edges of one index cell. Thread-safe.
  AreaIndex locate(GridPoint point) const;
  // out[i] = locate(points[i]).
  void locate(std::span<const GridPoint> points, std::span<AreaIndex> out) const;

 private:
  AreaSet();
  std::string vintage_;
  std::vector<Area> areas_;
  std::unique_ptr<AreaJoin> join_;
};

}  // namespace geo
