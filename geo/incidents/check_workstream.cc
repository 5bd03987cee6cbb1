#include "geo/incidents/check_workstream.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace geo {
namespace {

constexpr std::size_t kMaxIdBytes = 63;
constexpr std::size_t kNamesTold = 20;
constexpr double kMillimetreSlack = 1e-6;  // three decimals are not exact in binary

tl::unexpected<Error> Bad(std::string field, const char* reason, std::string message) {
  return Fail({ErrorCode::kInvalidArgument, std::move(field), reason, std::move(message)});
}

bool IsId(const std::string& id) {
  const auto alphanumeric = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !id.empty() && id.size() <= kMaxIdBytes && alphanumeric(id.front()) && std::all_of(id.begin(), id.end(), [&](char c) { return alphanumeric(c) || c == '-'; });
}

// Never cut inside a character: what is told is UTF-8 again.
std::string Told(const std::string& text) {
  if (text.size() <= kMaxIdBytes) return text;
  std::size_t end = kMaxIdBytes;
  while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

template <class Records>
std::set<std::string> IdsOf(const Records& records) {
  std::set<std::string> ids;
  for (const auto& record : records) ids.insert(record.id);
  return ids;
}

std::set<std::string> MeasuresOf(const DatasetRecord& record) {
  std::set<std::string> measures;
  for (const VintageRecord& vintage : record.vintages) {
    for (const PopulationRecord& population : vintage.populations) measures.insert(population.measure);
  }
  return measures;
}

Result<void> CheckName(const std::string& field, const std::string& name, const std::set<std::string>& known, const char* reason, const char* kind) {
  if (known.contains(name)) return {};
  std::vector<std::string> told(known.begin(), known.end());
  if (told.size() > kNamesTold) told.resize(kNamesTold);
  return Bad(field, reason, fmt::format("is \"{}\"; this dataset has the {} {}", Told(name), kind, told.empty() ? "none" : fmt::format("{}", fmt::join(told, ", "))));
}

// Known, each once, in order.
Result<void> CheckNames(const char* field, const std::vector<std::string>& names, const std::set<std::string>& known, const char* reason, const char* kind) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string path = fmt::format("{}[{}]", field, i);
    if (auto is_known = CheckName(path, names[i], known, reason, kind); !is_known) return is_known;
    if (i > 0 && names[i] <= names[i - 1]) return Bad(path, "REPEATED", fmt::format("\"{}\" stands twice, or out of order", Told(names[i])));
  }
  return {};
}

Result<void> CheckTexts(const Workstream& of) {
  if (!IsId(of.id)) return Bad("id", "BAD_ID", fmt::format("is \"{}\"; an id is of a-z, 0-9 and -, begins with a letter or digit, and has at most {}", Told(of.id), kMaxIdBytes));
  for (const auto& [field, text] : {std::pair{"title", &of.title}, {"priority", &of.priority}, {"proxy", &of.proxy}, {"caveat", &of.caveat}}) {
    if (text->size() > kMaxWorkstreamText) return Bad(field, "TOO_LONG", fmt::format("has {} bytes; at most {}", text->size(), kMaxWorkstreamText));
  }
  return {};
}

Result<void> CheckEntries(const DatasetRecord& record, const Workstream& of) {
  const std::set<std::string> categories = IdsOf(record.categories);
  if (of.entries.empty()) return Bad("entries", "EMPTY", "has no category; name at least one that it counts");
  for (std::size_t i = 0; i < of.entries.size(); ++i) {
    const std::string path = fmt::format("entries[{}]", i);
    const Workstream::Entry& entry = of.entries[i];
    if (auto known = CheckName(path + ".category", entry.category, categories, "UNKNOWN_CATEGORY", "categories"); !known) return known;
    if (!(entry.weight >= 0 && entry.weight <= kMaxEntryWeight)) {
      return Bad(path + ".weight", "OUT_OF_RANGE", fmt::format("is {}; 0 to {}", entry.weight, kMaxEntryWeight));
    }
    if (i > 0 && entry.category <= of.entries[i - 1].category) return Bad(path + ".category", "REPEATED", fmt::format("\"{}\" stands twice, or out of order", entry.category));
  }
  const bool weighs = std::any_of(of.entries.begin(), of.entries.end(), [](const auto& entry) { return entry.weight > 0; });
  if (weighs || !of.targeting) return {};
  return Bad("entries", "WEIGHTS_ARE_ZERO", "all weigh 0: give one a weight, or say that it targets nothing, a layer apart");
}

