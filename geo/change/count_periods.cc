#include "geo/change/count_periods.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace geo {
namespace {

constexpr std::size_t kRowsBetweenStopChecks = 65'536;

// Where a row of the data is counted: one load by area and one by category.
class CellOf {
 public:
  CellOf(const DatasetSnapshot& data, const ComparedRows& rows) : categories_(rows.categories.size()) {
    // Every area that is not listed, and kOutside, counts as outside.
    slot_.assign(std::size_t{1} << 16, static_cast<std::uint32_t>(rows.areas.size()));
    for (std::size_t i = 0; i < rows.areas.size(); ++i) slot_[rows.areas[i]] = static_cast<std::uint32_t>(i);
    slot_[kNowhere] = static_cast<std::uint32_t>(rows.areas.size() + 1);
    for (std::size_t c = 0; c < rows.categories.size(); ++c) {
      if (rows.categories[c]) column_[*rows.categories[c]] = static_cast<std::uint32_t>(c);
    }
    for (std::size_t c = 0; c < data.record.categories.size(); ++c) crime_[c] = data.record.categories[c].crime ? 1 : 0;
  }
  std::size_t operator()(AreaIndex area, CategoryIndex category) const { return slot_[area] * categories_ + column_[category]; }
  int crimes(CategoryIndex category) const { return crime_[category]; }

 private:
  std::size_t categories_;
  std::vector<std::uint32_t> slot_;
  std::array<std::uint32_t, 256> column_{};
  std::array<std::uint8_t, 256> crime_{};
};

Result<void> CountPeriod(const DatasetSnapshot& data, const IncidentFilter& filter, const std::vector<AreaIndex>& area_of, const CellOf& cell_of,
                         std::size_t period, PeriodCounts& counts, const StopSignal& stop) {
  const auto selection = SelectIncidents(data.incidents, area_of, filter, stop);
  if (!selection) return Fail(selection.error());
  for (std::size_t i = 0; i < selection->rows.size(); ++i) {
    if (i % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    const std::uint32_t incident = selection->rows[i];
    const CategoryIndex category = data.incidents.category[incident];
    const AreaIndex area = area_of[incident];
    ComparedCount& count = counts.cells[cell_of(area, category) * counts.periods + period];
    ++count.incidents;
    count.crimes += cell_of.crimes(category);
    count.weight += selection->weight(i);
    // Nowhere is the area of exactly those without a position.
    if (area != kNowhere) ++counts.located;
  }
  counts.incidents += static_cast<std::int64_t>(selection->rows.size());
  counts.hour_unknown += selection->kept_without_hour;
  counts.unknown_hour += selection->unknown_hour;
  return {};
}

void AddTotals(const ComparedRows& rows, PeriodCounts& counts) {
  const std::size_t categories = rows.categories.size(), width = categories * counts.periods;
  counts.in_areas.assign(width, 0);
  ComparedCount* const totals = counts.cells.data() + (rows.slots() - 1) * width;
  for (std::size_t slot = 0; slot + 1 < rows.slots(); ++slot) {
    for (std::size_t i = 0; i < width; ++i) {
      const ComparedCount& count = counts.cells[slot * width + i];
      totals[i].incidents += count.incidents;
      totals[i].crimes += count.crimes;
      totals[i].weight += count.weight;
      if (slot < rows.areas.size()) counts.in_areas[i] += count.incidents;
    }
  }
}

}  // namespace

WardRow::Kind ComparedRows::kind_of(std::size_t row) const {
  const std::size_t slot = slot_of(row);
  if (slot < areas.size()) return WardRow::Kind::kArea;
  constexpr WardRow::Kind kLast[] = {WardRow::Kind::kOutside, WardRow::Kind::kUnlocated, WardRow::Kind::kTotal};
  return kLast[slot - areas.size()];
}

Result<ComparedRows> LayRows(const DatasetSnapshot& data, const IncidentFilter& filter, std::size_t vintage, bool by_category, std::size_t periods) {
  ComparedRows rows;
  const std::size_t known = data.vintages[vintage].areas.areas().size();
  if (filter.areas) {
    rows.areas = filter.areas->areas;
    // They are areas of the rows, so outside and unlocated, should the filter name them, are not among them.
    std::erase_if(rows.areas, [&](AreaIndex area) { return area >= known; });
  } else {
    rows.areas.resize(known);
    for (std::size_t i = 0; i < known; ++i) rows.areas[i] = static_cast<AreaIndex>(i);
  }
  if (by_category) rows.categories.assign(filter.categories.begin(), filter.categories.end());
  else rows.categories.resize(1);
  const auto cells = static_cast<std::int64_t>(rows.size() * periods);
  if (cells <= kMostComparedCells) return rows;
  return Fail({ErrorCode::kResourceExhausted, "by_category", "TOO_MANY_ROWS",
               fmt::format("{} areas x {} categories x {} periods are {} numbers, and an answer holds at most {}; ask for fewer areas, categories or periods",
                           rows.areas.size(), rows.categories.size(), periods, cells, kMostComparedCells)});
}

Result<PeriodCounts> CountPeriods(const DatasetSnapshot& data, const IncidentFilter& filter, std::size_t vintage, std::span<const Period> periods,
                                  const ComparedRows& rows, const StopSignal& stop) {
  PeriodCounts counts;
  counts.periods = periods.size();
  counts.cells.resize(rows.size() * periods.size());
  const CellOf cell_of(data, rows);
  IncidentFilter of_period = filter;
  for (std::size_t p = 0; p < periods.size(); ++p) {
    of_period.period = periods[p];
    if (auto counted = CountPeriod(data, of_period, data.vintages[vintage].area_of, cell_of, p, counts, stop); !counted) return Fail(counted.error());
  }
  AddTotals(rows, counts);
  return counts;
}

}  // namespace geo
