#include "geo/sources/category_dictionary.h"

namespace geo {

const std::string* CategoryDictionary::find(std::string_view value, LocalDay day) const {
  for (const DictionaryEntry& entry : entries) {
    if (entry.value != value) continue;
    if (entry.valid_from && day < *entry.valid_from) continue;
    if (entry.valid_to && day >= *entry.valid_to) continue;
    return &entry.category;
  }
  return nullptr;
}

}  // namespace geo
