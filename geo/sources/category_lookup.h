// A dictionary made ready for millions of rows: word and day to category index.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "geo/incidents/incident_columns.h"
#include "geo/sources/category_dictionary.h"
#include "geo/types/result.h"

namespace geo {

class CategoryLookup {
 public:
  // `dictionary` must outlive this. Errors: kInternal CATEGORY_NOT_LISTED when an entry names a category outside `categories`, or `other` is set and
  // "unmapped" is not among them: the manifest reader lists them all.
  static Result<CategoryLookup> Build(const CategoryDictionary& dictionary, const std::vector<Category>& categories, bool other);

  enum class Fault : unsigned char { kNone, kUnknownWord, kNotOnThatDay };
  struct Found {
    CategoryIndex category = 0;
    Fault fault = Fault::kNone;
  };
  // As CategoryDictionary::find; "unmapped" instead of a fault when built with `other`. A word outside its dates is unmapped too.
  Found find(std::string_view word, LocalDay day) const;

 private:
  struct Meaning {
    CategoryIndex category = 0;
    std::optional<LocalDay> valid_from;
    std::optional<LocalDay> valid_to;
  };
  using Meanings = std::vector<Meaning>;
  std::unordered_map<std::string_view, Meanings> meanings_;
  std::optional<CategoryIndex> other_;
};

inline constexpr std::string_view kUnmappedCategory = "unmapped";

}  // namespace geo
