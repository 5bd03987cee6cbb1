// Source words to categories, with dates: "Public disorder and weapons" meant something until 2013 and nothing after.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/incidents/dataset_record.h"
#include "geo/types/local_time.h"
#include "geo/types/result.h"

namespace geo {

struct DictionaryEntry {
  std::string value;     // matched byte for byte: no case folding, no trimming
  std::string category;  // id
  std::optional<LocalDay> valid_from;
  std::optional<LocalDay> valid_to;  // the first day on which it no longer holds
};

struct CategoryDictionary {
  std::string id;
  std::vector<Category> categories;
  std::vector<DictionaryEntry> entries;

  // The category of a word on a day, or nullptr.
  const std::string* find(std::string_view value, LocalDay day) const;
};

}  // namespace geo
