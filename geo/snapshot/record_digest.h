// A digest of all that the store remembers of a dataset beside its rows.
#pragma once

#include "geo/incidents/dataset_record.h"
#include "geo/types/sha256.h"

namespace geo {

// Feeds every field: with content_sha256, which stands for the rows and areas, records that differ in anything give different digests. Texts and lists go
// in with their lengths, so that no two records run together.
void AddToDigest(const DatasetRecord& record, Sha256& digest);

}  // namespace geo
