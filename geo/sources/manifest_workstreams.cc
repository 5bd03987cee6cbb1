// [[workstreams]]: the priorities of a partnership as filters, in place or included from a file of their own.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "geo/sources/manifest_parts.h"
#include "geo/sources/text_check.h"
#include "geo/sources/workstream_includes.h"

namespace geo {
namespace {

constexpr std::size_t kMaxWorkstreams = 50;
constexpr double kMaxWeight = 1000;
constexpr double kLeastCell_m = 50, kMostCell_m = 5000;
constexpr std::array<std::string_view, 7> kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::array<std::string_view, 4> kTiers{"low", "mid", "high", "very high"};

void ReadEntries(TableReader& reader, const std::vector<Category>& categories, Workstream& out) {
  const TomlValue* table = reader.table("categories");
  if (table == nullptr) return;
  TableReader weights(*table, reader.path_of("categories"), reader.faults());
  for (const TomlField& field : table->fields) {
    const bool known = std::any_of(categories.begin(), categories.end(), [&](const Category& category) { return category.id == field.key; });
    const std::string shown = Excerpt(field.key);
    if (!known) {
      return reader.faults().add(ErrorCode::kInvalidArgument, weights.path_of(shown), "UNKNOWN_CATEGORY",
                                 fmt::format("no dictionary that is used has a category \"{}\"", shown), field.value.line);
    }
    Workstream::Entry entry{field.key, 0};
    weights.optional_number(field.key, entry.weight, 0, kMaxWeight);
    out.entries.push_back(std::move(entry));
  }
}

std::optional<int> NumberOf(std::string_view digits) {
  int number = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (fault != std::errc() || end != digits.data() + digits.size() || number < 0) return std::nullopt;
  return number;
}

// "20:00": minutes of the day, to 24:00.
std::optional<int> MinuteOf(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = NumberOf(text.substr(0, 2)), minute = NumberOf(text.substr(3));
  if (!hour || !minute || *minute > 59 || *hour * 60 + *minute > kMinutesPerDay) return std::nullopt;
  return *hour * 60 + *minute;
}

void ReadHours(TableReader& reader, TimeOfWeek& out) {
  std::string hours;
  reader.optional("window", hours);
  if (hours.empty()) return;
  const bool formed = hours.size() == 11 && hours[5] == '-';
  const auto begin = formed ? MinuteOf(std::string_view(hours).substr(0, 5)) : std::nullopt;
  const auto end = formed ? MinuteOf(std::string_view(hours).substr(6)) : std::nullopt;
  if (!begin || !end || *begin == kMinutesPerDay) return reader.refuse("window", "BAD_WINDOW", "write hours of the local clock as \"20:00-06:00\"");
  // 00:00 as an end is midnight, the end of the day on which the window began.
  const int last = *end == 0 ? kMinutesPerDay : *end;
  if (*begin == last) return reader.refuse("window", "EMPTY_WINDOW", fmt::format("{} is no time at all; leave `window` out for the whole day", hours));
  out.begin_minute = *begin;
  out.end_minute = last;
}

void ReadDays(TableReader& reader, TimeOfWeek& out) {
  if (!reader.has("days")) return;
  std::vector<std::string> days;
  reader.optional_texts("days", days);
  if (days.empty()) return reader.refuse("days", "EMPTY_WINDOW", "no day at all; leave `days` out for every day");
  out.weekdays = 0;
  for (const std::string& day : days) {
    const auto found = std::find(kDays.begin(), kDays.end(), day);
    if (found == kDays.end()) return reader.refuse("days", "BAD_DAY", fmt::format("\"{}\" is none of {}", Excerpt(day), fmt::join(kDays, ", ")));
    out.weekdays = static_cast<std::uint8_t>(out.weekdays | (1U << (found - kDays.begin())));
  }
}

void ReadConcern(TableReader& reader, std::optional<Workstream::Concern>& out) {
  const TomlValue* table = reader.table("concern");
  if (table == nullptr) return;
  TableReader concern(*table, reader.path_of("concern"), reader.faults());
  Workstream::Concern read;
  for (const auto& [key, value] : {std::pair{"share", &read.share}, {"low", &read.low}, {"high", &read.high}}) {
    if (!concern.optional_number(key, *value, 0, 1)) return concern.refuse(key, "MISSING_KEY", "a share of residents and its interval: share, low, high");
  }
  concern.finish();
  if (read.low > read.share || read.share > read.high) return reader.refuse("concern", "BAD_INTERVAL", "low, share and high are in this order");
  out = read;
}

void ReadTier(TableReader& reader, SensitivityTier& out) {
  std::string tier = "low";
  reader.optional("sensitivity", tier);
  const auto found = std::find(kTiers.begin(), kTiers.end(), tier);
  if (found == kTiers.end()) {
    return reader.refuse("sensitivity", "BAD_TIER", fmt::format("\"{}\" is none of {}", Excerpt(tier), fmt::join(kTiers, ", ")));
  }
  out = static_cast<SensitivityTier>(found - kTiers.begin());
}

void ReadSourceIds(TableReader& reader, const std::vector<SourceSpec>& sources, std::vector<std::string>& out) {
  reader.optional_texts("sources", out);
  for (const std::string& id : out) {
    const bool known = std::any_of(sources.begin(), sources.end(), [&](const SourceSpec& source) { return source.id == id; });
    if (!known) return reader.refuse("sources", "UNKNOWN_SOURCE", fmt::format("there is no source \"{}\"", Excerpt(id)));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

DraftWorkstream ReadOne(TableReader& reader, const Manifest& manifest) {
  DraftWorkstream draft;
  Workstream& out = draft.workstream;
  draft.path = reader.path_of("");
  draft.line = reader.line();
  reader.required("id", out.id);
  CheckId(reader, "id", out.id);
  reader.required("title", out.title);
  reader.required("priority", out.priority);
  ReadEntries(reader, manifest.categories, out);
  reader.optional_texts("includes", draft.includes);
  ReadSourceIds(reader, manifest.sources, out.sources);
  ReadHours(reader, out.window);
  ReadDays(reader, out.window);
  reader.optional_boolean("targeting", out.targeting);
  reader.optional("proxy", out.proxy);
  reader.optional("caveat", out.caveat);
  ReadTier(reader, out.tier);
  reader.optional_number("cell_size_m", out.cell_size_m, kLeastCell_m, kMostCell_m);
  std::optional<std::int64_t> minimum;
  reader.optional_integer("minimum_count", minimum, 1, 1'000'000);
  if (minimum) out.minimum_count = static_cast<int>(*minimum);
  ReadConcern(reader, out.concern);
  reader.finish();
  return draft;
}

using Drafts = std::vector<DraftWorkstream>;

void AddOne(TableReader& reader, const Manifest& manifest, Drafts& out) {
  if (out.size() >= kMaxWorkstreams) return reader.refuse("", "TOO_MANY", fmt::format("over {} workstreams", kMaxWorkstreams));
  DraftWorkstream draft = ReadOne(reader, manifest);
  if (reader.faults().first) return;
  const bool repeated = std::any_of(out.begin(), out.end(), [&](const auto& other) { return other.workstream.id == draft.workstream.id; });
  if (repeated) return reader.refuse("id", "REPEATED_ID", fmt::format("workstream \"{}\" appears twice", draft.workstream.id));
  out.push_back(std::move(draft));
}

// A file of [[workstreams]]; it includes no other.
void AddIncluded(TableReader& reader, ManifestContext& context, const Manifest& manifest, Drafts& out) {
  std::string name;
  reader.required("include", name);
  reader.finish();
  if (context.faults.first) return;
  const std::optional<TomlValue> tree = ReadInclude(reader, name, context);
  if (!tree) return;
  TableReader file(*tree, name, context.faults);
  const auto& tables = file.tables("workstreams");
  file.finish();
  if (tables.empty()) return file.refuse("workstreams", "MISSING_KEY", "a file of workstreams has at least one [[workstreams]]");
  for (std::size_t i = 0; i < tables.size() && !context.faults.first; ++i) {
    TableReader table(tables[i], name + ": " + ItemPath("workstreams", i), context.faults);
    AddOne(table, manifest, out);
  }
}

}  // namespace

void ReadWorkstreams(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out) {
  Drafts drafts;
  for (std::size_t i = 0; i < tables.size() && !context.faults.first; ++i) {
    TableReader reader(tables[i], ItemPath("workstreams", i), context.faults);
    if (reader.has("include")) AddIncluded(reader, context, out, drafts);
    else AddOne(reader, out, drafts);
  }
  if (context.faults.first) return;
  ResolveIncludes(drafts, context.faults);
  if (context.faults.first) return;
  for (DraftWorkstream& draft : drafts) out.workstreams.push_back(std::move(draft.workstream));
  std::sort(out.workstreams.begin(), out.workstreams.end(), [](const Workstream& a, const Workstream& b) { return a.id < b.id; });
}

}  // namespace geo
