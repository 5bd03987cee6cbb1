#include "server/cli/request_options.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "server/cli/period_text.h"
#include "server/cli/question_parts.h"
#include "wardwatch/v1/incident_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

constexpr std::string_view kDatasetPrefix = "datasets/";

std::optional<int> TwoDigits(std::string_view text) {
  if (text.size() != 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') return std::nullopt;
  return (text[0] - '0') * 10 + (text[1] - '0');
}

// "20:00" in minutes after midnight; 24:00 only as an end.
std::optional<int> ClockMinute(std::string_view text, bool as_end) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hours = TwoDigits(text.substr(0, 2));
  const auto minutes = TwoDigits(text.substr(3));
  if (!hours || !minutes || *minutes > 59) return std::nullopt;
  const int total = *hours * 60 + *minutes;
  return total < 1440 || (as_end && total == 1440) ? std::optional(total) : std::nullopt;
}

geo::Result<void> FillWindow(const std::string& text, api::TimeOfWeek& window) {
  const auto begin = text.size() == 11 && text[5] == '-' ? ClockMinute(std::string_view(text).substr(0, 5), false) : std::nullopt;
  const auto end = begin ? ClockMinute(std::string_view(text).substr(6), true) : std::nullopt;
  if (!end || *begin == *end) {
    return geo::Fail(BadFlag("--window", fmt::format("\"{}\" is no window of the day: write 20:00-06:00, the end after midnight when it comes first", text)));
  }
  window.set_begin_minute(*begin);
  window.set_end_minute(*end);
  return {};
}

std::optional<api::Weekday> WeekdayOf(std::string_view text) {
  constexpr std::array<std::string_view, 7> kNames{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (text == kNames[i] || text == kNames[i].substr(0, 3)) return static_cast<api::Weekday>(i + 1);
  }
  return std::nullopt;
}

geo::Result<void> FillDays(const std::vector<std::string>& days, api::TimeOfWeek& window) {
  std::array<bool, 8> seen{};
  for (const std::string& text : days) {
    const auto day = WeekdayOf(text);
    if (!day) return geo::Fail(BadFlag("--days", fmt::format("\"{}\" is no day of the week: write mon, tue, wed, thu, fri, sat or sun", text)));
    if (std::exchange(seen[static_cast<std::size_t>(*day)], true)) return geo::Fail(BadFlag("--days", fmt::format("{} is named twice", text)));
    window.add_weekdays(*day);
  }
  return {};
}

}  // namespace

geo::Error BadFlag(std::string flag, std::string message) { return {geo::ErrorCode::kInvalidArgument, std::move(flag), "BAD_FLAG", std::move(message)}; }

geo::Result<void> FillAreas(const std::vector<std::string>& areas, std::string_view flag, api::AreaSelection& selection) {
  for (const std::string& text : areas) {
    const std::size_t colon = text.find(':');
    const std::string vintage = colon == std::string::npos ? selection.vintage() : text.substr(0, colon);
    const std::string code = colon == std::string::npos ? text : text.substr(colon + 1);
    if (vintage.empty() || code.empty()) {
      return geo::Fail(BadFlag(std::string(flag), fmt::format("\"{}\" names no area: write VINTAGE:CODE, for example wards-2023:E05014449", text)));
    }
    if (!selection.vintage().empty() && selection.vintage() != vintage) {
      return geo::Fail(
          BadFlag(std::string(flag), fmt::format("areas of two vintages ({} and {}) cannot be mixed: they overlap", selection.vintage(), vintage)));
    }
    selection.set_vintage(vintage);
    selection.add_codes(code);
  }
  return {};
}

geo::Result<void> FillPeriod(const std::string& text, std::string_view flag, api::Period& out) {
  auto period = ParsePeriodText(text, flag);
  if (!period) return geo::Fail(period.error());
  out = std::move(*period);
  return {};
}

std::string DatasetName(std::string_view text) {
  return text.substr(0, kDatasetPrefix.size()) == kDatasetPrefix ? std::string(text) : std::string(kDatasetPrefix) + std::string(text);
}

std::string DatasetId(std::string_view name) {
  return std::string(name.substr(0, kDatasetPrefix.size()) == kDatasetPrefix ? name.substr(kDatasetPrefix.size()) : name);
}

geo::Result<std::chrono::milliseconds> ParseTimeout(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  const std::int64_t factor = unit == "ms" ? 1 : unit == "s" ? 1000 : unit == "m" ? 60'000 : 0;
  constexpr std::int64_t kLongestMs = 3'600'000;
  if (error != std::errc() || factor == 0 || value < 1 || value > kLongestMs / factor) {
    return geo::Fail(BadFlag("--timeout", fmt::format("\"{}\" is no time to wait: write a whole number: 500ms, 10s or 2m, from 1ms to 60m", text)));
  }
  return std::chrono::milliseconds(value * factor);
}

geo::Result<api::IncidentFilter> MakeFilter(const FilterFlags& flags) {
  api::IncidentFilter filter;
  for (const std::string& category : flags.categories) filter.add_categories(category);
  filter.set_workstream(flags.workstream);
  filter.set_time_window(flags.time_window);
  for (const std::string& flag : flags.flags) filter.add_flags(flag);
  for (const std::string& flag : flags.without_flags) filter.add_without_flags(flag);
  for (const std::string& source : flags.sources) filter.add_sources(source);
  if (!flags.window.empty()) {
    if (auto filled = FillWindow(flags.window, *filter.mutable_window()); !filled) return geo::Fail(filled.error());
  }
  if (!flags.days.empty()) {
    if (auto filled = FillDays(flags.days, *filter.mutable_window()); !filled) return geo::Fail(filled.error());
  }
  if (!flags.areas.empty()) {
    if (auto filled = FillAreas(flags.areas, "--area", *filter.mutable_areas()); !filled) return geo::Fail(filled.error());
  }
  return filter;
}

geo::Result<api::ListIncidentsRequest> MakeIncidentsRequest(const CommandLine& line, const std::string& dataset) {
  api::ListIncidentsRequest request;
  if (auto filled = FillQuestion(line.question, dataset, request); !filled) return geo::Fail(filled.error());
  if (auto filled = FillPeriod(line.incidents.period, "--period", *request.mutable_period()); !filled) return geo::Fail(filled.error());
  request.set_cell(line.incidents.cell);
  if (line.incidents.limit) request.set_limit(*line.incidents.limit);
  return request;
}

}  // namespace server
