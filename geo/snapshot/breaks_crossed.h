// What stands between a number and its meaning: known changes of recording, partial months and gaps that a question's dates, sources and categories meet.
#pragma once

#include <string>
#include <vector>

#include "geo/incidents/selection.h"
#include "geo/snapshot/dataset_snapshot.h"

namespace geo {

struct CrossedBreak {
  // The id of the dataset's register, or what coverage shows: "partial:{source}:{YYYY-MM}", "gap:{source}:{YYYY-MM}" (no rows, also before a source's first
  // and after its last month), "provisional:{source}:{YYYY-MM}" (after the day to which the data is complete).
  std::string id;
  Period period;
  std::string note;
  friend bool operator==(const CrossedBreak&, const CrossedBreak&) = default;
};

// filter.period and areas are not used, nor hours. A source takes part when the filter names it and it has ever held one of the filter's categories: a gap in
// the council's reports says nothing of robbery. A partial month counts when one of the filter's categories is partial in it.
// Order: the register's, then source, then month. Cost: O(breaks + coverage months).

// Coverage alone: empty when every month of every source that takes part is complete, and the period lies within the days for which the dates of the filter's
// time window are known ("dates:{first day beyond}").
std::vector<CrossedBreak> IncompleteMonths(const DatasetSnapshot& data, const IncidentFilter& filter, Period period);

// Met by one period: breaks that overlap it, rules that changed inside it (not on its first day: then all of it is under the new rule), incomplete months.
std::vector<CrossedBreak> BreaksCrossed(const DatasetSnapshot& data, const IncidentFilter& filter, Period period);

// What makes two periods not comparable with each other: a break that overlaps either, unless both lie wholly inside it; a rule that changed after the first
// day of the earlier and before the end of the later; an incomplete month in either. Symmetric. The periods may not overlap.
std::vector<CrossedBreak> BreaksBetween(const DatasetSnapshot& data, const IncidentFilter& filter, Period one, Period other);

// Appends those of `more` whose id `known` does not hold yet, in their order.
void AddUnknownBreaks(std::vector<CrossedBreak> more, std::vector<CrossedBreak>& known);

}  // namespace geo
