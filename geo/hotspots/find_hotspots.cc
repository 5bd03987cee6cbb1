#include "geo/hotspots/find_hotspots.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/hotspots/cell_density.h"
#include "geo/hotspots/cell_significance.h"
#include "geo/hotspots/check_question.h"
#include "geo/hotspots/k_set.h"
#include "geo/hotspots/list_cells.h"
#include "geo/hotspots/persistence.h"
#include "geo/snapshot/breaks_crossed.h"

namespace geo {
namespace {

constexpr int kMostPreviousYears = 10;
constexpr std::size_t kCellsBetweenStopChecks = 4'096;

Result<void> CheckQuery(const DatasetSnapshot& data, const HotspotQuery& query) {
  if (auto checked = CheckQuestion(data, query.filter, query.vintage, "period"); !checked) return checked;
  if (!(query.share > 0 && query.share <= 1)) return Fail(InvalidArgument("share", fmt::format("share is {}; it must be over 0 and at most 1", query.share)));
  if (query.previous_years < 0 || query.previous_years > kMostPreviousYears) {
    return Fail(InvalidArgument("previous_years", fmt::format("previous_years is {}; it must be 0 to {}", query.previous_years, kMostPreviousYears)));
  }
  if (query.previous_years > 0 && YearsEarlier(query.filter.period, 1).end > query.filter.period.begin) {
    return Fail(InvalidArgument("previous_years", fmt::format("previous_years is {}, but period {} is longer than a year and would share days with its own "
                                                              "previous years; set previous_years to 0 or ask about a year at most",
                                                              query.previous_years, FormatPeriod(query.filter.period))));
  }
  const bool needs_statistic = query.selection == CellSelection::kSignificant || query.selection == CellSelection::kAnalysed;
  if (needs_statistic && query.significance.statistic == LocalStatistic::kNone) {
    return Fail(InvalidArgument("selection",
                                "selection asks for cells by significance, and significance.statistic is none; ask for a statistic, or for hot or "
                                "occupied cells"));
  }
  if (auto checked = CheckDensity(query.density); !checked) return checked;
  return CheckSignificance(query.significance);
}

struct YearCells {
  SelectedPoints selected;
  std::vector<CellCount> cells;
  KSet k_set;
};

Result<YearCells> CountYear(const DatasetSnapshot& data, const HotspotQuery& query, Period period, const StopSignal& stop) {
  YearCells year;
  auto selected = SelectPoints(data, query.filter, period, stop);
  if (!selected) return Fail(selected.error());
  year.selected = std::move(*selected);
  auto cells = CountCells(query.cells, year.selected.points, stop);
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
  earlier.summary.incidents = counted->selected.incidents();
  earlier.summary.weight = counted->selected.selection.total_weight();
  if (!earlier.summary.covered) return earlier;
  std::vector<bool> hot(counted->cells.size(), false);
  for (std::size_t i = 0; i < counted->k_set.k; ++i) hot[counted->k_set.order[i]] = true;
  for (std::size_t i = 0; i < hot.size(); ++i) {
    if (hot[i]) earlier.hot.push_back(counted->cells[i].cell);
  }
  earlier.summary.hot_cells = static_cast<int>(earlier.hot.size());
  return earlier;
}

// A year that is not covered takes no part in persistence, so what stands before it is not this answer's.
std::vector<CrossedBreak> BreaksOf(const DatasetSnapshot& data, const IncidentFilter& filter, const std::vector<HotspotYear>& years) {
  std::vector<CrossedBreak> breaks = BreaksCrossed(data, filter, filter.period);
  for (const HotspotYear& year : years) {
    if (year.covered) AddUnknownBreaks(BreaksBetween(data, filter, year.period, filter.period), breaks);
  }
  return breaks;
}

// What a cell's history says of it.
Result<void> FillHistory(const std::vector<EarlierYear>& earlier, const std::vector<HotspotYear>& years, std::vector<HotCell>& cells, const StopSignal& stop) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i % kCellsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    HotCell& cell = cells[i];
    for (const EarlierYear& year : earlier) cell.hot_in.push_back(std::binary_search(year.hot.begin(), year.hot.end(), cell.cell) ? 1 : 0);
    cell.persistence = ClassifyPersistence(cell.hot, cell.hot_in, years);
  }
  return {};
}

Result<void> FillDensities(const HotspotQuery& query, const YearCells& now, const std::optional<AnalysedAreas>& areas, const HotspotBudget& budget,
                           HotspotAnswer& answer, const StopSignal& stop) {
  DensityWork work;
  work.threads = query.threads;
  work.pairs = budget.kernel_pairs;
  auto used = ChooseDensity(query.density, now.selected, query.cells.size_mm(), areas, work, stop);
  if (!used) return Fail(used.error());
  answer.density = std::move(*used);
  std::vector<GridPoint> centres;
  centres.reserve(answer.cells.size());
  for (const HotCell& cell : answer.cells) centres.push_back(cell.centre);
  const auto per_km2 = DensityAtPlaces(now.selected, answer.density, areas, centres, work, stop);
  if (!per_km2) return Fail(per_km2.error());
  for (std::size_t i = 0; i < answer.cells.size(); ++i) {
    answer.cells[i].density_per_km2 = (*per_km2)[i];
    answer.cells[i].density_per_km2_year = (*per_km2)[i] * (kDaysPerYear / query.filter.period.days());
  }
  return {};
}

void FillTotals(const YearCells& now, HotspotAnswer& answer) {
  answer.hot_cells = static_cast<int>(now.k_set.k);
  answer.occupied_cells = static_cast<int>(now.cells.size());
  answer.incidents = now.selected.incidents();
  answer.unlocated = now.selected.points.unlocated;
  answer.located = answer.incidents - answer.unlocated;
  answer.located_weight = now.k_set.total_weight;
  answer.unknown_hour = now.selected.selection.unknown_hour;
  answer.hour_unknown = now.selected.selection.kept_without_hour;
  answer.unweighted = now.selected.selection.unweighted;
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
  FillTotals(*now, answer);
  answer.breaks = BreaksOf(data, query.filter, answer.years);
  const auto areas = AreasOf(data, query.filter, query.vintage);
  std::optional<TestedCells> tested;
  if (query.significance.statistic != LocalStatistic::kNone) {
    auto done = TestCells(areas, query.cells, now->cells, query.significance, WeightOfOne(now->selected.selection), query.threads, stop);
    if (!done) return Fail(done.error());
    tested = std::move(*done);
    answer.significance = tested->summary;
  }
  auto cells = ListCells(data, query, now->cells, now->k_set, tested, stop);
  if (!cells) return Fail(cells.error());
  answer.cells = std::move(*cells);
  if (auto filled = FillHistory(earlier, answer.years, answer.cells, stop); !filled) return Fail(filled.error());
  if (auto filled = FillDensities(query, *now, areas, budget, answer, stop); !filled) return Fail(filled.error());
  return answer;
}

}  // namespace geo
