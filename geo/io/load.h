// `wardwatch load`: manifest and files in, store out, every row accounted for.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "geo/incidents/dataset_record.h"
#include "geo/sources/parsed_rows.h"
#include "geo/types/result.h"

namespace geo {

struct LoadOptions {
  std::filesystem::path manifest;
  std::filesystem::path store;      // empty with `check`
  std::filesystem::path data_root;  // empty: the manifest's folder
  bool check = false;               // parse and judge everything, write nothing
  LocalDay today = 0;               // dates after tomorrow are in the future; the caller reads the clock
  bool allow_shrink = false;        // a source with under half the rows that the store has of it is refused unless this is set
  std::function<void(const std::string& step, double done)> progress;  // may be empty
};

struct FileReport {
  std::string source;
  FileRecord file;
  std::vector<RejectedRow> rejected;  // all of them
};

struct LoadReport {
  std::string dataset;
  DatasetRecord record;  // as stored, or as it would be
  std::vector<FileReport> files;
  std::vector<std::string> warnings;  // "kent-police: 21 % fewer rows than the store had"
  bool unchanged = false;             // the store already held exactly this
  std::optional<Error> refusal;       // what LoadDataset returned, where it failed
};

// Bad rows are tolerated up to 0.1 % of a file's rows and 1,000 in all; beyond, the load is refused with the first of them in the message (duplicates and rows
// past retention are not bad rows and are not counted against that). A file whose points fall inside the service area only with their axes swapped is refused
// whole as AXES_SWAPPED, with the hint. Other datasets in the store are kept as they are.
// Errors: of the manifest, a file, a boundary; kAborted when another load holds the store's lock.
// On refusal `report` still holds all that was found.
Result<void> LoadDataset(const LoadOptions& options, LoadReport& report);

// The report as JSON: rows in, kept, rejected and every rejected row with file, line, reason and message.
std::string FormatReportJson(const LoadReport& report);

}  // namespace geo
