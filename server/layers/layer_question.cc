#include "server/layers/layer_question.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <map>

#include "geo/sources/local_clock.h"
#include "geo/types/civil_day.h"
#include "server/codec/period_codec.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace {

geo::Error BadTime(std::string_view sent) {
  return geo::InvalidArgument(
      "datetime",
      fmt::format("is {}; send a time (2024-05-01T12:00:00Z), a date (2024-05-01), or two with a slash between, \"..\" for an open side", Quoted(sent)));
}

// A clock for each pair of zones and thread: a clock remembers what it was asked last.
geo::LocalClock* ClockOf(const std::string& from, const std::string& to) {
  thread_local std::map<std::pair<std::string, std::string>, geo::LocalClock> clocks;
  const auto key = std::pair(from, to);
  auto found = clocks.find(key);
  if (found == clocks.end()) {
    auto opened = geo::LocalClock::Open(from, to);
    if (!opened) return nullptr;
    found = clocks.emplace(key, std::move(*opened)).first;
  }
  return &found->second;
}

bool Number(std::string_view text, std::size_t at, std::size_t digits, int& out) {
  if (at + digits > text.size()) return false;
  const auto parsed = std::from_chars(text.data() + at, text.data() + at + digits, out);
  return parsed.ec == std::errc() && parsed.ptr == text.data() + at + digits && text[at] >= '0' && text[at] <= '9';
}

// A time of one moment, or of a day.
struct Moment {
  std::int64_t first = 0, last = 0;  // whole minutes of the local clock from it on, and up to it; `last` before `first` where it lies between two
  std::optional<double> utc_s;       // of a moment: where the local clock goes back, this alone tells which of two is earlier
};

// The years that data may have (geo::ParseDay), and so those in which a zone's clock matters. A time outside of them is a good question, with nothing to find.
struct DataYears {
  geo::LocalDay begin = geo::DayOf(1900, 1, 1), end = geo::DayOf(2200, 1, 1);
  bool hold(geo::LocalDay day) const { return day >= begin && day < end; }
};

// As a minute that is no data's either: those of far years do not fit.
geo::LocalMinute Clamped(std::int64_t minute) {
  const DataYears years;
  const auto at = [](geo::LocalDay day) { return day * std::int64_t{geo::kMinutesPerDay}; };
  return static_cast<geo::LocalMinute>(std::clamp(minute, at(years.begin - 2), at(years.end + 2)));
}

// "12:00:00", "12:00:00.5", with "Z" or "+01:00" after it.
std::optional<Moment> ClockTime(std::string_view text, geo::LocalDay day, const std::string& zone) {
  int hour = 0, minute = 0, second = 0;
  if (!Number(text, 0, 2, hour) || !Number(text, 3, 2, minute) || !Number(text, 6, 2, second) || text[2] != ':' || text[5] != ':') return std::nullopt;
  if (hour > 23 || minute > 59 || second > 60) return std::nullopt;
  double seconds = second;
  text.remove_prefix(8);
  if (text.starts_with('.')) {
    const auto end = std::min(text.find_first_not_of("0123456789", 1), text.size());
    if (end < 2) return std::nullopt;
    seconds += std::strtod(("0" + std::string(text.substr(0, end))).c_str(), nullptr);
    text.remove_prefix(end);
  }
  int shift = 0;
  if (text.size() == 6 && (text[0] == '+' || text[0] == '-' || text[0] == ' ')) {
    // A plus that was not percent-encoded arrives as a space.
    int hours = 0, minutes = 0;
    if (!Number(text, 1, 2, hours) || !Number(text, 4, 2, minutes) || text[3] != ':' || hours > 14 || minutes > 59) return std::nullopt;
    shift = (hours * 60 + minutes) * (text[0] == '-' ? -1 : 1);
  } else if (text != "Z" && text != "z") {
    return std::nullopt;
  }
  const std::int64_t utc = day * std::int64_t{geo::kMinutesPerDay} + hour * 60 + minute - shift;
  const double utc_s = static_cast<double>(utc) * 60 + seconds;
  if (!DataYears().hold(day)) return Moment{seconds > 0 ? utc + 1 : utc, utc, utc_s};
  geo::LocalClock *there = ClockOf("UTC", zone), *back = ClockOf(zone, "UTC");
  const auto local = there == nullptr || back == nullptr ? std::nullopt : there->told(static_cast<geo::LocalMinute>(utc));
  if (!local) return std::nullopt;
  // The data's times are of the local clock, and of an hour that comes twice they are taken as the first: in the second there is none.
  geo::LocalMinute at = *local;
  while (back->told(at).value_or(static_cast<geo::LocalMinute>(utc)) < utc) ++at;
  const bool there_is = back->told(at).value_or(static_cast<geo::LocalMinute>(utc)) == utc;
  return Moment{there_is && seconds > 0 ? at + 1 : at, there_is ? at : at - 1, utc_s};
}

