// Days, instants and intervals as CQL2 writes them. For the sources of this room.
#pragma once

#include <string>
#include <string_view>

#include "geo/filters/filter.h"
#include "geo/types/result.h"

namespace geo {

// "2024-01-31": the whole day of the layer's clock.
Result<TimeSpan> SpanOfDate(std::string_view text, const std::string& where);
// "2024-01-31T09:30:00Z": a second of UTC, on the layer's clock. Fractions of a second are dropped.
Result<TimeSpan> SpanOfTimestamp(std::string_view text, const FilterSchema& schema, const std::string& where);
// Either of each end, or ".." for none; from the beginning of the first to the end of the other.
Result<TimeSpan> SpanOfInterval(std::string_view from, std::string_view to, const FilterSchema& schema, const std::string& where);

}  // namespace geo
