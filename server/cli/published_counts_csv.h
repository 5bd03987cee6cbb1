// A published table of counts by area code, read strictly.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "geo/types/result.h"

namespace server {

struct PublishedLine {
  std::string code;
  double count = 0;
};

// Comma-separated text (RFC 4180) whose header line names a column "code" and a column "count"; other columns are passed over. Counts are plain numbers from 0,
// without thousands separators. Blank lines are passed over. Errors, on FILE, with `name`, line and column: what is missing, no number, negative, given twice,
// or of another number of fields than the header; a text that CsvReader refuses; a table without a line.
geo::Result<std::vector<PublishedLine>> ParsePublishedCounts(std::string_view text, const std::string& name);

}  // namespace server
