// A workstream as the filter that it is.
#pragma once

#include <string>

#include "geo/incidents/selection.h"

namespace geo {

// The bits of the flags that a source tells.
FlagBits FlagsToldBy(const DatasetRecord& record, std::uint16_t source);
// The bits of these ids. Precondition: the record has each of them.
FlagBits BitsOf(const DatasetRecord& record, const std::vector<std::string>& flags);

// Its categories, sources (all where it names none), flags and hours, as indices into `record`; no period, no areas, no weights, no daylight. Sources that do
// not tell a flag that it needs are left out. The record must be one that a snapshot was built of, so that every name in it is known (checked).
// Precondition: workstream < record.workstreams.size(). Errors: kFailedPrecondition FLAG_UNKNOWN where no source tells the flags that it needs.
Result<IncidentFilter> FilterOf(const DatasetRecord& record, std::size_t workstream);

// The workstream of very high sensitivity that a filter tells: its own, or one whose flags are all among those that it asks for, under whatever name. Null:
// places finer than areas may be told. What is left by a filter that leaves such flags out is not asked about.
const Workstream* ToldByAreaOnly(const DatasetRecord& record, const IncidentFilter& filter);

// What the data stands in for, as the workstream says it and as the sources show: those left out for want of a flag, and those that do not tell one by which
// it leaves out. Empty where it is the thing itself.
std::string ProxyOf(const DatasetRecord& record, std::size_t workstream);

}  // namespace geo
