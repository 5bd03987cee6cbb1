// [[dictionaries]]: in place, or included from a file of their own.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "geo/sources/category_lookup.h"
#include "geo/sources/manifest_parts.h"
#include "geo/sources/text_check.h"

namespace geo {
namespace {

void ReadCategories(TableReader& reader, CategoryDictionary& out) {
  std::size_t index = 0;
  for (const TomlValue& value : reader.tables("categories")) {
    TableReader item(value, ItemPath(reader.path_of("categories"), index++), reader.faults());
    Category category;
    item.required("id", category.id);
    CheckId(item, "id", category.id);
    item.required("title", category.title);
    item.optional_boolean("crime", category.crime);
    item.finish();
    if (category.id == kUnmappedCategory) item.refuse("id", "BAD_ID", "\"unmapped\" is the name of what no dictionary knows");
    const bool repeated = std::any_of(out.categories.begin(), out.categories.end(), [&](const Category& other) { return other.id == category.id; });
    if (repeated) item.refuse("id", "REPEATED_ID", fmt::format("category \"{}\" appears twice", category.id));
    out.categories.push_back(std::move(category));
  }
  if (out.categories.empty()) reader.refuse("categories", "MISSING_KEY", "a dictionary has at least one category");
}

bool Overlap(const DictionaryEntry& a, const DictionaryEntry& b) {
  const bool a_first = a.valid_to && b.valid_from && *a.valid_to <= *b.valid_from;
  const bool b_first = b.valid_to && a.valid_from && *b.valid_to <= *a.valid_from;
  return !a_first && !b_first;
}

void ReadEntries(TableReader& reader, CategoryDictionary& out) {
  std::size_t index = 0;
  std::set<std::string, std::less<>> known;
  for (const Category& category : out.categories) known.insert(category.id);
  std::multimap<std::string, std::size_t> by_word;
  for (const TomlValue& value : reader.tables("entries")) {
    if (reader.faults().first) return;
    TableReader item(value, ItemPath(reader.path_of("entries"), index++), reader.faults());
    DictionaryEntry entry;
    item.required("value", entry.value);
    item.required("category", entry.category);
    item.optional_day("valid_from", entry.valid_from);
    item.optional_day("valid_to", entry.valid_to);
    item.finish();
    if (!known.contains(entry.category))
      item.refuse("category", "UNKNOWN_CATEGORY", fmt::format("\"{}\" is not among this dictionary's categories", Excerpt(entry.category)));
    if (entry.valid_from && entry.valid_to && *entry.valid_from >= *entry.valid_to)
      item.refuse("valid_to", "EMPTY_PERIOD", "valid_to must be after valid_from");
    for (auto [other, end] = by_word.equal_range(entry.value); other != end; ++other) {
      if (Overlap(out.entries[other->second], entry))
        item.refuse("value", "REPEATED_ID", fmt::format("\"{}\" has two meanings on one day", Excerpt(entry.value)));
    }
    by_word.emplace(entry.value, out.entries.size());
    out.entries.push_back(std::move(entry));
  }
  if (out.entries.empty()) reader.refuse("entries", "MISSING_KEY", "a dictionary has at least one entry");
}

CategoryDictionary ReadDictionary(TableReader& reader) {
  CategoryDictionary out;
  reader.required("id", out.id);
  CheckId(reader, "id", out.id);
  ReadCategories(reader, out);
  ReadEntries(reader, out);
  reader.finish();
  return out;
}

std::optional<CategoryDictionary> IncludeDictionary(TableReader& reader, const std::string& name, ManifestContext& context) {
  const std::optional<TomlValue> tree = ReadInclude(reader, name, context);
  if (!tree) return std::nullopt;
  TableReader included(*tree, name, context.faults);
  return ReadDictionary(included);
}

}  // namespace

void ReadDictionaries(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out) {
  for (std::size_t i = 0; i < tables.size(); ++i) {
    TableReader reader(tables[i], ItemPath("dictionaries", i), context.faults);
    std::optional<CategoryDictionary> dictionary;
    if (reader.has("include")) {
      std::string name;
      reader.required("include", name);
      reader.finish();
      if (!context.faults.first) dictionary = IncludeDictionary(reader, name, context);
    } else {
      dictionary = ReadDictionary(reader);
    }
    if (context.faults.first || !dictionary) return;
    const std::string id = dictionary->id;
    if (!out.dictionaries.emplace(id, std::move(*dictionary)).second)
      return reader.refuse("", "REPEATED_ID", fmt::format("dictionary \"{}\" appears twice", id));
  }
}

void UniteCategories(ManifestContext& context, Manifest& out) {
  std::map<std::string, Category> united;
  const auto refuse = [&](const char* reason, std::string_view message) {
    context.faults.add(ErrorCode::kInvalidArgument, "dictionaries", reason, message, 0);
  };
  for (const SourceSpec& source : out.sources) {
    const auto used = out.dictionaries.find(source.dictionary);
    if (used == out.dictionaries.end()) continue;  // told where the source was read
    for (const Category& category : used->second.categories) {
      const auto [place, fresh] = united.emplace(category.id, category);
      if (!fresh && !(place->second == category)) refuse("REPEATED_ID", fmt::format("category \"{}\" differs between two dictionaries", category.id));
    }
    if (source.unmapped_as_other) united.emplace(kUnmappedCategory, Category{std::string(kUnmappedCategory), "Words that no dictionary knows", false});
  }
  if (united.size() > 250) refuse("TOO_MANY", fmt::format("{} categories; at most 250", united.size()));
  for (auto& [id, category] : united) out.categories.push_back(std::move(category));
}

}  // namespace geo
