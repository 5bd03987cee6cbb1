// [[time_windows]]: hours that questions and workstreams may name.
#include <fmt/format.h>

#include <algorithm>

#include "geo/sources/manifest_hours.h"
#include "geo/sources/manifest_parts.h"
#include "geo/sources/text_check.h"

namespace geo {
namespace {

constexpr std::size_t kMaxTimeWindows = 50;
constexpr std::size_t kMaxDates = 1000;

void ReadLight(TableReader& reader, Light& out) {
  std::string light;
  reader.optional("light", light);
  if (light == "dark") out = Light::kDark;
  else if (light == "daylight") out = Light::kDaylight;
  else if (!light.empty()) reader.refuse("light", "UNKNOWN_VALUE", "expected \"dark\" or \"daylight\"");
}

// dates = [{from = 2024-01-08, to = 2024-02-10}], each to its end, excluded.
void ReadDates(TableReader& reader, TimeWindow& out) {
  if (!reader.has("dates")) return;
  const auto& tables = reader.tables("dates");
  if (tables.empty() || tables.size() > kMaxDates) return reader.refuse("dates", "OUT_OF_RANGE", fmt::format("1 to {} stretches of days, each {{from, to}}", kMaxDates));
  for (std::size_t i = 0; i < tables.size() && !reader.faults().first; ++i) {
    TableReader dates(tables[i], reader.path_of(ItemPath("dates", i)), reader.faults());
    Period period;
    dates.required_day("from", period.begin);
    dates.required_day("to", period.end);
    dates.finish();
    if (reader.faults().first) return;
    if (period.end <= period.begin) return dates.refuse("to", "EMPTY_WINDOW", "the first day after the stretch comes after `from`");
    if (!out.dates.empty() && period.begin < out.dates.back().end) return dates.refuse("from", "OUT_OF_ORDER", "stretches are listed in order and do not overlap");
    out.dates.push_back(period);
  }
  if (reader.faults().first) return;
  std::optional<LocalDay> from, to;
  reader.optional_day("known_from", from);
  reader.optional_day("known_to", to);
  out.dates_known = {from.value_or(out.dates.front().begin), to.value_or(out.dates.back().end)};
  if (out.dates_known.begin > out.dates.front().begin || out.dates_known.end < out.dates.back().end) {
    reader.refuse("known_from", "BAD_INTERVAL", "the days from known_from to known_to, excluded, hold all of `dates`");
  }
}

}  // namespace

void ReadTimeWindows(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out) {
  for (std::size_t i = 0; i < tables.size() && !context.faults.first; ++i) {
    TableReader reader(tables[i], ItemPath("time_windows", i), context.faults);
    NamedWindow named;
    reader.required("id", named.id);
    CheckId(reader, "id", named.id);
    reader.required("title", named.title);
    ReadHours(reader, "hours", named.window.week);
    ReadDays(reader, named.window.week);
    ReadLight(reader, named.window.light);
    ReadDates(reader, named.window);
    reader.finish();
    if (context.faults.first) return;
    if (i >= kMaxTimeWindows) return reader.refuse("", "TOO_MANY", fmt::format("over {} time windows", kMaxTimeWindows));
    const bool repeated = std::any_of(out.time_windows.begin(), out.time_windows.end(), [&](const NamedWindow& other) { return other.id == named.id; });
    if (repeated) return reader.refuse("id", "REPEATED_ID", fmt::format("time window \"{}\" appears twice", named.id));
    out.time_windows.push_back(std::move(named));
  }
  std::sort(out.time_windows.begin(), out.time_windows.end(), [](const NamedWindow& a, const NamedWindow& b) { return a.id < b.id; });
}

}  // namespace geo
