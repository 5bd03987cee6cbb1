// The files of one source: parsed, placed, judged and counted.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "geo/geodesy/british_grid.h"
#include "geo/incidents/dataset_record.h"
#include "geo/io/load.h"
#include "geo/sources/manifest.h"
#include "geo/sources/parsed_rows.h"
#include "geo/types/result.h"

namespace geo {

// The rows kept of one file, with their points.
struct PlacedRows {
  ParsedRows rows;  // x and y emptied once placed
  std::vector<GridPoint> at;
};

struct LoadedSource {
  SourceRecord record;
  std::vector<PlacedRows> files;  // as record.files
};

struct SourceContext {
  const Manifest& manifest;
  const BritishGrid& grid;
  LocalDay today = 0;  // later than tomorrow is the future
  GridBox areas;       // bounds of every vintage: they show swapped grid axes, for which the service area is mostly too wide
  std::function<void(const std::string& file)> before_file;
};

// Reads, parses, places, rejects what lies outside or is past retention, then applies the rule of duplicates over all files. Appends a FileReport for every
// file read to `reports`, also when it fails. rows_in = rows_kept + rows_rejected in each.
// Errors: those of the file and of ParseRows, with the file's name; AXES_SWAPPED; REPEATED_FILE for two files of the same bytes.
Result<LoadedSource> LoadSource(const SourceSpec& source, const SourceContext& context, PlaceTable& places, std::vector<FileReport>& reports);

}  // namespace geo
