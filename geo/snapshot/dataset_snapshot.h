// One dataset, loaded and joined, ready to answer. Immutable once built: any number of readers, no locks.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "geo/areas/area_set.h"
#include "geo/cameras/street_layers.h"
#include "geo/geometry/footprint_index.h"
#include "geo/incidents/dataset_record.h"
#include "geo/incidents/daylight.h"
#include "geo/incidents/incident_columns.h"
#include "geo/snapshot/coverage.h"
#include "geo/types/result.h"

namespace geo {

// What the store holds of one dataset, before it is joined.
struct StoredDataset {
  DatasetRecord record;
  IncidentColumns incidents;          // in canonical order
  std::vector<std::vector<Area>> areas;  // one list per record.vintages entry, in that order
  StreetLayers street;
};

struct Vintage {
  AreaSet areas;
  std::vector<AreaIndex> area_of;  // one per incident: an index, kOutside or kNowhere
};

struct DatasetSnapshot {
  DatasetRecord record;
  IncidentColumns incidents;
  std::vector<Vintage> vintages;  // as record.vintages
  Coverage coverage;
  std::shared_ptr<const Daylight> daylight;  // null where nothing asks for light
  StreetLayers street;                       // without the shapes of buildings, which are in
  FootprintIndex buildings;                  // this, by part

  // Index into vintages/record.vintages; kNotFound naming those that exist.
  Result<std::size_t> find_vintage(const std::string& id) const;
  // The vintage in force on `day`, or the latest that began before it, or the first.
  std::size_t vintage_in_force(LocalDay day) const;
};

// Shared from wherever a reference to it is at hand: what is kept between requests holds the snapshot that it was made from.
struct Snapshot : std::enable_shared_from_this<Snapshot> {
  std::string id;  // the first 16 digits of the digest over all datasets' content and records (record_digest.h): equal data, equal id
  std::vector<DatasetSnapshot> datasets;  // in order of id
  Result<const DatasetSnapshot*> find_dataset(const std::string& id) const;
};

// Joins every incident to every vintage and counts coverage.
// Errors: those of AreaSet::Build; kDataLoss for columns of unequal length or indices out of range. Order: independent of `threads`.
Result<std::shared_ptr<const Snapshot>> BuildSnapshot(std::vector<StoredDataset> stored, int threads);

}  // namespace geo
