// When it is light, by day and place, on the local clock.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "geo/types/grid_point.h"
#include "geo/types/local_time.h"

namespace geo {

// Squares of the Grid of this side share one clock of light: at their corners dawn and dusk are out by at most 90 s below 59 degrees north.
inline constexpr std::int32_t kLightSquare_mm = 20'000'000;

class Daylight {
 public:
  // Light from `dawn` to `dusk`; the whole day where it never gets dark.
  struct Day {
    LocalMinute dawn = 0;
    LocalMinute dusk = 0;
  };
  struct Square {
    std::int32_t column = 0, row = 0;
    friend auto operator<=>(const Square&, const Square&) = default;
  };
  static Square SquareOf(GridPoint at);
  static GridPoint CentreOf(Square square);

  // `squares`: sorted, each once, at least one; `reference`: of them, stands for what has no position or lies in none of them.
  // `of(square, day)`: the light part of a local day there. Days are `days`, and one more on either side.
  Daylight(std::vector<Square> squares, std::size_t reference, Period days, const std::function<Day(Square, LocalDay)>& of);

  // Minutes of [begin, end) on the local clock that are dark at `at`: light is rounded to whole minutes. Checked: the days are within those it was made for.
  int dark_minutes(LocalMinute begin, LocalMinute end, GridPoint at) const;

 private:
  std::vector<Square> squares_;
  std::size_t reference_ = 0;
  LocalDay first_ = 0;
  std::size_t days_ = 0;
  std::vector<Day> table_;  // square x days + day
};

}  // namespace geo
