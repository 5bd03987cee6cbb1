#include "geo/incidents/incident_columns.h"

#include <fmt/format.h>

#include <algorithm>

namespace geo {

void IncidentColumns::resize(std::size_t n) {
  at.resize(n, kUnlocated);
  from_minute.resize(n);
  to_minute.resize(n);
  category.resize(n);
  flags.resize(n);
  file.resize(n);
  line.resize(n);
  place.resize(n);
}

void IncidentColumns::shrink_to_fit() {
  at.shrink_to_fit();
  from_minute.shrink_to_fit();
  to_minute.shrink_to_fit();
  category.shrink_to_fit();
  flags.shrink_to_fit();
  file.shrink_to_fit();
  line.shrink_to_fit();
  place.shrink_to_fit();
}

std::size_t IncidentColumns::first_on_or_after(LocalDay day) const {
  const auto minute = static_cast<std::int64_t>(day) * kMinutesPerDay;
  const auto first = std::lower_bound(from_minute.begin(), from_minute.end(), minute, [](LocalMinute from, std::int64_t bound) { return from < bound; });
  return static_cast<std::size_t>(first - from_minute.begin());
}

std::string FormatIncidentId(const std::string& source, const std::string& file, std::uint32_t line) { return fmt::format("{}/{}:{}", source, file, line); }

}  // namespace geo
