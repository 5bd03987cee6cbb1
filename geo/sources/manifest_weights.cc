// [[weights]]: tables of harm, in place or included from a file of their own.
#include <fmt/format.h>

#include <algorithm>

#include "geo/sources/manifest_parts.h"
#include "geo/sources/text_check.h"

namespace geo {
namespace {

constexpr std::size_t kMaxTables = 50;
// Far above any published weight: homicide is thousands of days, or of points. Keeps every total within what a double holds to the unit.
constexpr double kMaxWeight = 1e6;

void ReadEntries(TableReader& reader, const std::vector<Category>& categories, WeightTable& out) {
  const TomlValue* table = reader.table("weights");
  if (table == nullptr) return reader.refuse("weights", "MISSING_KEY", "a table of weights: category-id = number");
  TableReader weights(*table, reader.path_of("weights"), reader.faults());
  for (const TomlField& field : table->fields) {
    const auto category = std::find_if(categories.begin(), categories.end(), [&](const Category& known) { return known.id == field.key; });
    const std::string shown = Excerpt(field.key);
    if (category == categories.end()) {
      return reader.faults().add(ErrorCode::kInvalidArgument, weights.path_of(shown), "UNKNOWN_CATEGORY",
                                 fmt::format("no dictionary that is used has a category \"{}\"", shown), field.value.line);
    }
    if (!category->crime) {
      return weights.refuse(field.key, "NOT_A_CRIME",
                            fmt::format("\"{}\" is an incident and no crime: it has no weight and is shown apart, never as harm; leave it out", shown));
    }
    WeightTable::Entry entry{field.key, 0};
    weights.optional_number(field.key, entry.weight, 0, kMaxWeight);
    out.entries.push_back(std::move(entry));
  }
  if (out.entries.empty()) reader.refuse("weights", "EMPTY", "a table weighs at least one category");
  std::sort(out.entries.begin(), out.entries.end(), [](const auto& a, const auto& b) { return a.category < b.category; });
}

WeightTable ReadTable(TableReader& reader, const std::vector<Category>& categories) {
  WeightTable out;
  reader.required("id", out.id);
  CheckId(reader, "id", out.id);
  reader.required("title", out.title);
  reader.required("version", out.version);
  reader.required("unit", out.unit);
  reader.required("source", out.source);
  ReadEntries(reader, categories, out);
  reader.finish();
  return out;
}

}  // namespace

void ReadWeights(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out) {
  for (std::size_t i = 0; i < tables.size() && !context.faults.first; ++i) {
    TableReader reader(tables[i], ItemPath("weights", i), context.faults);
    if (i == kMaxTables) return reader.refuse("", "TOO_MANY", fmt::format("over {} tables of weights", kMaxTables));
    WeightTable table = ReadOrInclude(reader, context, [&](TableReader& table_reader) { return ReadTable(table_reader, out.categories); });
    if (context.faults.first) return;
    const bool repeated = std::any_of(out.weight_tables.begin(), out.weight_tables.end(), [&](const WeightTable& other) { return other.id == table.id; });
    if (repeated) return reader.refuse("", "REPEATED_ID", fmt::format("weights \"{}\" appear twice", table.id));
    out.weight_tables.push_back(std::move(table));
  }
  std::sort(out.weight_tables.begin(), out.weight_tables.end(), [](const WeightTable& a, const WeightTable& b) { return a.id < b.id; });
}

}  // namespace geo
