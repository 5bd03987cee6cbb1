// A DatasetRecord as the JSON document that the store keeps.
#pragma once

#include <string>
#include <string_view>

#include "geo/incidents/dataset_record.h"
#include "geo/types/result.h"

namespace geo {

std::string EncodeRecordJson(const DatasetRecord& record);

// Strict: every key present, of its type, no others. Errors: kDataLoss STORE_DAMAGED naming the key.
Result<DatasetRecord> DecodeRecordJson(std::string_view json);

}  // namespace geo
