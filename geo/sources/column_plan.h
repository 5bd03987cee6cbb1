// Which column of a file holds what, settled once from its header.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "geo/sources/csv_reader.h"
#include "geo/sources/manifest.h"
#include "geo/sources/row_time.h"

namespace geo {

struct ColumnPlan {
  std::vector<std::string> names;  // of the header, for messages
  int category = kNoColumn;
  int x = kNoColumn;
  int y = kNoColumn;
  int reference = kNoColumn;
  int place = kNoColumn;
  std::vector<int> flags;  // as SourceSpec::flags; kNoColumn for one that holds for all rows
  TimeColumns time;
};

// The two police.uk forms demand their header exactly, column for column. A mapped CSV must hold every column that the mapping names, once.
// Errors: kInvalidArgument WRONG_HEADER, saying what differs; BAD_COLUMNS for a mapping without category, x, y or exactly one kind of time.
Result<ColumnPlan> PlanColumns(const CsvRecord& header, const SourceSpec& source);

// BAD_COLUMNS as above, before any file is opened.
Result<void> CheckMapping(const ColumnMapping& columns);

}  // namespace geo
