#include "geo/incidents/selection.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "geo/incidents/workstream_filter.h"
#include "geo/types/check.h"

namespace geo {
namespace {

constexpr std::size_t kRowsBetweenStopChecks = 65'536;  // well under a millisecond of work

// A whole day holds every hour alike, so it answers no question by hour; it still has its weekday.
bool IsTooLong(const TimeWindow& window, int length_min) { return window.all_hours() ? length_min > kMinutesPerDay : length_min >= kMinutesPerDay; }

// Membership as a table: one load per row, whatever the filter.
class RowTest {
 public:
  RowTest(const IncidentColumns& incidents, std::span<const AreaIndex> area_of, const IncidentFilter& filter)
      : incidents_(incidents), area_of_(area_of), filter_(filter), file_kept_(incidents.files.size(), false) {
    for (const CategoryIndex category : filter.categories) category_kept_[category] = true;
    for (std::size_t i = 0; i < incidents.files.size(); ++i) {
      file_kept_[i] = std::binary_search(filter.sources.begin(), filter.sources.end(), incidents.files[i].source);
    }
    if (filter.areas) {
      area_kept_.assign(std::size_t{1} << 16, false);
      for (const AreaIndex area : filter.areas->areas) area_kept_[area] = true;
    }
  }
  bool operator()(std::size_t row) const {
    return category_kept_[incidents_.category[row]] && filter_.takes(incidents_.flags[row]) && file_kept_[incidents_.file[row]] && (area_kept_.empty() || area_kept_[area_of_[row]]);
  }

