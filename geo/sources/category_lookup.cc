#include "geo/sources/category_lookup.h"

#include <fmt/format.h>

#include <algorithm>

namespace geo {

Result<CategoryLookup> CategoryLookup::Build(const CategoryDictionary& dictionary, const std::vector<Category>& categories, bool other) {
  const auto index_of = [&](std::string_view id) -> Result<CategoryIndex> {
    const auto found = std::find_if(categories.begin(), categories.end(), [&](const Category& category) { return category.id == id; });
    if (found == categories.end()) {
      return Fail({ErrorCode::kInternal, "", "CATEGORY_NOT_LISTED",
                   fmt::format("category \"{}\" of dictionary \"{}\" is not in the dataset's list", id, dictionary.id)});
    }
    return static_cast<CategoryIndex>(found - categories.begin());
  };
  CategoryLookup out;
  for (const DictionaryEntry& entry : dictionary.entries) {
    const auto index = index_of(entry.category);
    if (!index) return Fail(index.error());
    out.meanings_[entry.value].push_back({*index, entry.valid_from, entry.valid_to});
  }
  if (other) {
    const auto index = index_of(kUnmappedCategory);
    if (!index) return Fail(index.error());
    out.other_ = *index;
  }
  return out;
}

CategoryLookup::Found CategoryLookup::find(std::string_view word, LocalDay day) const {
  Fault fault = Fault::kUnknownWord;
  const auto known = meanings_.find(word);
  if (known != meanings_.end()) {
    for (const Meaning& meaning : known->second) {
      if (meaning.valid_from && day < *meaning.valid_from) continue;
      if (meaning.valid_to && day >= *meaning.valid_to) continue;
      return {meaning.category, Fault::kNone};
    }
    fault = Fault::kNotOnThatDay;
  }
  if (other_) return {*other_, Fault::kNone};
  return {0, fault};
}

}  // namespace geo