geo::Result<Moment> DecodeMoment(std::string_view text, const std::string& zone, std::string_view whole) {
  const auto day = geo::CivilDay(text.substr(0, 10));
  if (!day) return geo::Fail(BadTime(whole));
  if (text.size() == 10) return Moment{*day * std::int64_t{geo::kMinutesPerDay}, (*day + 1) * std::int64_t{geo::kMinutesPerDay} - 1, std::nullopt};
  if (text[10] != 'T' && text[10] != 't' && text[10] != ' ') return geo::Fail(BadTime(whole));
  const auto moment = ClockTime(text.substr(11), *day, zone);
  if (!moment) return geo::Fail(BadTime(whole));
  return *moment;
}

bool Open(std::string_view text) { return text.empty() || text == ".."; }

// Lists of names: "a,b".
std::vector<std::string> Split(std::string_view text) {
  std::vector<std::string> names;
  while (!text.empty()) {
    const auto part = text.substr(0, text.find(','));
    if (!part.empty()) names.emplace_back(part);
    text.remove_prefix(std::min(part.size() + 1, text.size()));
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace

std::string LayerQuestion::canonical() const {
  std::string text = std::to_string(static_cast<int>(role)) + '|' + (period ? geo::FormatPeriod(*period) : "never");
  for (const std::string& category : categories) text += "|c=" + category;
  if (!workstream.empty()) text += "|w=" + workstream;
  return text;
}

std::string LayerQuestion::canonical_to_the_minute() const {
  const auto side = [](const std::optional<geo::LocalMinute>& minute) { return minute ? std::to_string(*minute) : std::string(".."); };
  return canonical() + (instants ? "|t=" + side(instants->first) + '/' + side(instants->last) : "");
}

void LayerQuestion::fill(wardwatch::v1::IncidentFilter& filter) const {
  for (const std::string& category : categories) filter.add_categories(category);
  filter.set_workstream(workstream);
}

DataExtent ExtentOf(const geo::DatasetSnapshot& data) {
  DataExtent extent;
  const auto& months = data.coverage.months;
  if (months.empty()) return extent;
  const auto [first, last] = std::minmax_element(months.begin(), months.end(), [](const auto& a, const auto& b) { return a.month < b.month; });
  extent.days = {first->month.first_day(), last->month.next().first_day()};
  return extent;
}

geo::Period LatestWholeYear(const geo::DatasetSnapshot& data) {
  const geo::Period days = ExtentOf(data).days;
  const geo::LocalDay end = std::min(days.end, data.record.as_at + 1);
  const int year = geo::Month::OfDay(std::max(end, days.begin)).year() - 1;
  const geo::Period whole = geo::Period::CalendarYear(year);
  if (whole.begin >= days.begin && whole.end <= end) return whole;
  return geo::Period::RollingYear(geo::Month::OfDay(days.end - 1));
}

geo::Result<InstantRange> DecodeDatetime(std::string_view text, const std::string& zone) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) {
    const auto at = DecodeMoment(text, zone, text);
    if (!at) return geo::Fail(at.error());
    return InstantRange{Clamped(at->first), Clamped(at->last), true};
  }
  const std::string_view begin = text.substr(0, slash), end = text.substr(slash + 1);
  std::optional<Moment> first, last;
  if (!Open(begin)) {
    const auto at = DecodeMoment(begin, zone, text);
    if (!at) return geo::Fail(at.error());
    first = *at;
  }
  if (!Open(end)) {
    const auto at = DecodeMoment(end, zone, text);
    if (!at) return geo::Fail(at.error());
    last = *at;
  }
  if (first && last) {
    const bool moments = first->utc_s && last->utc_s;
    if (moments ? *last->utc_s < *first->utc_s : last->last < first->first) return geo::Fail(BadTime(text));
  }
  InstantRange range;
  if (first) range.first = Clamped(first->first);
  if (last) range.last = Clamped(last->last);
  return range;
}

