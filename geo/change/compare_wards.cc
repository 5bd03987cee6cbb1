#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/significance/benjamini_hochberg.h"
#include "geo/rates/poisson_interval.h"
#include "geo/rates/rate_ratio_test.h"
#include "geo/change/denominators.h"
#include "geo/change/ward_comparison.h"
#include "geo/snapshot/breaks_crossed.h"
#include "geo/snapshot/meets_data.h"

namespace geo {
namespace {

constexpr std::int64_t kFewestForPercent = 20;
constexpr double kDaysPerYear = 365.25;
constexpr std::size_t kRowsBetweenStopChecks = 65'536;

Result<void> CheckPeriod(const DatasetSnapshot& data, const WardQuery& query, Period period, const char* field) {
  if (period.begin >= period.end) {
    return Fail(InvalidArgument(field, fmt::format("{} is {}, which has no days; end it after it begins", field, FormatPeriod(period))));
  }
  IncidentFilter filter = query.filter;
  filter.period = period;
  if (auto answerable = CheckAnswerable(data.record, filter); !answerable) {
    Error error = answerable.error();
    if (error.field == "period") error.field = field;
    return Fail(std::move(error));
  }
  return CheckMeetsData(data, filter, field);
}

Result<void> CheckQuery(const DatasetSnapshot& data, const WardQuery& query) {
  if (query.vintage >= data.vintages.size()) {
    return Fail({ErrorCode::kInvalidArgument, "vintage", "NO_SUCH_VINTAGE", fmt::format("the dataset has {} sets of boundaries", data.vintages.size())});
  }
  if (query.filter.areas && query.filter.areas->vintage != query.vintage) {
    return Fail({ErrorCode::kInvalidArgument, "filter.areas.vintage", "OTHER_VINTAGE",
                 fmt::format("filter.areas is of {}, the comparison of {}; name the same boundaries in both",
                             data.vintages.at(query.filter.areas->vintage).areas.vintage(), data.vintages[query.vintage].areas.vintage())});
  }
  if (!(query.false_discovery_rate > 0 && query.false_discovery_rate <= 0.5)) {
    return Fail(
        InvalidArgument("false_discovery_rate", fmt::format("false_discovery_rate is {}; it must be over 0 and at most 0.5", query.false_discovery_rate)));
  }
  if (auto before = CheckPeriod(data, query, query.before, "before"); !before) return before;
  if (auto after = CheckPeriod(data, query, query.after, "after"); !after) return after;
  if (query.before.begin < query.after.end && query.after.begin < query.before.end) {
    return Fail(InvalidArgument("after", fmt::format("after is {}, which overlaps before, {}; an incident may be counted once only", FormatPeriod(query.after),
                                                     FormatPeriod(query.before))));
  }
  return {};
}

// One slot per listed area, then outside, unlocated.
struct Slots {
  std::vector<AreaIndex> areas;
  std::vector<std::size_t> slot_of;  // by AreaIndex, all 65,536 of them: one load per row
};

Slots LaySlots(const DatasetSnapshot& data, const WardQuery& query) {
  Slots slots;
  if (query.filter.areas) {
    slots.areas = query.filter.areas->areas;
    // They are areas of the rows, so outside and unlocated, should the filter name them, are not among them.
    std::erase_if(slots.areas, [&](AreaIndex area) { return area >= data.vintages[query.vintage].areas.areas().size(); });
  } else {
    slots.areas.resize(data.vintages[query.vintage].areas.areas().size());
    for (std::size_t i = 0; i < slots.areas.size(); ++i) slots.areas[i] = static_cast<AreaIndex>(i);
  }
  slots.slot_of.assign(std::size_t{1} << 16, slots.areas.size());
  for (std::size_t i = 0; i < slots.areas.size(); ++i) slots.slot_of[slots.areas[i]] = i;
  slots.slot_of[kNowhere] = slots.areas.size() + 1;
  return slots;
}

std::vector<WardRow> LayRows(const Slots& slots) {
  std::vector<WardRow> rows(slots.areas.size() + 3);
  for (std::size_t i = 0; i < slots.areas.size(); ++i) rows[i].area = slots.areas[i];
  rows[slots.areas.size()].kind = WardRow::Kind::kOutside;
  rows[slots.areas.size() + 1].kind = WardRow::Kind::kUnlocated;
  rows[slots.areas.size() + 2].kind = WardRow::Kind::kTotal;
  return rows;
}

// Adds one period's incidents to the rows and to the totals of the answer.
Result<void> CountPeriod(const DatasetSnapshot& data, const WardQuery& query, Period period, PeriodCount WardRow::*side, const Slots& slots,
                         WardAnswer& answer, const StopSignal& stop) {
  std::vector<WardRow>& rows = answer.rows;
  IncidentFilter filter = query.filter;
  filter.period = period;
  const std::vector<AreaIndex>& area_of = data.vintages[query.vintage].area_of;
  auto selection = SelectIncidents(data.incidents, area_of, filter, stop);
  if (!selection) return Fail(selection.error());
  for (std::size_t i = 0; i < selection->rows.size(); ++i) {
    if (i % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    const std::uint32_t incident = selection->rows[i];
    PeriodCount& count = rows[slots.slot_of[area_of[incident]]].*side;
    ++count.incidents;
    if (data.record.categories[data.incidents.category[incident]].crime) ++count.crimes;
    count.weight += selection->weight(i);
    if (data.incidents.at[incident] != kUnlocated) ++answer.located;
  }
  PeriodCount& total = rows.back().*side;
  for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
    total.incidents += (rows[i].*side).incidents;
    total.crimes += (rows[i].*side).crimes;
    total.weight += (rows[i].*side).weight;
  }
  answer.incidents += static_cast<std::int64_t>(selection->rows.size());
  answer.hour_unknown += selection->kept_without_hour;
  answer.unknown_hour += selection->unknown_hour;
  return {};
}

// `incidents` are those that happened among count.population.
void FillRate(PeriodCount& count, std::int64_t incidents, Period period) {
  if (!count.population) return;
  const double per_incident = 1000.0 / *count.population * (kDaysPerYear / period.days());
  const CountInterval interval = PoissonInterval(incidents);
  count.rate_per_1000 = static_cast<double>(incidents) * per_incident;
  count.rate_low = interval.low * per_incident;
  count.rate_high = interval.high * per_incident;
}

void FillRates(const DatasetSnapshot& data, const WardQuery& query, Period period, PeriodCount WardRow::*side, std::vector<WardRow>& rows) {
  PeriodCount& total = rows.back().*side;
  double sum = 0;
  std::int64_t in_areas = 0;
  bool known = rows.size() > 3;  // three rows are no areas
  for (WardRow& row : rows) {
    if (row.kind != WardRow::Kind::kArea) continue;
    PeriodCount& count = row.*side;
    in_areas += count.incidents;
    if (const auto residents = DenominatorOf(data, query.vintage, row.area, kResidentsMeasure, period)) {
      count.population = residents->value;
      count.population_year = residents->year;
      FillRate(count, count.incidents, period);
      sum += residents->value;
      // The total names a year only when all its parts share it.
      total.population_year = row.area == rows.front().area || total.population_year == residents->year ? residents->year : 0;
    } else {
      known = false;
    }
  }
  if (!known) total.population_year = 0;
  if (known) total.population = sum;
  // Residents live in the areas: what happened outside them, or nobody knows where, has no place in their rate.
  FillRate(total, in_areas, period);
}

void FillChange(const WardQuery& query, WardRow& row) {
  Change& change = row.change;
  const RateRatio ratio = CompareRates(row.before.incidents, query.before.days(), row.after.incidents, query.after.days());
  change.difference = row.after.incidents - row.before.incidents;
  change.ratio = ratio.ratio;
  change.ratio_low = ratio.low;
  change.ratio_high = ratio.high;
  if (row.before.incidents >= kFewestForPercent) change.percent = (*ratio.ratio - 1) * 100;
  change.p_value = ratio.p_value;
}

bool EnoughToJudge(const WardRow& row) { return row.before.incidents + row.after.incidents >= kFewestToJudge; }

Verdict Judge(const WardQuery& query, const WardRow& row, bool comparable) {
  if (!comparable) return Verdict::kNotComparable;
  if (!EnoughToJudge(row)) return Verdict::kTooFewToSay;
  if (row.change.q_value > query.false_discovery_rate) return Verdict::kNoClearChange;
  // Counts times the other's days, in integers: the direction of the rates, not of the counts.
  const std::int64_t before = row.before.incidents * query.after.days();
  const std::int64_t after = row.after.incidents * query.before.days();
  return after > before ? Verdict::kHigher : after < before ? Verdict::kLower : Verdict::kNoClearChange;
}

// Tests the areas that have enough incidents to be judged. Which those are depends on the sum of both periods alone, and given the sum the test's p-value is
// a p-value still, so leaving the others out of the correction is fair (Bourgon, Gentleman and Huber 2010, Independent filtering).
int TestAreas(std::vector<WardRow>& rows) {
  std::vector<double> p_values;
  for (const WardRow& row : rows) {
    if (row.kind == WardRow::Kind::kArea && EnoughToJudge(row)) p_values.push_back(row.change.p_value);
  }
  const std::vector<double> q_values = AdjustForFalseDiscovery(p_values);
  std::size_t next = 0;
  for (WardRow& row : rows) {
    if (row.kind == WardRow::Kind::kArea && EnoughToJudge(row)) row.change.q_value = q_values[next++];
    if (row.kind == WardRow::Kind::kTotal) row.change.q_value = row.change.p_value;
  }
  return static_cast<int>(p_values.size());
}

}  // namespace

Result<WardAnswer> CompareWards(const DatasetSnapshot& data, const WardQuery& query, const StopSignal& stop) {
  if (auto checked = CheckQuery(data, query); !checked) return Fail(checked.error());
  const Slots slots = LaySlots(data, query);
  WardAnswer answer;
  answer.rows = LayRows(slots);
  struct Side {
    Period period;
    PeriodCount WardRow::*count;
  };
  for (const Side side : {Side{query.before, &WardRow::before}, Side{query.after, &WardRow::after}}) {
    if (auto counted = CountPeriod(data, query, side.period, side.count, slots, answer, stop); !counted) return Fail(counted.error());
    FillRates(data, query, side.period, side.count, answer.rows);
  }
  answer.breaks = BreaksBetween(data, query.filter, query.before, query.after);
  for (std::size_t i = 0; i < answer.rows.size(); ++i) {
    // A large vintage has thousands of rows, and a test of large counts takes some ten microseconds.
    if (i % 64 == 0 && stop.stop_requested()) return Fail(stop.reason());
    FillChange(query, answer.rows[i]);
  }
  answer.tests_made = TestAreas(answer.rows);
  for (WardRow& row : answer.rows) row.change.verdict = Judge(query, row, answer.breaks.empty());
  return answer;
}

}  // namespace geo
