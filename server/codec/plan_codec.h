// What questions about plans share: workstreams by name, the table of weights, hour blocks, sources.
#pragma once

#include <google/protobuf/repeated_field.h>

#include <optional>
#include <string>
#include <vector>

#include "geo/planning/hour_blocks.h"
#include "server/codec/answer_context.h"
#include "wardwatch/v1/priority.pb.h"

namespace server {

// Index of a workstream; kNotFound UNKNOWN_WORKSTREAM with those that exist; FAILED_PRECONDITION NO_WORKSTREAMS where the dataset has none.
geo::Result<std::size_t> DecodeWorkstream(const std::string& id, std::string_view field, const geo::DatasetRecord& record);
// Indices, ascending, each once; all of the dataset for none. Errors: those of DecodeWorkstream, TOO_MANY, REPEATED.
geo::Result<std::vector<std::size_t>> DecodeWorkstreams(const google::protobuf::RepeatedPtrField<std::string>& ids, std::string_view field,
                                                        const geo::DatasetRecord& record);
// The table named; for an empty id the only one of the dataset, or none.
geo::Result<std::optional<std::size_t>> DecodeHarmTable(const std::string& id, const geo::DatasetRecord& record);
// nullopt: the whole week.
geo::Result<std::optional<geo::HourBlocks>> DecodeHourBlocks(const wardwatch::v1::HourBlockSpec& hours);

// Sources of any of the workstreams, sorted.
std::vector<std::uint16_t> SourcesOfWorkstreams(const geo::DatasetRecord& record, const std::vector<std::size_t>& workstreams);
std::string FormatHourBlocks(const std::optional<geo::HourBlocks>& blocks);
// "Cambridge harm index, version 2020 (...), in days".
std::string HarmMethod(const geo::DatasetRecord& record, const std::optional<std::size_t>& table);

}  // namespace server
