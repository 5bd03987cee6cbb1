// The layers of the street in the store: tables that QGIS opens, for the writer and the reader of stores alone.
#pragma once

#include <vector>

#include "geo/snapshot/dataset_snapshot.h"

class GDALDataset;
class OGRSpatialReference;

namespace geo {

// Creates the four tables, also where they stay empty, in `grid`. Faults are std::runtime_error, as in the writer.
class StreetTableWriter {
 public:
  StreetTableWriter(GDALDataset& store, const OGRSpatialReference& grid);
  void write(int dataset, const DatasetRecord& record, const StreetLayers& street) const;

 private:
  GDALDataset& store_;
};

// Fills the street of every dataset, whose records have been read. Faults are std::runtime_error.
void ReadStreetTables(GDALDataset& store, std::vector<StoredDataset>& datasets);

}  // namespace geo
