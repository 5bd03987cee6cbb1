// The layers of the street, from their files.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "geo/cameras/street_layers.h"
#include "geo/geodesy/british_grid.h"
#include "geo/io/load.h"
#include "geo/sources/manifest.h"
#include "geo/types/result.h"

namespace geo {

struct LoadedStreet {
  StreetRecord record;
  StreetLayers layers;
};

struct StreetContext {
  const Manifest& manifest;
  const BritishGrid& grid;
  LocalDay today = 0;
  std::function<void(const std::string& file)> before_file;
};

// Appends a FileReport for every file, by the layer's id as its source. An id that two layers of cameras, or two of sites, share is rejected in the later
// (DUPLICATE_ID). Errors: those of ReadFeatures and of the parsers of rows, with the file's name.
Result<LoadedStreet> LoadStreet(const StreetContext& context, std::vector<FileReport>& reports);

}  // namespace geo
