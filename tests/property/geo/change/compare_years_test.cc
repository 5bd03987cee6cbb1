#include "tests/support/fixed_seed.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "geo/change/years_comparison.h"
#include "tests/support/drawn_dataset.h"

namespace geo {
namespace {

// Two vintages of other shapes over the same ground, three categories, three years, and places inside, outside and unknown.
DrawnDataset AnyTown() {
  DrawnDataset drawn;
  const std::size_t old_wards = drawn.add_vintage("old"), new_wards = drawn.add_vintage("new");
  for (int w = 0; w < 4; ++w) drawn.add_square(old_wards, std::string("A") + static_cast<char>('0' + w), 500'000 + 1500 * w, 200'000, 1500);
  for (int w = 0; w < 6; ++w) drawn.add_square(new_wards, std::string("B") + static_cast<char>('0' + w), 500'000 + 1000 * w, 200'000, 1000);
  drawn.add_category("burglary", true);
  drawn.record().sources[0].time = TimeKnowledge::kClock;
  const int n = *rc::gen::inRange(1, 60);
  for (int i = 0; i < n; ++i) {
    const LocalDay day = DayOf(2020, 1, 1) + *rc::gen::inRange(0, 1096);
    DrawnIncident incident;
    incident.at = *rc::gen::inRange(0, 8) == 0 ? kUnlocated : GridPoint::FromMeters(499'000 + *rc::gen::inRange(0, 8000), 199'900 + *rc::gen::inRange(0, 1800));
    incident.from = day * kMinutesPerDay + 600;
    incident.to = incident.from + 1;
    incident.category = static_cast<CategoryIndex>(*rc::gen::inRange(0, 3));
    drawn.add(incident);
  }
  // Both ends of the data, so that no period lies outside it.
  drawn.add_monthly({DayOf(2020, 1, 1), DayOf(2023, 1, 1)}, 1, GridPoint::FromMeters(500'500, 200'500));
  return drawn;
}

YearsQuery Ask(const DatasetSnapshot& data, std::size_t vintage, bool by_category) {
  YearsQuery query;
  query.filter = FilterAll(data, Period::CalendarYear(2020));
  for (int year = 2020; year <= 2022; ++year) query.periods.push_back(Period::CalendarYear(year));
  query.vintage = vintage;
  query.by_category = by_category;
  query.denominator = "km2";
  return query;
}

RC_GTEST_PROP(CompareYearsProperty, WardsOutsideAndUnlocatedAddUpInEveryPeriodVintageAndCategory, ()) {
  const auto snapshot = AnyTown().build();
  const DatasetSnapshot& data = snapshot->datasets[0];
  std::vector<std::vector<std::int64_t>> totals;  // by vintage: category x period
  for (const std::size_t vintage : {0, 1}) {
    const YearsAnswer answer = CompareYears(data, Ask(data, vintage, true), NeverStop()).value();
    const std::size_t categories = 3;
    std::vector<std::int64_t> sums(categories * 3), total(categories * 3);
    for (std::size_t i = 0; i < answer.rows.size(); ++i) {
      const YearsRow& row = answer.rows[i];
      for (std::size_t p = 0; p < 3; ++p) (row.kind == WardRow::Kind::kTotal ? total : sums)[*row.category * 3 + p] += row.cells[p].incidents;
    }
    RC_ASSERT(sums == total);
    totals.push_back(total);
    // Categories add up to the rows that are not split.
    const YearsAnswer whole = CompareYears(data, Ask(data, vintage, false), NeverStop()).value();
    RC_ASSERT(whole.rows.size() * categories == answer.rows.size());
    for (std::size_t i = 0; i < whole.rows.size(); ++i) {
      for (std::size_t p = 0; p < 3; ++p) {
        std::int64_t sum = 0, crimes = 0;
        for (std::size_t c = 0; c < categories; ++c) {
          sum += answer.rows[i * categories + c].cells[p].incidents;
          crimes += answer.rows[i * categories + c].cells[p].crimes;
        }
        RC_ASSERT(sum == whole.rows[i].cells[p].incidents);
        RC_ASSERT(crimes == whole.rows[i].cells[p].crimes);
      }
    }
  }
  RC_ASSERT(totals[0] == totals[1]);
}

RC_GTEST_PROP(CompareYearsProperty, SameBytesWhateverTheOrderOfTheFiles, ()) {
  const DrawnDataset drawn = AnyTown();
  const auto one = drawn.build(), other = drawn.build(5);
  const YearsAnswer a = CompareYears(one->datasets[0], Ask(one->datasets[0], 1, false), NeverStop()).value();
  const YearsAnswer b = CompareYears(other->datasets[0], Ask(other->datasets[0], 1, false), NeverStop()).value();
  for (std::size_t i = 0; i < a.rows.size(); ++i) {
    for (std::size_t p = 0; p < 3; ++p) {
      const YearCell &x = a.rows[i].cells[p], &y = b.rows[i].cells[p];
      RC_ASSERT(x.incidents == y.incidents);
      RC_ASSERT(x.rate.rate == y.rate.rate);
      RC_ASSERT(x.rank.has_value() == y.rank.has_value());
      RC_ASSERT((!x.rank || (x.rank->low == y.rank->low && x.rank->high == y.rank->high && x.rank->rank == y.rank->rank)));
      RC_ASSERT((!x.from_previous || x.from_previous->q_value == y.from_previous->q_value));
    }
  }
}

}  // namespace
}  // namespace geo
