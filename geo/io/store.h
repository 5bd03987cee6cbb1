// The embedded store: one GeoPackage (QGIS opens it), written whole and replaced by rename.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "geo/snapshot/dataset_snapshot.h"
#include "geo/types/result.h"

namespace geo {

// Tables: `datasets` (id, record as JSON), `incidents` (point in EPSG:27700 or none; dataset, file, line, from_minute, to_minute, category, flags, place),
// `areas` (multipolygon; dataset, vintage, code, name), `cameras`, `camera_sites`, `buildings`, `protected_places` (for partners alone). Positions are
// millimetres exactly, stored as metres.
// Writes to a temporary file beside `path`, syncs it, renames it over `path`, syncs the folder: after any failure the old store is as it was and the
// temporary file is gone. Errors: kInternal STORE_WRITE with the system's reason.
Result<void> WriteStore(const std::filesystem::path& path, const std::vector<StoredDataset>& datasets);

// Reads everything. Errors: kNotFound; kDataLoss for a file that is not a store, is damaged, of another version, or whose rows do not match their digest.
Result<std::vector<StoredDataset>> ReadStore(const std::filesystem::path& path);

// Digest of the kept rows, areas, populations and layers of the street in canonical order; independent of how and when they were loaded.
std::string ContentDigest(const StoredDataset& dataset);

}  // namespace geo
