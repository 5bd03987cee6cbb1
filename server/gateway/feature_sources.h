// Features as bodies that are made piece by piece.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "server/http/http_message.h"
#include "server/layers/bbox.h"
#include "server/layers/collection.h"
#include "server/layers/feature_table.h"

namespace server {

// The features matched[begin] .. matched[end - 1] of a table. `schema` is a kind's, and lives for ever.
struct FeatureRun {
  const Schema& schema;
  TablePtr table;
  std::vector<std::uint32_t> matched;
  std::size_t begin = 0, end = 0;
};

// A FeatureCollection; `head` is an object whose members come before "features".
std::unique_ptr<http::BodySource> GeoJsonSource(FeatureRun run, LayerCrs crs, std::string head);

// RFC 4180: a header line, then a record for each feature: its id, for points both positions, its properties. Text that a spreadsheet would run as a formula
// has an apostrophe in front.
std::unique_ptr<http::BodySource> CsvSource(FeatureRun run);

// One field of CSV, quoted where needed.
void AppendCsvText(std::string_view text, std::string& out);

}  // namespace server
