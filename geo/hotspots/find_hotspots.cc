#include "geo/hotspots/find_hotspots.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/hotspots/k_set.h"
#include "geo/hotspots/persistence.h"
#include "geo/hotspots/quartic_density.h"
#include "geo/snapshot/breaks_crossed.h"
#include "geo/snapshot/meets_data.h"

namespace geo {
namespace {

constexpr double kDaysPerYear = 365.25;
constexpr int kMostPreviousYears = 10;
constexpr std::size_t kCellsBetweenStopChecks = 4'096;

Result<void> CheckQuery(const DatasetSnapshot& data, const HotspotQuery& query) {
  if (query.filter.period.begin >= query.filter.period.end) {
    return Fail(InvalidArgument("period", fmt::format("period is {}, which has no days; end it after it begins", FormatPeriod(query.filter.period))));
  }
  if (!(query.share > 0 && query.share <= 1)) return Fail(InvalidArgument("share", fmt::format("share is {}; it must be over 0 and at most 1", query.share)));
  if (!(query.density.bandwidth_m >= 1 && query.density.bandwidth_m <= 50'000)) {
    return Fail(InvalidArgument("density.bandwidth_m", fmt::format("density.bandwidth_m is {}; it must be 1 to 50,000 m", query.density.bandwidth_m)));
  }
  if (query.previous_years < 0 || query.previous_years > kMostPreviousYears) {
    return Fail(InvalidArgument("previous_years", fmt::format("previous_years is {}; it must be 0 to {}", query.previous_years, kMostPreviousYears)));
  }
  if (query.previous_years > 0 && YearsEarlier(query.filter.period, 1).end > query.filter.period.begin) {
    return Fail(InvalidArgument("previous_years", fmt::format("previous_years is {}, but period {} is longer than a year and would share days with its own "
                                                              "previous years; set previous_years to 0 or ask about a year at most",
                                                              query.previous_years, FormatPeriod(query.filter.period))));
  }
  for (const std::size_t vintage : {query.vintage, query.filter.areas ? query.filter.areas->vintage : 0}) {
    // A dataset without areas can still be asked; its cells lie in none.
    if (vintage >= data.vintages.size() && !(vintage == 0 && data.vintages.empty() && !query.filter.areas)) {
      return Fail({ErrorCode::kInvalidArgument, "vintage", "NO_SUCH_VINTAGE", fmt::format("the dataset has {} sets of boundaries", data.vintages.size())});
    }
  }
  if (auto answerable = CheckAnswerable(data.record, query.filter); !answerable) return answerable;
  return CheckMeetsData(data, query.filter, "period");
}

struct YearCells {
  Selection selection;
  MergedPoints points;
  std::vector<CellCount> cells;
  KSet k_set;
};

Result<YearCells> CountYear(const DatasetSnapshot& data, const HotspotQuery& query, Period period, const StopSignal& stop) {
  IncidentFilter filter = query.filter;
  filter.period = period;
  std::span<const AreaIndex> area_of;
  if (filter.areas) area_of = data.vintages[filter.areas->vintage].area_of;
  YearCells year;
  auto selection = SelectIncidents(data.incidents, area_of, filter, stop);
  if (!selection) return Fail(selection.error());
  year.selection = std::move(*selection);
  auto points = MergePoints(data.incidents, year.selection, stop);
  if (!points) return Fail(points.error());
  year.points = std::move(*points);
  auto cells = CountCells(query.cells, year.points, stop);
  if (!cells) return Fail(cells.error());
  year.cells = std::move(*cells);
  auto k_set = TakeKSet(year.cells, query.share, stop);
  if (!k_set) return Fail(k_set.error());
  year.k_set = std::move(*k_set);
  return year;
}

struct EarlierYear {
  HotspotYear summary;
  std::vector<CellId> hot;  // ascending; empty when the year is not covered
};

Result<EarlierYear> LookBack(const DatasetSnapshot& data, const HotspotQuery& query, int years, const StopSignal& stop) {
  EarlierYear earlier;
  earlier.summary.period = YearsEarlier(query.filter.period, years);
  // 29 February alone has no days in a common year: nothing happened in no time, and that says nothing of the cell.
  const bool has_days = earlier.summary.period.days() > 0;
  earlier.summary.covered = has_days && IncompleteMonths(data, query.filter, earlier.summary.period).empty();
  const auto counted = CountYear(data, query, earlier.summary.period, stop);
  if (!counted) return Fail(counted.error());
  earlier.summary.incidents = static_cast<std::int64_t>(counted->selection.rows.size());
  earlier.summary.weight = counted->selection.total_weight();
  if (!earlier.summary.covered) return earlier;
  std::vector<bool> hot(counted->cells.size(), false);
  for (std::size_t i = 0; i < counted->k_set.k; ++i) hot[counted->k_set.order[i]] = true;
  for (std::size_t i = 0; i < hot.size(); ++i) {
    if (hot[i]) earlier.hot.push_back(counted->cells[i].cell);
  }
  earlier.summary.hot_cells = static_cast<int>(earlier.hot.size());
  return earlier;
}

// The listed cells with all that one period and the looks back tell of them; without densities.
Result<std::vector<HotCell>> ListCells(const DatasetSnapshot& data, const HotspotQuery& query, const YearCells& now, const std::vector<EarlierYear>& earlier,
                                       const std::vector<HotspotYear>& years, const StopSignal& stop) {
  const std::size_t listed = (query.selection == CellSelection::kOccupied) ? now.cells.size() : now.k_set.k;
  // Reserved and filled one by one: a quarter of a million made at once is 20 ms in which nobody can stop it.
  std::vector<HotCell> cells;
  cells.reserve(listed);
  for (std::size_t i = 0; i < listed; ++i) {
    if (i % kCellsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    const CellCount& count = now.cells[now.k_set.order[i]];
    HotCell& cell = cells.emplace_back();
    cell.cell = count.cell;
    cell.centre = query.cells.centre_of(count.cell);
    cell.incidents = count.incidents;
    cell.weight = count.weight;
    cell.share = count.weight / now.k_set.total_weight;
    cell.cumulative_share = now.k_set.cumulative_share[i];
    cell.rank = static_cast<int>(i) + 1;
    cell.hot = i < now.k_set.k;
    cell.top_point_share = count.top_weight / count.weight;
    for (const EarlierYear& year : earlier) cell.hot_in.push_back(std::binary_search(year.hot.begin(), year.hot.end(), count.cell) ? 1 : 0);
    cell.persistence = ClassifyPersistence(cell.hot, cell.hot_in, years);
    if (query.vintage < data.vintages.size()) cell.area = data.vintages[query.vintage].areas.locate(cell.centre);
  }
  return cells;
}

// A year that is not covered takes no part in persistence, so what stands before it is not this answer's.
std::vector<CrossedBreak> BreaksOf(const DatasetSnapshot& data, const IncidentFilter& filter, const std::vector<HotspotYear>& years) {
  std::vector<CrossedBreak> breaks = BreaksCrossed(data, filter, filter.period);
  for (const HotspotYear& year : years) {
    if (year.covered) AddUnknownBreaks(BreaksBetween(data, filter, year.period, filter.period), breaks);
  }
  return breaks;
}

Result<void> FillDensities(const HotspotQuery& query, const YearCells& now, const HotspotBudget& budget, std::vector<HotCell>& cells, const StopSignal& stop) {
  const auto density = QuarticDensity::Build(now.points, std::llround(query.density.bandwidth_m * 1000), stop);
  if (!density) return Fail(density.error());
  std::vector<GridPoint> centres;
  centres.reserve(cells.size());
  for (const HotCell& cell : cells) centres.push_back(cell.centre);
  const auto pairs = density->pairs(centres, stop);
  if (!pairs) return Fail(pairs.error());
  if (*pairs > budget.kernel_pairs) {
    return Fail({ErrorCode::kResourceExhausted, "density.bandwidth_m", "WORK_BUDGET",
                 fmt::format("the density at {} cells with a bandwidth of {} m takes {} pairs of cell and position; the budget is {}; ask for fewer cells, a "
                             "smaller bandwidth, a shorter period or fewer areas",
                             cells.size(), query.density.bandwidth_m, *pairs, budget.kernel_pairs)});
  }
  const auto per_km2 = density->per_km2(centres, stop);
  if (!per_km2) return Fail(per_km2.error());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    cells[i].density_per_km2 = (*per_km2)[i];
    cells[i].density_per_km2_year = (*per_km2)[i] * (kDaysPerYear / query.filter.period.days());
  }
  return {};
}

}  // namespace

Result<HotspotAnswer> FindHotspots(const DatasetSnapshot& data, const HotspotQuery& query, const HotspotBudget& budget, const StopSignal& stop) {
  if (auto checked = CheckQuery(data, query); !checked) return Fail(checked.error());
  const auto now = CountYear(data, query, query.filter.period, stop);
  if (!now) return Fail(now.error());
  HotspotAnswer answer;
  std::vector<EarlierYear> earlier;
  for (int years = query.previous_years; years > 0; --years) {
    auto year = LookBack(data, query, years, stop);
    if (!year) return Fail(year.error());
    answer.years.push_back(year->summary);
    earlier.push_back(std::move(*year));
  }
  answer.hot_cells = static_cast<int>(now->k_set.k);
  answer.occupied_cells = static_cast<int>(now->cells.size());
  answer.incidents = static_cast<std::int64_t>(now->selection.rows.size());
  answer.unlocated = now->points.unlocated;
  answer.located = answer.incidents - answer.unlocated;
  answer.located_weight = now->k_set.total_weight;
  answer.unknown_hour = now->selection.unknown_hour;
  answer.hour_unknown = now->selection.kept_without_hour;
  answer.breaks = BreaksOf(data, query.filter, answer.years);
  auto cells = ListCells(data, query, *now, earlier, answer.years, stop);
  if (!cells) return Fail(cells.error());
  answer.cells = std::move(*cells);
  if (auto filled = FillDensities(query, *now, budget, answer.cells, stop); !filled) return Fail(filled.error());
  return answer;
}

}  // namespace geo
