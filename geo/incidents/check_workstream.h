// Can a dataset carry this workstream?
#pragma once

#include "geo/incidents/dataset_record.h"
#include "geo/types/result.h"

namespace geo {

inline constexpr std::size_t kMaxWorkstreams = 50;
inline constexpr double kMaxEntryWeight = 1000;
inline constexpr double kLeastWorkstreamCell_m = 50, kMostWorkstreamCell_m = 5000;
inline constexpr int kMostMinimumCount = 1'000'000;
inline constexpr std::size_t kMaxWorkstreamText = 1000;  // bytes of a title, proxy or caveat

// Begins within a day, is of some length, has a weekday, lists its dates in order, apart and within those that are known.
bool IsSound(const TimeWindow& window);

// Everything that a question takes on trust. Errors: kInvalidArgument, `field` relative to the workstream ("entries[1].category"), with a reason each:
// BAD_ID, TOO_LONG, EMPTY, UNKNOWN_CATEGORY, UNKNOWN_SOURCE, UNKNOWN_FLAG, UNKNOWN_TIME_WINDOW, UNKNOWN_DENOMINATOR, REPEATED, NOT_TOGETHER,
// OUT_OF_RANGE, WEIGHTS_ARE_ZERO, EMPTY_WINDOW, BAD_INTERVAL.
Result<void> CheckWorkstream(const DatasetRecord& record, const Workstream& workstream);

}  // namespace geo
