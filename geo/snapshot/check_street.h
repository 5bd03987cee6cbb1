// The street of a dataset as it comes from a store: its indices are looked up without a check in every answer about cameras.
#pragma once

#include "geo/snapshot/dataset_snapshot.h"

namespace geo {

// Layers, models and kinds within their lists and of the right kind, ids unique, positions known, numbers finite and in range, models with a lens.
// Errors: kDataLoss STORE_DAMAGED, naming what is wrong.
Result<void> CheckStreet(const DatasetRecord& record, const StreetLayers& street);

// The footprints of all buildings. Errors: kDataLoss STORE_DAMAGED for one that is none.
Result<FootprintIndex> IndexBuildings(const DatasetRecord& record, const StreetLayers& street);

}  // namespace geo
