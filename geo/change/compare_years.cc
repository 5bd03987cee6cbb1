#include <fmt/format.h>

#include "geo/change/area_rates.h"
#include "geo/change/breaks_by_category.h"
#include "geo/change/change_of_counts.h"
#include "geo/change/check_comparison.h"
#include "geo/change/count_periods.h"
#include "geo/change/judge_changes.h"
#include "geo/change/years_comparison.h"
#include "geo/rates/rate_ratio_test.h"
#include "geo/snapshot/breaks_crossed.h"

namespace geo {
namespace {

constexpr std::size_t kFewestPeriods = 2, kMostPeriods = 12;
constexpr std::size_t kTestsBetweenStopChecks = 256;

std::string PeriodField(std::size_t index) { return fmt::format("periods[{}]", index); }

Result<void> CheckQuery(const DatasetSnapshot& data, const YearsQuery& query) {
  if (auto checked = CheckComparison(data, query.filter, query.vintage, query.false_discovery_rate); !checked) return checked;
  const std::size_t count = query.periods.size();
  if (count < kFewestPeriods || count > kMostPeriods) {
    return Fail(InvalidArgument("periods", fmt::format("periods are {}; ask for {} to {}", count, kFewestPeriods, kMostPeriods)));
  }
  if (query.baseline >= count) {
    return Fail(InvalidArgument("baseline", fmt::format("baseline is {}; it must be from 0 to {}, a place in periods", query.baseline, count - 1)));
  }
  for (std::size_t p = 0; p < count; ++p) {
    if (auto checked = CheckComparedPeriod(data, query.filter, query.periods[p], PeriodField(p)); !checked) return checked;
    if (p == 0) continue;
    if (auto apart = CheckApart(query.periods[p - 1], PeriodField(p - 1), query.periods[p], PeriodField(p)); !apart) return apart;
    if (query.periods[p].begin < query.periods[p - 1].begin) {
      return Fail(InvalidArgument(PeriodField(p), fmt::format("{} is {}, before {}, {}; name periods in order of time", PeriodField(p),
                                                              FormatPeriod(query.periods[p]), PeriodField(p - 1), FormatPeriod(query.periods[p - 1]))));
    }
  }
  return CheckDenominator(data, query.vintage, query.denominator, "denominator");
}

// Two periods that are compared in every row: a period with the one before it, or with the baseline, or both at once.
struct Pair {
  std::size_t earlier = 0;  // the one that the change is from; the baseline may be the later of the two
  std::size_t later = 0;
  std::vector<bool> comparable;  // by category of the rows
};

struct Pairs {
  std::vector<Pair> all;
  std::vector<std::optional<std::size_t>> from_previous, from_baseline;  // by period: into all
};

Pairs PairUp(const DatasetSnapshot& data, const YearsQuery& query, const ComparedRows& rows, YearsAnswer& answer) {
  const std::size_t count = query.periods.size();
  Pairs pairs;
  pairs.from_previous.resize(count);
  pairs.from_baseline.resize(count);
  answer.from_previous.resize(count);
  answer.from_baseline.resize(count);
  const auto add = [&](std::size_t from, std::size_t to, std::vector<CrossedBreak>& breaks) {
    breaks = BreaksBetween(data, query.filter, query.periods[from], query.periods[to]);
    Pair pair{from, to, {}};
    for (const auto& own : BreaksByCategory(data, query.filter, rows.categories, query.periods[from], query.periods[to])) {
      pair.comparable.push_back(own.empty());
    }
    pairs.all.push_back(std::move(pair));
    return pairs.all.size() - 1;
  };
  for (std::size_t p = 0; p < count; ++p) {
    if (p > 0) pairs.from_previous[p] = add(p - 1, p, answer.from_previous[p]);
    if (p == query.baseline) continue;
    if (p == query.baseline + 1) {
      pairs.from_baseline[p] = pairs.from_previous[p];
      answer.from_baseline[p] = answer.from_previous[p];
    } else {
      pairs.from_baseline[p] = add(query.baseline, p, answer.from_baseline[p]);
    }
  }
  return pairs;
}

void FillCells(const ComparedRows& rows, const PeriodCounts& counts, const std::vector<AreaDenominators>& denominators, const YearsQuery& query,
               YearsAnswer& answer) {
  answer.rows.resize(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    YearsRow& row = answer.rows[i];
    row.kind = rows.kind_of(i);
    row.area = rows.area_of(i);
    row.category = rows.categories[rows.category_of(i)];
    row.cells.resize(query.periods.size());
    for (std::size_t p = 0; p < row.cells.size(); ++p) {
      YearCell& cell = row.cells[p];
      cell.incidents = counts.at(i, p).incidents;
      cell.crimes = counts.at(i, p).crimes;
      std::optional<DenominatorValue> value;
      if (row.kind == WardRow::Kind::kArea) value = denominators[p].by_area[rows.slot_of(i)];
      if (row.kind == WardRow::Kind::kTotal) value = denominators[p].total;
      const std::int64_t incidents = row.kind == WardRow::Kind::kTotal ? counts.in_areas[rows.category_of(i) * counts.periods + p] : cell.incidents;
      cell.rate = RateOf(query.denominator, value, incidents, query.periods[p]);
    }
  }
}

// row x pair; rows that are judged: areas and totals.
Result<std::vector<TestedChange>> TestPairs(const YearsQuery& query, const ComparedRows& rows, const Pairs& pairs, const YearsAnswer& answer,
                                            const StopSignal& stop) {
  std::vector<TestedChange> tested;
  tested.reserve(answer.rows.size() * pairs.all.size());
  for (std::size_t i = 0; i < answer.rows.size(); ++i) {
    const YearsRow& row = answer.rows[i];
    if (row.kind == WardRow::Kind::kOutside || row.kind == WardRow::Kind::kUnlocated) continue;
    for (std::size_t q = 0; q < pairs.all.size(); ++q) {
      if (tested.size() % kTestsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
      const Pair& pair = pairs.all[q];
      TestedChange change;
      change.before = row.cells[pair.earlier].incidents;
      change.after = row.cells[pair.later].incidents;
      change.before_days = query.periods[pair.earlier].days();
      change.after_days = query.periods[pair.later].days();
      change.p_value = ConditionalPValue(change.before, change.before_days, change.after, change.after_days);
      change.group = rows.category_of(i) * pairs.all.size() + q;
      change.alone = row.kind == WardRow::Kind::kTotal;
      change.comparable = pair.comparable[rows.category_of(i)];
      tested.push_back(change);
    }
  }
  return tested;
}

BriefChange BriefOf(const TestedChange& tested) {
  BriefChange brief;
  if (tested.before > 0) {
    brief.ratio = static_cast<double>(tested.after) * tested.before_days / (static_cast<double>(tested.before) * tested.after_days);
    if (tested.before >= kFewestForPercent) brief.percent = (*brief.ratio - 1) * 100;
  }
  brief.p_value = tested.widened_p_value;
  brief.q_value = tested.q_value;
  brief.verdict = tested.verdict;
  return brief;
}

Result<void> AddChanges(const DatasetSnapshot& data, const YearsQuery& query, const ComparedRows& rows, const StopSignal& stop, YearsAnswer& answer) {
  const Pairs pairs = PairUp(data, query, rows, answer);
  auto tested = TestPairs(query, rows, pairs, answer, stop);
  if (!tested) return Fail(tested.error());
  const JudgedChanges judged = JudgeChanges(*tested, query.false_discovery_rate, query.spread);
  answer.dispersion = judged.dispersion;
  answer.widened = judged.widened;
  answer.tests_made = judged.tests_made;
  std::size_t first = 0;
  for (YearsRow& row : answer.rows) {
    if (row.kind == WardRow::Kind::kOutside || row.kind == WardRow::Kind::kUnlocated) continue;
    for (std::size_t p = 0; p < row.cells.size(); ++p) {
      if (pairs.from_previous[p]) row.cells[p].from_previous = BriefOf((*tested)[first + *pairs.from_previous[p]]);
      if (pairs.from_baseline[p]) row.cells[p].from_baseline = BriefOf((*tested)[first + *pairs.from_baseline[p]]);
    }
    first += pairs.all.size();
  }
  return {};
}

// Areas in one period, among each other.
Result<void> RankColumn(const YearsQuery& query, const ComparedRows& rows, std::size_t period, double widening, const StopSignal& stop, YearsAnswer& answer) {
  std::vector<std::int64_t> counts;
  std::vector<double> exposures;
  std::vector<YearCell*> cells;
  for (std::size_t slot = 0; slot < rows.areas.size(); ++slot) {
    YearCell& cell = answer.rows[slot].cells[period];
    if (!cell.rate.value) continue;
    counts.push_back(cell.incidents);
    exposures.push_back(*cell.rate.value);
    cells.push_back(&cell);
  }
  if (cells.empty()) return {};
  const auto ranks = RankRanges(counts, exposures, widening, kRankDrawsOfYears, query.seed, stop);
  if (!ranks) return Fail(ranks.error());
  for (std::size_t i = 0; i < cells.size(); ++i) cells[i]->rank = (*ranks)[i];
  return {};
}

Result<void> AddRanks(const YearsQuery& query, const ComparedRows& rows, const StopSignal& stop, YearsAnswer& answer) {
  const auto draws = static_cast<std::int64_t>(rows.areas.size() * query.periods.size()) * kRankDrawsOfYears;
  if (query.by_category || draws > kMostDrawsOfYears) return {};
  const double widening = answer.widened ? answer.dispersion.widening() : 1;
  for (std::size_t period = 0; period < query.periods.size(); ++period) {
    if (auto ranked = RankColumn(query, rows, period, widening, stop, answer); !ranked) return ranked;
  }
  return {};
}

}  // namespace

Result<YearsAnswer> CompareYears(const DatasetSnapshot& data, const YearsQuery& query, const StopSignal& stop) {
  if (auto checked = CheckQuery(data, query); !checked) return Fail(checked.error());
  const auto rows = LayRows(data, query.filter, query.vintage, query.by_category, query.periods.size());
  if (!rows) return Fail(rows.error());
  const auto counts = CountPeriods(data, query.filter, query.vintage, query.periods, *rows, stop);
  if (!counts) return Fail(counts.error());
  YearsAnswer answer;
  answer.incidents = counts->incidents;
  answer.located = counts->located;
  answer.hour_unknown = counts->hour_unknown;
  answer.unknown_hour = counts->unknown_hour;
  FillCells(*rows, *counts, DenominatorsOfAreas(data, query.vintage, rows->areas, query.denominator, query.periods), query, answer);
  if (auto changed = AddChanges(data, query, *rows, stop, answer); !changed) return Fail(changed.error());
  if (auto ranked = AddRanks(query, *rows, stop, answer); !ranked) return Fail(ranked.error());
  return answer;
}

}  // namespace geo
