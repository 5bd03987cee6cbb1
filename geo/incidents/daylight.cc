#include "geo/incidents/daylight.h"

#include <algorithm>

#include "geo/types/check.h"

namespace geo {
namespace {

std::int32_t FloorDivide(std::int32_t value, std::int32_t by) { return value >= 0 ? value / by : -((-(value + 1)) / by) - 1; }

}  // namespace

Daylight::Square Daylight::SquareOf(GridPoint at) { return {FloorDivide(at.easting_mm, kLightSquare_mm), FloorDivide(at.northing_mm, kLightSquare_mm)}; }

GridPoint Daylight::CentreOf(Square square) {
  return {square.column * kLightSquare_mm + kLightSquare_mm / 2, square.row * kLightSquare_mm + kLightSquare_mm / 2};
}

Daylight::Daylight(std::vector<Square> squares, std::size_t reference, Period days, const std::function<Day(Square, LocalDay)>& of)
    : squares_(std::move(squares)), reference_(reference), first_(days.begin - 1), days_(static_cast<std::size_t>(days.days()) + 2) {
  WARDWATCH_CHECK(reference_ < squares_.size(), "square {} of {}", reference_, squares_.size());
  table_.reserve(squares_.size() * days_);
  for (const Square square : squares_) {
    for (std::size_t day = 0; day < days_; ++day) table_.push_back(of(square, first_ + static_cast<LocalDay>(day)));
  }
}

int Daylight::dark_minutes(LocalMinute begin, LocalMinute end, GridPoint at) const {
  std::size_t square = reference_;
  if (at != kUnlocated) {
    const auto found = std::lower_bound(squares_.begin(), squares_.end(), SquareOf(at));
    if (found != squares_.end() && *found == SquareOf(at)) square = static_cast<std::size_t>(found - squares_.begin());
  }
  const LocalDay first = DayOfMinute(begin), last = DayOfMinute(end - 1);
  WARDWATCH_CHECK(first >= first_ && last < first_ + static_cast<LocalDay>(days_), "light of {} to {} is asked of days from {}", first, last, first_);
  int light = 0;
  for (LocalDay day = first; day <= last; ++day) {
    const Day& of_day = table_[square * days_ + static_cast<std::size_t>(day - first_)];
    light += std::max(0, std::min(end, of_day.dusk) - std::max(begin, of_day.dawn));
  }
  return end - begin - light;
}

}  // namespace geo