geo::Result<std::optional<geo::Period>> PeriodOf(const InstantRange& range, const geo::DatasetSnapshot& data) {
  const geo::Period known = ExtentOf(data).days;
  geo::Period asked = known;
  if (range.instant) {
    asked = geo::Period::CalendarYear(geo::Month::OfDay(geo::DayOfMinute(*range.last)).year());
  } else {
    if (range.first) asked.begin = geo::DayOfMinute(*range.first);
    if (range.last) {
      const geo::LocalDay day = geo::DayOfMinute(*range.last);
      asked.end = *range.last == day * geo::kMinutesPerDay && day > asked.begin ? day : day + 1;
    }
  }
  asked.begin = std::max(asked.begin, known.begin);
  asked.end = std::min(asked.end, known.end);
  if (asked.end <= asked.begin) return std::optional<geo::Period>();
  if (asked.days() > limits::kPeriodDays) {
    return geo::Fail(
        geo::InvalidArgument("datetime", fmt::format("asks for {} days; at most ten years, {} days: ask for less", asked.days(), limits::kPeriodDays)));
  }
  return std::optional(asked);
}

geo::Period StandingDay(const geo::DatasetSnapshot& data) { return {data.record.as_at, data.record.as_at + 1}; }

std::optional<geo::Period> StandingPeriod(const std::optional<InstantRange>& asked, const geo::DatasetSnapshot& data) {
  const geo::LocalMinute instant = data.record.as_at * geo::kMinutesPerDay;
  if (asked && (asked->first.value_or(instant) > instant || asked->last.value_or(instant) < instant)) return std::nullopt;
  return StandingDay(data);
}

geo::Result<LayerQuestion> MakeLayerQuestion(const std::string& datetime, const std::string& category, const std::string& workstream,
                                             const geo::DatasetSnapshot& data, bool standing) {
  LayerQuestion question;
  question.categories = Split(category);
  question.workstream = workstream;
  if (!datetime.empty()) {
    const auto range = DecodeDatetime(datetime, data.record.time_zone);
    if (!range) return geo::Fail(range.error());
    question.instants = *range;
  }
  if (standing) {
    question.period = StandingPeriod(question.instants, data);
    return question;
  }
  if (!question.instants) {
    question.period = LatestWholeYear(data);
    return question;
  }
  const auto period = PeriodOf(*question.instants, data);
  if (!period) return geo::Fail(period.error());
  question.period = *period;
  return question;
}

std::string UtcText(geo::LocalMinute minute, const std::string& zone) {
  geo::LocalClock* clock = ClockOf(zone, "UTC");
  const auto utc = clock == nullptr ? std::nullopt : clock->told(minute);
  return geo::FormatMinute(utc.value_or(minute)) + ":00Z";
}

std::optional<geo::LocalMinute> LocalMinuteOf(std::string_view text, const std::string& zone) {
  const auto day = text.size() == 20 ? geo::ParseDay(text.substr(0, 10), "time") : geo::Result<geo::LocalDay>(geo::Fail(BadTime(text)));
  const auto moment = day ? ClockTime(text.substr(11), *day, zone) : std::nullopt;
  return moment ? std::optional(Clamped(moment->last)) : std::nullopt;
}

geo::LocalMinute LocalMinuteOf(geo::LocalMinute utc_minute, const std::string& zone) {
  geo::LocalClock* clock = ClockOf("UTC", zone);
  return clock == nullptr ? utc_minute : clock->told(utc_minute).value_or(utc_minute);
}

}  // namespace server
