// Rows of one source that tell of the same thing twice: one rule, whatever the order of rows and files.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/sources/parsed_rows.h"

namespace geo {

struct DroppedRow {
  std::uint32_t file = 0;        // into the files given
  std::uint32_t row = 0;         // into the kept rows of that file
  const char* reason = "";       // "DUPLICATE_ROW" or "CONFLICTING_REFERENCE"
  std::uint32_t first_file = 0;  // of the rows that share the reference, the first in order of file and row; for messages
  std::uint32_t first_row = 0;
};

struct Duplicates {
  std::vector<DroppedRow> dropped;       // by file, then row
  std::int64_t repeated_references = 0;  // rows left whose reference another row left has too
};

// A blank reference is never a duplicate of anything. Rows with one reference and one content are one row: the first in order of file and row is kept.
// Rows with one reference and different contents are all kept (kKeep) or all dropped as CONFLICTING_REFERENCE (kRefuse; their identical copies stay
// DUPLICATE_ROW).
// The multiset of contents kept, and the tally of reasons, do not depend on the order of rows or files. Cost: a sort of the rows that have a reference.
// See also tests/property/geo/sources/duplicates_test.cc.
Duplicates FindDuplicates(std::span<const ParsedRows> files, RepeatedReference policy);

}  // namespace geo
