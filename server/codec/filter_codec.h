// Names in a request, resolved to indices into one dataset: datasets, vintages, categories, sources, areas.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/incidents/selection.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "wardwatch/v1/common.pb.h"

namespace server {

// Name and value of a field as used, for AnswerContext.parameters.
using Parameters = std::vector<std::pair<std::string, std::string>>;

// "datasets/{dataset}". Errors: kInvalidArgument for another form, kNotFound with those that exist.
geo::Result<const geo::DatasetSnapshot*> DecodeDataset(const std::string& name, std::string_view field, const geo::Snapshot& snapshot);
// The vintage in force at the end of `period` for an empty id. kNotFound with those that exist; kFailedPrecondition NO_AREAS where the dataset has none.
geo::Result<std::size_t> DecodeVintage(const std::string& id, std::string_view field, const geo::DatasetSnapshot& data, geo::LocalDay last_day);
// Fields under "filter". What is left out becomes all. The period is put in by the caller.
geo::Result<geo::IncidentFilter> DecodeFilter(const wardwatch::v1::IncidentFilter& filter, const geo::DatasetSnapshot& data);
// Whether places finer than areas may be told of what `filter` selects. Errors: kFailedPrecondition TIER_NEEDS_AREAS, of "filter.workstream" where its
// sensitivity is very high, of "filter.flags" where such a workstream is told by one of them.
geo::Result<void> CheckMayBeMapped(const geo::IncidentFilter& filter, const geo::DatasetRecord& record);
// Codes of one vintage under "{field}.vintage" and "{field}.codes": at least one, each once, sorted.
geo::Result<geo::IncidentFilter::AreaFilter> DecodeAreaSelection(const wardwatch::v1::AreaSelection& areas, std::string_view field,
                                                                 const geo::DatasetSnapshot& data);
geo::Result<geo::AreaIndex> DecodeAreaCode(const std::string& code, std::string_view field, const geo::AreaSet& set);
// Source ids under "sources" or "filter.sources", sorted; all for none.
geo::Result<std::vector<std::uint16_t>> DecodeSources(const google::protobuf::RepeatedPtrField<std::string>& ids, std::string_view field,
                                                      const geo::DatasetRecord& record);

// Codes with commas between, or "all (24)".
std::string FormatAreaCodes(std::span<const geo::AreaIndex> areas, const geo::AreaSet& set);
// The filter as used.
void AddFilterParameters(const geo::IncidentFilter& filter, const geo::DatasetSnapshot& data, Parameters& parameters);

}  // namespace server
