// One edit of what the store remembers of a dataset, without loading it again.
#pragma once

#include <filesystem>
#include <string>

#include "geo/incidents/dataset_record.h"
#include "geo/types/result.h"

namespace geo {

// Puts the edit (workstream_history.h) into the record of `dataset`: the store is copied beside itself, the copy changed, synced and renamed over it, so that
// after any failure, and for every reader, it is the old one or the new one. Rows are not read.
// Errors: kNotFound NO_STORE, UNKNOWN_DATASET; kAborted STORE_LOCKED (a load is under way); kDataLoss STORE_DAMAGED; kInternal STORE_WRITE; those of ApplyEdit.
// Cost: a copy of the file.
Result<void> EditWorkstream(const std::filesystem::path& store, const std::string& dataset, const WorkstreamEdit& edit);

}  // namespace geo
