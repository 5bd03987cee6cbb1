// Several periods compared ward by ward on one set of boundaries.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/change/ward_comparison.h"
#include "geo/rates/rank_interval.h"

namespace geo {

// Draws behind each rank interval. Ranks are given of whole areas, not by category: a draw costs a tenth of a microsecond, so that 24 wards x 14 categories x
// 6 years would take twelve times as long as all the rest, for ranks of a handful of incidents. Ask RankWards of one category.
inline constexpr int kRankDrawsOfYears = 500;
// Areas x periods x draws over which no ranks are given: among thousands of areas a rank says nothing, and drawing it would take seconds.
inline constexpr std::int64_t kMostDrawsOfYears = 3'000'000;

struct YearsQuery {
  IncidentFilter filter;        // its period is not used
  std::vector<Period> periods;  // 2..12, in order of time; none overlaps another
  std::size_t baseline = 0;     // index into periods
  std::size_t vintage = 0;
  double false_discovery_rate = 0.05;
  bool by_category = false;
  std::string denominator = "residents";
  Spread spread = Spread::kWidened;
  std::uint64_t seed = 1;
};

struct BriefChange {
  std::optional<double> ratio;
  std::optional<double> percent;
  double p_value = 1;  // widened
  double q_value = 1;
  Verdict verdict = Verdict::kTooFewToSay;
};

struct YearCell {
  std::int64_t incidents = 0;
  std::int64_t crimes = 0;
  Rate rate;
  std::optional<RankRange> rank;             // for areas with a rate; not by category, nor over kMostDrawsOfYears
  std::optional<BriefChange> from_previous;  // areas and totals
  std::optional<BriefChange> from_baseline;
};

struct YearsRow {
  WardRow::Kind kind = WardRow::Kind::kArea;
  AreaIndex area = kOutside;
  std::optional<CategoryIndex> category;
  std::vector<YearCell> cells;
};

struct YearsAnswer {
  std::vector<YearsRow> rows;  // areas by code, outside, unlocated, total; within each by category where split
  int tests_made = 0;
  DispersionEstimate dispersion;
  bool widened = false;
  std::vector<std::vector<CrossedBreak>> from_previous;  // by period, of all that was selected; the first is empty
  std::vector<std::vector<CrossedBreak>> from_baseline;  // by period; the baseline's is empty
  std::int64_t incidents = 0;
  std::int64_t located = 0;
  std::int64_t hour_unknown = 0;
  std::int64_t unknown_hour = 0;
};

// One pass over the rows for all periods and categories. Tests: areas (x categories) x periods, previous and baseline; a baseline that is the one before is
// tested once. A baseline may lie after a period that is compared with it: the change is always from the baseline. Split by category, a row is held to the
// breaks of its own category alone. Errors: as CompareWards; kInvalidArgument periods, baseline, denominator.
Result<YearsAnswer> CompareYears(const DatasetSnapshot& data, const YearsQuery& query, const StopSignal& stop);

}  // namespace geo
