#include "geo/snapshot/breaks_crossed.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace geo {
namespace {

bool Overlap(Period a, Period b) { return a.begin < b.end && b.begin < a.end; }
bool Inside(Period inner, Period outer) { return inner.begin >= outer.begin && inner.end <= outer.end; }
bool IsChangeOfRule(const RecordingBreak& entry) { return entry.period.days() == 1; }

// The filter's sources that have ever held one of its categories.
std::vector<std::uint16_t> SourcesTakingPart(const DatasetSnapshot& data, const IncidentFilter& filter) {
  std::vector<std::uint16_t> sources;
  for (const std::uint16_t source : filter.sources) {
    const bool holds = std::any_of(data.coverage.months.begin(), data.coverage.months.end(), [&](const SourceMonth& month) {
      return month.source == source &&
             std::any_of(filter.categories.begin(), filter.categories.end(), [&](CategoryIndex category) { return month.by_category[category] > 0; });
    });
    if (holds) sources.push_back(source);
  }
  return sources;
}

bool Concerns(const RecordingBreak& entry, const DatasetRecord& record, const IncidentFilter& filter, const std::vector<std::uint16_t>& sources) {
  const bool source_met =
      std::any_of(sources.begin(), sources.end(), [&](std::uint16_t s) { return entry.source.empty() || record.sources[s].id == entry.source; });
  if (!source_met) return false;
  if (entry.categories.empty()) return true;
  return std::any_of(filter.categories.begin(), filter.categories.end(), [&](CategoryIndex c) {
    return std::find(entry.categories.begin(), entry.categories.end(), record.categories[c].id) != entry.categories.end();
  });
}

template <class Meets>
std::vector<CrossedBreak> FromRegister(const DatasetSnapshot& data, const IncidentFilter& filter, Meets meets) {
  const std::vector<std::uint16_t> sources = SourcesTakingPart(data, filter);
  std::vector<CrossedBreak> crossed;
  for (const RecordingBreak& entry : data.record.breaks) {
    if (Concerns(entry, data.record, filter, sources) && meets(entry)) crossed.push_back({entry.id, entry.period, entry.note});
  }
  return crossed;
}

CrossedBreak Incomplete(const SourceRecord& source, Month month, const char* kind, const char* what) {
  return {fmt::format("{}:{}:{}", kind, source.id, FormatMonth(month)),
          {month.first_day(), month.next().first_day()},
          fmt::format("{}: {} {}", source.title.empty() ? source.id : source.title, FormatMonth(month), what)};
}

// The id is empty when the month is complete for these categories.
CrossedBreak JudgeMonth(const SourceRecord& source, const SourceMonth& month, const std::vector<CategoryIndex>& categories) {
  const auto partial = [&](CategoryIndex category) { return month.partial_category[category] != 0; };
  switch (month.state) {
    case MonthState::kComplete:
      return {};
    case MonthState::kEmpty:
      return Incomplete(source, month.month, "gap", "holds no rows");
    case MonthState::kProvisional:
      return Incomplete(source, month.month, "provisional", "is later than the day to which the data is complete");
    case MonthState::kPartial:
      if (std::none_of(categories.begin(), categories.end(), partial)) return {};
      return Incomplete(source, month.month, "partial", "holds far fewer rows than the months around it");
  }
  __builtin_unreachable();
}

}  // namespace

std::vector<CrossedBreak> IncompleteMonths(const DatasetSnapshot& data, const IncidentFilter& filter, Period period) {
  std::vector<CrossedBreak> found;
  if (period.begin >= period.end) return found;
  if (!filter.window.knows(period)) {
    const LocalDay beyond = period.begin < filter.window.dates_known.begin ? period.begin : filter.window.dates_known.end;
    found.push_back({fmt::format("dates:{}", FormatDay(beyond)), period,
                     fmt::format("the dates of the time window are known for {} alone", FormatPeriod(filter.window.dates_known))});
  }
  const Month first = Month::OfDay(period.begin);
  const Month last = Month::OfDay(period.end - 1);
  for (const std::uint16_t source : SourcesTakingPart(data, filter)) {
    const SourceRecord& record = data.record.sources[source];
    const auto before = [](const SourceMonth& entry, std::pair<std::uint16_t, Month> key) { return std::pair(entry.source, entry.month) < key; };
    auto entry = std::lower_bound(data.coverage.months.begin(), data.coverage.months.end(), std::pair(source, first), before);
    for (Month month = first; month <= last; month = month.next()) {
      if (entry == data.coverage.months.end() || entry->source != source || entry->month != month) {
        found.push_back(Incomplete(record, month, "gap", "holds no rows"));
        continue;
      }
      CrossedBreak judged = JudgeMonth(record, *entry, filter.categories);
      if (!judged.id.empty()) found.push_back(std::move(judged));
      ++entry;
    }
  }
  return found;
}

std::vector<CrossedBreak> BreaksCrossed(const DatasetSnapshot& data, const IncidentFilter& filter, Period period) {
  std::vector<CrossedBreak> crossed = FromRegister(data, filter, [period](const RecordingBreak& entry) {
    if (IsChangeOfRule(entry)) return period.begin < entry.period.begin && entry.period.begin < period.end;
    return Overlap(entry.period, period);
  });
  const std::vector<CrossedBreak> incomplete = IncompleteMonths(data, filter, period);
  crossed.insert(crossed.end(), incomplete.begin(), incomplete.end());
  return crossed;
}

std::vector<CrossedBreak> BreaksBetween(const DatasetSnapshot& data, const IncidentFilter& filter, Period one, Period other) {
  const Period earlier = one.begin < other.begin ? one : other;
  const Period later = one.begin < other.begin ? other : one;
  std::vector<CrossedBreak> crossed = FromRegister(data, filter, [earlier, later](const RecordingBreak& entry) {
    if (IsChangeOfRule(entry)) return earlier.begin < entry.period.begin && entry.period.begin < later.end;
    if (Inside(earlier, entry.period) && Inside(later, entry.period)) return false;
    return Overlap(entry.period, earlier) || Overlap(entry.period, later);
  });
  for (const Period period : {earlier, later}) {
    for (CrossedBreak& month : IncompleteMonths(data, filter, period)) crossed.push_back(std::move(month));
  }
  return crossed;
}

void AddUnknownBreaks(std::vector<CrossedBreak> more, std::vector<CrossedBreak>& known) {
  std::set<std::string> ids;
  for (const CrossedBreak& entry : known) ids.insert(entry.id);
  for (CrossedBreak& entry : more) {
    if (ids.insert(entry.id).second) known.push_back(std::move(entry));
  }
}

}  // namespace geo
