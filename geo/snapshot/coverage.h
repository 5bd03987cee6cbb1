// What the data covers: incidents by source, month and category, and the months that cannot be trusted.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/incidents/dataset_record.h"
#include "geo/incidents/incident_columns.h"
#include "geo/types/local_time.h"

namespace geo {

// kEmpty: no row of any category of this source in a month between its first and last (a gap). kPartial: rows, but so few crimes or so few other
// incidents against the source's neighbouring months that the month is incomplete. kProvisional: later than the dataset's as-at day.
enum class MonthState : std::uint8_t { kComplete, kPartial, kEmpty, kProvisional };

struct SourceMonth {
  std::uint16_t source = 0;
  Month month;
  MonthState state = MonthState::kComplete;
  std::int64_t incidents = 0;
  std::int64_t located = 0;
  std::int64_t clock_known = 0;              // incidents whose window is under a whole day
  std::vector<std::int64_t> by_category;     // as DatasetRecord::categories
  std::vector<std::uint8_t> partial_category;  // 1 where this category's count is partial in this month
};

struct Coverage {
  std::vector<SourceMonth> months;  // by source, then month, without holes between a source's first and last month
};

// A month is partial for a group of categories (crimes; each non-crime category) when the group's count is under 60 % of the median of the same group in up
// to six neighbouring months of the source (three before, three after, empty months left out, at least three of them) and the shortfall is over five
// standard deviations of a Poisson count of that median. Real: Kent 2018-12 (crimes halve, ASB does not), Northumbria ASB 2020-07.
Coverage MeasureCoverage(const DatasetRecord& record, const IncidentColumns& incidents);

}  // namespace geo