 private:
  const IncidentColumns& incidents_;
  std::span<const AreaIndex> area_of_;
  const IncidentFilter& filter_;
  std::array<bool, 256> category_kept_{};
  std::vector<bool> file_kept_;
  std::vector<bool> area_kept_;
};

std::string SourceNames(const DatasetRecord& record, const std::vector<std::uint16_t>& sources) {
  std::vector<std::string> names;
  for (const std::uint16_t source : sources) names.push_back(record.sources[source].id);
  return fmt::format("{}", fmt::join(names, ", "));
}

Error CannotCarry(const DatasetRecord& record, const IncidentFilter& filter, const std::vector<std::uint16_t>& at_fault, Error error, const char* what) {
  std::vector<std::uint16_t> able;
  std::set_difference(filter.sources.begin(), filter.sources.end(), at_fault.begin(), at_fault.end(), std::back_inserter(able));
  error.code = ErrorCode::kFailedPrecondition;
  error.message = fmt::format("{}: {} cannot carry it", what, SourceNames(record, at_fault));
  error.message += able.empty() ? "; no other selected source of this dataset could; ask a dataset whose sources know the clock, or leave the condition out"
                                : fmt::format("; set filter.sources to {} to ask those that can", SourceNames(record, able));
  return error;
}

Result<void> CheckFlags(const DatasetRecord& record, const IncidentFilter& filter) {
  // A workstream says in its proxy which sources do not tell what it leaves out.
  const FlagBits asked = filter.workstream ? filter.flags_with : filter.flags_with | filter.flags_without;
  std::vector<std::uint16_t> untold;
  for (const std::uint16_t source : filter.sources) {
    if ((asked & ~FlagsToldBy(record, source)) != 0) untold.push_back(source);
  }
  if (untold.empty()) return {};
  return Fail(CannotCarry(record, filter, untold, {{}, "filter.flags", "FLAG_UNKNOWN", {}}, "filter.flags asks for flags of sources that do not tell them"));
}

}  // namespace

double WindowShare(const PlacedWindow& window, LocalMinute from, LocalMinute to) {
  const int length = to - from;
  if (IsTooLong(window.window, length)) return 0;
  const TimeOfWeek& week = window.window.week;
  const Light light = window.window.light;
  WARDWATCH_CHECK(light == Light::kAny || window.daylight != nullptr, "light is asked of a snapshot without it");
  const int end_minute = week.end_minute > week.begin_minute ? week.end_minute : week.end_minute + kMinutesPerDay;
  int inside = 0;
  // A window that began the day before may still be open when the incident begins.
  for (LocalDay day = DayOfMinute(from) - 1; day <= DayOfMinute(to - 1); ++day) {
    if (!window.window.begins_on(day)) continue;
    const LocalMinute begin = std::max(from, day * kMinutesPerDay + week.begin_minute), end = std::min(to, day * kMinutesPerDay + end_minute);
    if (begin >= end) continue;
    const int dark = light == Light::kAny ? 0 : window.daylight->dark_minutes(begin, end, window.at);
    inside += light == Light::kDark ? dark : end - begin - dark;
  }
  return static_cast<double>(inside) / length;
}

double WindowShareOf(const IncidentFilter& filter, const IncidentColumns& incidents, std::size_t row) {
  if (filter.window.always()) return 1;
  return WindowShare({filter, incidents.at[row]}, incidents.from_minute[row], incidents.to_minute[row]);
}

double Selection::total_weight() const {
  if (weights.empty()) return static_cast<double>(rows.size());
  double total = 0;
  for (const double w : weights) total += w;
  return total;
}

Result<Selection> SelectIncidents(const IncidentColumns& incidents, std::span<const AreaIndex> area_of, const IncidentFilter& filter, const StopSignal& stop) {
  Selection selection;
  const RowTest keeps(incidents, area_of, filter);
  const std::size_t begin = incidents.first_on_or_after(filter.period.begin);
  const std::size_t end = incidents.first_on_or_after(filter.period.end);
  const bool windowed = !filter.window.always();
  const bool weighted = windowed || filter.weights;
  for (std::size_t row = begin; row < end; ++row) {
    if ((row - begin) % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    if (!keeps(row)) continue;
    double weight = 1;
    if (windowed) {
      if (IsTooLong(filter.window, incidents.to_minute[row] - incidents.from_minute[row])) {
        ++selection.unknown_hour;
        continue;
      }
      weight = WindowShareOf(filter, incidents, row);
      if (weight == 0) continue;
    }
    // Asked last: only what would otherwise have been in the answer is missing from it for want of a weight.
    if (filter.weights) {
      const CategoryIndex category = incidents.category[row];
      if (filter.weights->known[category] == 0) {
        ++selection.unweighted;
        continue;
      }
      weight *= filter.weights->weight[category];
    }
    if (weighted) selection.weights.push_back(weight);
    if (!incidents.hour_known(row)) ++selection.kept_without_hour;
    selection.rows.push_back(static_cast<std::uint32_t>(row));
  }
  return selection;
}

Result<void> CheckAnswerable(const DatasetRecord& record, const IncidentFilter& filter) {
  if (auto told = CheckFlags(record, filter); !told) return told;
  if (!filter.window.knows(filter.period)) {
    return Fail({ErrorCode::kFailedPrecondition, "period", "DATES_UNKNOWN",
                 fmt::format("period {} reaches beyond {}, for which the dates of the time window are known; ask inside it, or load a manifest that lists more",
                             FormatPeriod(filter.period), FormatPeriod(filter.window.dates_known))});
  }
  std::vector<std::uint16_t> no_hour;
  std::vector<std::uint16_t> no_day;
  for (const std::uint16_t source : filter.sources) {
    const TimeKnowledge knows = record.sources[source].time;
    if (knows == TimeKnowledge::kMonth) no_day.push_back(source);
    if (knows == TimeKnowledge::kMonth ? !filter.window.always() : knows == TimeKnowledge::kDay && !filter.window.all_hours()) no_hour.push_back(source);
  }
  if (!no_hour.empty()) {
    return Fail(CannotCarry(record, filter, no_hour, {{}, "filter.window", "HOUR_UNKNOWN", {}},
                            "filter.window asks for hours or weekdays of sources that do not know them"));
  }
  if (!no_day.empty() && !filter.period.whole_months()) {
    return Fail(CannotCarry(record, filter, no_day, {{}, "period", "PERIOD_FINER_THAN_DATA", {}},
                            fmt::format("period {} cuts a month of sources that know only months", FormatPeriod(filter.period)).c_str()));
  }
  return {};
}

}  // namespace geo