Result<void> CheckWindow(const DatasetRecord& record, const Workstream& of) {
  if (!IsSound(of.window)) return Bad("window", "EMPTY_WINDOW", "is no time at all; begin and end within the day, on some weekday, or leave it out for always");
  const std::set<std::string> windows = IdsOf(record.time_windows);
  if (!of.window_id.empty()) {
    if (auto known = CheckName("time_window", of.window_id, windows, "UNKNOWN_TIME_WINDOW", "time windows"); !known) return known;
    const auto named = std::find_if(record.time_windows.begin(), record.time_windows.end(), [&](const NamedWindow& w) { return w.id == of.window_id; });
    if (!(named->window == of.window)) return Bad("time_window", "NOT_TOGETHER", "stands beside hours of its own; leave one of the two out");
  }
  return CheckNames("views", of.views, windows, "UNKNOWN_TIME_WINDOW", "time windows");
}

Result<void> CheckFlags(const DatasetRecord& record, const Workstream& of) {
  const std::set<std::string> flags = IdsOf(record.flags);
  if (auto known = CheckNames("flags", of.flags_with, flags, "UNKNOWN_FLAG", "flags"); !known) return known;
  if (auto known = CheckNames("without_flags", of.flags_without, flags, "UNKNOWN_FLAG", "flags"); !known) return known;
  for (const std::string& flag : of.flags_with) {
    if (std::binary_search(of.flags_without.begin(), of.flags_without.end(), flag)) {
      return Bad("without_flags", "NOT_TOGETHER", fmt::format("\"{}\" is both needed and left out", flag));
    }
  }
  if (of.location_roles.empty()) return Bad("location_roles", "EMPTY", "is empty; take incidents where they happened, where the complainant lives, or both");
  for (std::size_t i = 1; i < of.location_roles.size(); ++i) {
    if (of.location_roles[i] <= of.location_roles[i - 1]) return Bad(fmt::format("location_roles[{}]", i), "REPEATED", "stands twice, or out of order");
  }
  return {};
}

Result<void> CheckConcern(const Workstream& of) {
  if (!of.concern) return {};
  const Workstream::Concern& c = *of.concern;
  if (c.low >= 0 && c.low <= c.share && c.share <= c.high && c.high <= 1) return {};
  return Bad("concern", "BAD_INTERVAL", fmt::format("is {} in {} to {}; shares of residents from 0 to 1, the interval around its share", c.share, c.low, c.high));
}

}  // namespace

bool IsSound(const TimeWindow& window) {
  const TimeOfWeek& week = window.week;
  if (week.begin_minute < 0 || week.begin_minute >= kMinutesPerDay || week.end_minute < 1 || week.end_minute > kMinutesPerDay ||
      week.begin_minute == week.end_minute || week.weekdays < 1 || week.weekdays > 0x7F || window.light > Light::kDaylight) {
    return false;
  }
  LocalDay least = window.dates_known.begin;
  for (const Period& dated : window.dates) {
    if (dated.begin < least || dated.end <= dated.begin || dated.end > window.dates_known.end) return false;
    least = dated.end;
  }
  return true;
}

Result<void> CheckWorkstream(const DatasetRecord& record, const Workstream& of) {
  if (auto good = CheckTexts(of); !good) return good;
  if (auto good = CheckEntries(record, of); !good) return good;
  if (auto good = CheckNames("sources", of.sources, IdsOf(record.sources), "UNKNOWN_SOURCE", "sources"); !good) return good;
  if (auto good = CheckWindow(record, of); !good) return good;
  if (auto good = CheckFlags(record, of); !good) return good;
  if (auto good = CheckNames("denominators", of.denominators, MeasuresOf(record), "UNKNOWN_DENOMINATOR", "denominators"); !good) return good;
  if (of.tier > SensitivityTier::kVeryHigh) return Bad("sensitivity", "OUT_OF_RANGE", "is none of low, mid, high and very high");
  if (!(of.cell_size_m >= kLeastWorkstreamCell_m && of.cell_size_m <= kMostWorkstreamCell_m)) {
    return Bad("cell_size_m", "OUT_OF_RANGE", fmt::format("is {}; {} to {} m", of.cell_size_m, kLeastWorkstreamCell_m, kMostWorkstreamCell_m));
  }
  if (std::abs(of.cell_size_m * 1000 - std::round(of.cell_size_m * 1000)) > kMillimetreSlack) {
    return Bad("cell_size_m", "OUT_OF_RANGE", fmt::format("is {}; cells are whole millimetres: at most three decimals", of.cell_size_m));
  }
  if (of.minimum_count < 1 || of.minimum_count > kMostMinimumCount) {
    return Bad("minimum_count", "OUT_OF_RANGE", fmt::format("is {}; 1 to {}", of.minimum_count, kMostMinimumCount));
  }
  return CheckConcern(of);
}

}  // namespace geo
