// [[workstreams]]: the priorities of a partnership as filters, in place or included from a file of their own.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "geo/incidents/check_workstream.h"
#include "geo/sources/manifest_hours.h"
#include "geo/sources/manifest_parts.h"
#include "geo/sources/text_check.h"
#include "geo/sources/workstream_includes.h"

namespace geo {
namespace {

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
    weights.optional_number(field.key, entry.weight, 0, kMaxEntryWeight);
    out.entries.push_back(std::move(entry));
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

void SortOnce(std::vector<std::string>& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

// A list of ids, each of `known`.
template <class Records>
void ReadNames(TableReader& reader, const char* key, const char* reason, const char* kind, const Records& records, std::vector<std::string>& out) {
  reader.optional_texts(key, out);
  for (const std::string& id : out) {
    const bool known = std::any_of(records.begin(), records.end(), [&](const auto& record) { return record.id == id; });
    if (!known) return reader.refuse(key, reason, fmt::format("there is no {} \"{}\"", kind, Excerpt(id)));
  }
  SortOnce(out);
}

// Hours of its own, or those of a time window.
void ReadWindow(TableReader& reader, const std::vector<NamedWindow>& windows, Workstream& out) {
  reader.optional("time_window", out.window_id);
  if (out.window_id.empty()) {
    ReadHours(reader, "window", out.window.week);
    ReadDays(reader, out.window.week);
    return;
  }
  for (const char* key : {"window", "days"}) {
    if (reader.has(key)) return reader.refuse(key, "NOT_TOGETHER", "it has the hours of its time_window; leave one of the two out");
  }
  const auto named = std::find_if(windows.begin(), windows.end(), [&](const NamedWindow& window) { return window.id == out.window_id; });
  if (named == windows.end()) return reader.refuse("time_window", "UNKNOWN_TIME_WINDOW", fmt::format("there is no time window \"{}\"", Excerpt(out.window_id)));
  out.window = named->window;
}

void ReadLocationRoles(TableReader& reader, std::vector<LocationRole>& out) {
  if (!reader.has("location_roles")) return;
  std::vector<std::string> roles;
  reader.optional_texts("location_roles", roles);
  out.clear();
  for (const std::string& role : roles) {
    if (role != "incident" && role != "complainant") {
      return reader.refuse("location_roles", "UNKNOWN_VALUE", fmt::format("\"{}\" is none of incident, complainant", Excerpt(role)));
    }
    out.push_back(role == "incident" ? LocationRole::kIncident : LocationRole::kComplainant);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  if (out.empty()) reader.refuse("location_roles", "EMPTY", "no role at all; leave it out for incidents where they happened");
}

void ReadDenominators(TableReader& reader, const std::vector<VintageSpec>& vintages, std::vector<std::string>& out) {
  reader.optional_texts("denominators", out);
  for (const std::string& measure : out) {
    const bool known = std::any_of(vintages.begin(), vintages.end(), [&](const VintageSpec& vintage) {
      return std::any_of(vintage.populations.begin(), vintage.populations.end(), [&](const PopulationSpec& p) { return p.measure == measure; });
    });
    if (!known) return reader.refuse("denominators", "UNKNOWN_DENOMINATOR", fmt::format("no vintage has the measure \"{}\"", Excerpt(measure)));
  }
  SortOnce(out);
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
  ReadNames(reader, "sources", "UNKNOWN_SOURCE", "source", manifest.sources, out.sources);
  ReadWindow(reader, manifest.time_windows, out);
  ReadNames(reader, "views", "UNKNOWN_TIME_WINDOW", "time window", manifest.time_windows, out.views);
  ReadNames(reader, "flags", "UNKNOWN_FLAG", "flag", manifest.flags, out.flags_with);
  ReadNames(reader, "without_flags", "UNKNOWN_FLAG", "flag", manifest.flags, out.flags_without);
  ReadLocationRoles(reader, out.location_roles);
  ReadDenominators(reader, manifest.vintages, out.denominators);
  reader.optional_boolean("targeting", out.targeting);
  reader.optional("proxy", out.proxy);
  reader.optional("caveat", out.caveat);
  ReadTier(reader, out.tier);
  reader.optional_number("cell_size_m", out.cell_size_m, kLeastWorkstreamCell_m, kMostWorkstreamCell_m);
  std::optional<std::int64_t> minimum;
  reader.optional_integer("minimum_count", minimum, 1, kMostMinimumCount);
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
