#include <fmt/format.h>

#include <array>

#include "geo/change/area_rates.h"
#include "geo/change/breaks_by_category.h"
#include "geo/change/change_of_counts.h"
#include "geo/change/check_comparison.h"
#include "geo/change/count_periods.h"
#include "geo/change/judge_changes.h"
#include "geo/change/ward_comparison.h"
#include "geo/snapshot/breaks_crossed.h"

namespace geo {
namespace {

Result<void> CheckQuery(const DatasetSnapshot& data, const WardQuery& query) {
  if (auto checked = CheckComparison(data, query.filter, query.vintage, query.false_discovery_rate); !checked) return checked;
  if (auto before = CheckComparedPeriod(data, query.filter, query.before, "before"); !before) return before;
  if (auto after = CheckComparedPeriod(data, query.filter, query.after, "after"); !after) return after;
  if (auto apart = CheckApart(query.before, "before", query.after, "after"); !apart) return apart;
  for (std::size_t i = 0; i < query.denominators.size(); ++i) {
    if (auto known = CheckDenominator(data, query.vintage, query.denominators[i], fmt::format("denominators[{}]", i)); !known) return known;
  }
  return {};
}

std::vector<WardRow> RowsOf(const ComparedRows& rows, const PeriodCounts& counts) {
  std::vector<WardRow> out(rows.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].kind = rows.kind_of(i);
    out[i].area = rows.area_of(i);
    out[i].category = rows.categories[rows.category_of(i)];
    const auto fill = [&](std::size_t period, PeriodCount& count) {
      const ComparedCount& counted = counts.at(i, period);
      count.incidents = counted.incidents;
      count.crimes = counted.crimes;
      count.weight = counted.weight;
    };
    fill(0, out[i].before);
    fill(1, out[i].after);
  }
  return out;
}

// Residents live in the areas: what happened outside them, or nobody knows where, has no place in their rate.
void AddRate(const AreaDenominators& denominators, const ComparedRows& rows, const PeriodCounts& counts, std::size_t row, std::size_t period, Period of,
             bool residents, PeriodCount& count) {
  const WardRow::Kind kind = rows.kind_of(row);
  std::optional<DenominatorValue> value;
  if (kind == WardRow::Kind::kArea) value = denominators.by_area[rows.slot_of(row)];
  if (kind == WardRow::Kind::kTotal) value = denominators.total;
  const std::int64_t incidents = kind == WardRow::Kind::kTotal ? counts.in_areas[rows.category_of(row) * counts.periods + period] : count.incidents;
  Rate rate = RateOf(denominators.measure, value, incidents, of);
  if (!residents) {
    count.other_rates.push_back(std::move(rate));
    return;
  }
  count.population = rate.value;
  count.population_year = rate.year;
  count.rate_per_1000 = rate.rate;
  count.rate_low = rate.low;
  count.rate_high = rate.high;
}

void AddRates(const DatasetSnapshot& data, const WardQuery& query, const ComparedRows& rows, const PeriodCounts& counts, std::span<const Period> periods,
              std::vector<WardRow>& out) {
  const auto add = [&](const std::string& measure, bool residents) {
    const std::vector<AreaDenominators> by_period = DenominatorsOfAreas(data, query.vintage, rows.areas, measure, periods);
    for (std::size_t i = 0; i < out.size(); ++i) {
      AddRate(by_period[0], rows, counts, i, 0, periods[0], residents, out[i].before);
      AddRate(by_period[1], rows, counts, i, 1, periods[1], residents, out[i].after);
    }
  };
  add(kResidentsMeasure, true);
  for (const std::string& measure : query.denominators) add(measure, false);
}

Result<void> AddChanges(const DatasetSnapshot& data, const WardQuery& query, const ComparedRows& rows, const StopSignal& stop, WardAnswer& answer) {
  answer.breaks = BreaksBetween(data, query.filter, query.before, query.after);
  const auto breaks = BreaksByCategory(data, query.filter, rows.categories, query.before, query.after);
  if (query.by_category) {
    for (std::size_t c = 0; c < breaks.size(); ++c) answer.breaks_of_category[*rows.categories[c]] = breaks[c];
  }
  std::vector<TestedChange> tested;
  std::vector<std::size_t> rows_tested;
  for (std::size_t i = 0; i < answer.rows.size(); ++i) {
    // A large vintage has thousands of rows, and a test of large counts takes some ten microseconds.
    if (i % 64 == 0 && stop.stop_requested()) return Fail(stop.reason());
    WardRow& row = answer.rows[i];
    row.change = ChangeOf(row.before.incidents, query.before.days(), row.after.incidents, query.after.days());
    const bool comparable = breaks[rows.category_of(i)].empty();
    const bool beside = row.kind == WardRow::Kind::kOutside || row.kind == WardRow::Kind::kUnlocated;
    if (beside) {
      row.change.verdict = comparable ? Verdict::kTooFewToSay : Verdict::kNotComparable;
      continue;
    }
    tested.push_back({row.before.incidents, row.after.incidents, query.before.days(), query.after.days(), row.change.p_value, rows.category_of(i),
                      row.kind == WardRow::Kind::kTotal, comparable});
    rows_tested.push_back(i);
  }
  const JudgedChanges judged = JudgeChanges(tested, query.false_discovery_rate, query.spread);
  for (std::size_t t = 0; t < tested.size(); ++t) TakeJudgement(tested[t], answer.rows[rows_tested[t]].change);
  answer.tests_made = judged.tests_made;
  answer.dispersion = judged.dispersion;
  answer.widened = judged.widened;
  return {};
}

}  // namespace

Result<WardAnswer> CompareWards(const DatasetSnapshot& data, const WardQuery& query, const StopSignal& stop) {
  if (auto checked = CheckQuery(data, query); !checked) return Fail(checked.error());
  const std::array<Period, 2> periods{query.before, query.after};
  const auto rows = LayRows(data, query.filter, query.vintage, query.by_category, periods.size());
  if (!rows) return Fail(rows.error());
  const auto counts = CountPeriods(data, query.filter, query.vintage, periods, *rows, stop);
  if (!counts) return Fail(counts.error());
  WardAnswer answer;
  answer.rows = RowsOf(*rows, *counts);
  answer.incidents = counts->incidents;
  answer.located = counts->located;
  answer.hour_unknown = counts->hour_unknown;
  answer.unknown_hour = counts->unknown_hour;
  AddRates(data, query, *rows, *counts, periods, answer.rows);
  if (auto changed = AddChanges(data, query, *rows, stop, answer); !changed) return Fail(changed.error());
  return answer;
}

}  // namespace geo
