#include "geo/incidents/selection.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace geo {
namespace {

constexpr std::size_t kRowsBetweenStopChecks = 65'536;  // well under a millisecond of work

// A whole day holds every hour alike, so it answers no question by hour; it still has its weekday.
bool IsTooLong(const TimeOfWeek& window, int length_min) { return window.all_hours() ? length_min > kMinutesPerDay : length_min >= kMinutesPerDay; }

// Membership as a table: one load per row, whatever the filter.
class RowTest {
 public:
  RowTest(const IncidentColumns& incidents, std::span<const AreaIndex> area_of, const IncidentFilter& filter)
      : incidents_(incidents), area_of_(area_of), file_kept_(incidents.files.size(), false) {
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
    return category_kept_[incidents_.category[row]] && file_kept_[incidents_.file[row]] && (area_kept_.empty() || area_kept_[area_of_[row]]);
  }

 private:
  const IncidentColumns& incidents_;
  std::span<const AreaIndex> area_of_;
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

}  // namespace

double WindowShare(const TimeOfWeek& window, LocalMinute from, LocalMinute to) {
  const int length = to - from;
  if (IsTooLong(window, length)) return 0;
  const int end = window.end_minute > window.begin_minute ? window.end_minute : window.end_minute + kMinutesPerDay;
  int inside = 0;
  // A window that began the day before may still be open when the incident begins.
  for (LocalDay day = DayOfMinute(from) - 1; day <= DayOfMinute(to - 1); ++day) {
    if ((window.weekdays >> WeekdayOf(day) & 1) == 0) continue;
    const LocalMinute midnight = day * kMinutesPerDay;
    inside += std::max(0, std::min(to, midnight + end) - std::max(from, midnight + window.begin_minute));
  }
  return static_cast<double>(inside) / length;
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
      weight = WindowShare(filter.window, incidents.from_minute[row], incidents.to_minute[row]);
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
