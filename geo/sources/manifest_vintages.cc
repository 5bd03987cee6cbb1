// [[vintages]], their populations, and [[breaks]].
#include <fmt/format.h>

#include <algorithm>

#include "geo/sources/manifest_parts.h"
#include "geo/sources/text_check.h"

namespace geo {
namespace {

void ReadPopulations(TableReader& vintage, ManifestContext& context, VintageSpec& out) {
  std::size_t index = 0;
  for (const TomlValue& value : vintage.tables("populations")) {
    TableReader reader(value, ItemPath(vintage.path_of("populations"), index++), context.faults);
    PopulationSpec population;
    ReadOneFile(reader, CsvNameFault, context, population.file);
    reader.required("code_column", population.code_column);
    reader.required("value_column", population.value_column);
    reader.optional("year_column", population.year_column);
    std::optional<std::int64_t> year;
    reader.optional_integer("year", year, 1900, 2199);
    population.year = static_cast<int>(year.value_or(0));
    reader.optional("measure", population.measure);
    reader.finish();
    if (year.has_value() == !population.year_column.empty()) reader.refuse("year", "BAD_COLUMNS", "exactly one of year and year_column");
    if (context.faults.first) return;
    out.populations.push_back(std::move(population));
  }
}

}  // namespace

void ReadVintages(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out) {
  for (std::size_t i = 0; i < tables.size() && !context.faults.first; ++i) {
    TableReader reader(tables[i], ItemPath("vintages", i), context.faults);
    VintageSpec vintage;
    reader.required("id", vintage.id);
    CheckId(reader, "id", vintage.id);
    reader.required("title", vintage.title);
    reader.optional("kind", vintage.kind);
    CheckId(reader, "kind", vintage.kind);
    ReadLayerFile(reader, false, context, vintage);
    reader.required("code_property", vintage.code_property);
    reader.required("name_property", vintage.name_property);
    reader.required_day("valid_from", vintage.valid_from);
    reader.optional_day("valid_to", vintage.valid_to);
    if (vintage.valid_to && *vintage.valid_to <= vintage.valid_from) reader.refuse("valid_to", "EMPTY_PERIOD", "valid_to must be after valid_from");
    ReadPopulations(reader, context, vintage);
    reader.finish();
    if (context.faults.first) return;
    const bool repeated = std::any_of(out.vintages.begin(), out.vintages.end(), [&](const VintageSpec& other) { return other.id == vintage.id; });
    if (repeated) return reader.refuse("id", "REPEATED_ID", fmt::format("vintage \"{}\" appears twice", vintage.id));
    out.vintages.push_back(std::move(vintage));
  }
}

void ReadBreaks(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out) {
  for (std::size_t i = 0; i < tables.size() && !context.faults.first; ++i) {
    TableReader reader(tables[i], ItemPath("breaks", i), context.faults);
    RecordingBreak item;
    reader.required("id", item.id);
    CheckId(reader, "id", item.id);
    reader.optional("source", item.source);
    reader.optional_texts("categories", item.categories);
    reader.required_day("from", item.period.begin);
    std::optional<LocalDay> to;
    reader.optional_day("to", to);
    item.period.end = to.value_or(item.period.begin + 1);
    reader.required("note", item.note);
    reader.finish();
    if (item.period.end <= item.period.begin) reader.refuse("to", "EMPTY_PERIOD", "to must be after from");
    const auto known_source = [&](const SourceSpec& source) { return source.id == item.source; };
    if (!item.source.empty() && std::none_of(out.sources.begin(), out.sources.end(), known_source)) {
      reader.refuse("source", "UNKNOWN_SOURCE", fmt::format("no [[sources]] entry has the id \"{}\"", Excerpt(item.source)));
    }
    for (const std::string& id : item.categories) {
      const bool known = std::any_of(out.categories.begin(), out.categories.end(), [&](const Category& category) { return category.id == id; });
      if (!known) reader.refuse("categories", "UNKNOWN_CATEGORY", fmt::format("no dictionary that is used has a category \"{}\"", Excerpt(id)));
    }
    const bool repeated = std::any_of(out.breaks.begin(), out.breaks.end(), [&](const RecordingBreak& other) { return other.id == item.id; });
    if (repeated) reader.refuse("id", "REPEATED_ID", fmt::format("break \"{}\" appears twice", item.id));
    out.breaks.push_back(std::move(item));
  }
}

}  // namespace geo
