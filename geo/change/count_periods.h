// Incidents counted by area, period and (where asked) category, in one pass over the rows.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "geo/change/ward_comparison.h"

namespace geo {

// Cells (areas and three more x categories x periods) of one answer: a country of 8,500 wards x 14 categories x 12 years fits.
inline constexpr std::int64_t kMostComparedCells = 2'000'000;

// Rows of the answer: areas by code, outside, unlocated, total; within each by category where split.
struct ComparedRows {
  std::vector<AreaIndex> areas;                          // listed, in order of code
  std::vector<std::optional<CategoryIndex>> categories;  // one, nullopt, where not split

  std::size_t slots() const { return areas.size() + 3; }
  std::size_t size() const { return slots() * categories.size(); }
  std::size_t slot_of(std::size_t row) const { return row / categories.size(); }
  std::size_t category_of(std::size_t row) const { return row % categories.size(); }
  WardRow::Kind kind_of(std::size_t row) const;
  AreaIndex area_of(std::size_t row) const { return slot_of(row) < areas.size() ? areas[slot_of(row)] : kOutside; }
};

// All areas of the vintage, or those that the filter names. kResourceExhausted over kMostComparedCells.
Result<ComparedRows> LayRows(const DatasetSnapshot& data, const IncidentFilter& filter, std::size_t vintage, bool by_category, std::size_t periods);

struct ComparedCount {
  std::int64_t incidents = 0;
  std::int64_t crimes = 0;
  double weight = 0;  // sum of window shares
};

struct PeriodCounts {
  std::vector<ComparedCount> cells;    // row x period
  std::vector<std::int64_t> in_areas;  // category x period: the total's incidents that are in areas
  std::size_t periods = 0;
  std::int64_t incidents = 0, located = 0, hour_unknown = 0, unknown_hour = 0;  // over all periods
  const ComparedCount& at(std::size_t row, std::size_t period) const { return cells[row * periods + period]; }
};

// `periods` do not overlap, so that each row of the data is looked at once. filter.period is not used. Totals are sums of the other rows.
Result<PeriodCounts> CountPeriods(const DatasetSnapshot& data, const IncidentFilter& filter, std::size_t vintage, std::span<const Period> periods,
                                  const ComparedRows& rows, const StopSignal& stop);

}  // namespace geo
