// Two periods compared ward by ward on one set of boundaries.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo/change/verdict.h"
#include "geo/incidents/selection.h"
#include "geo/rates/dispersion.h"
#include "geo/snapshot/breaks_crossed.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "geo/types/stop_signal.h"

namespace geo {

// kWidened: p-values are widened by the areas' dispersion where it is over 1 and of enough areas. kPoisson: never.
enum class Spread : std::uint8_t { kWidened, kPoisson };

struct WardQuery {
  IncidentFilter filter;  // its period is not used; an area filter limits the wards listed and must be of `vintage`
  Period before;
  Period after;
  std::size_t vintage = 0;
  double false_discovery_rate = 0.05;     // (0, 0.5]
  bool by_category = false;               // every row split by category; false discoveries controlled over areas x categories
  std::vector<std::string> denominators;  // further ones, beside residents: measures of the vintage, "km2"
  Spread spread = Spread::kWidened;
};

// By a denominator, per year of 365.25 days.
struct Rate {
  std::string denominator;
  std::optional<double> value;  // of the denominator
  int year = 0;                 // of that value; 0: has none
  double per = 1;               // RatePer(denominator)
  std::optional<double> rate;   // incidents per `per` per year; absent without a value
  double low = 0;               // 95 %: exact below 10, Byar from 10
  double high = 0;
};

struct PeriodCount {
  std::int64_t incidents = 0;
  std::int64_t crimes = 0;           // of those, of crime categories; the rest (anti-social behaviour) are incidents, never called crime
  double weight = 0;                 // sum of window shares
  std::optional<double> population;  // residents of the year nearest to the period's middle
  int population_year = 0;
  // Incidents per 1,000 residents per year of 365.25 days, with the 95 % interval (exact below 10, Byar from 10). The total's is of the
  // incidents in areas alone.
  std::optional<double> rate_per_1000;
  double rate_low = 0;
  double rate_high = 0;
  std::vector<Rate> other_rates;  // as WardQuery::denominators
};

struct Change {
  std::int64_t difference = 0;
  std::optional<double> ratio;           // of daily rates, after / before; absent when before is 0
  double ratio_low = 0;                  // 95 % Clopper-Pearson through the conditional binomial
  double ratio_high = 0;                 // infinity when before is 0
  std::optional<double> percent;         // absent under a base of 20
  double p_value = 1;                    // two-sided conditional binomial
  std::optional<double> e_test_p_value;  // ETest; shown beside, no verdict rests on it
  double poisson_z = 0;                  // 2 (sqrt after - sqrt before) of counts scaled to the mean of both exposures
  double widened_p_value = 1;            // p_value, widened by the answer's dispersion
  double q_value = 1;                    // Benjamini-Hochberg of widened_p_value over the tests made
  Verdict verdict = Verdict::kTooFewToSay;
};

struct WardRow {
  // g++ 12 calls a scoped enumerator a shadow of the constant of the same name; neither can be taken for the other.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
  enum class Kind : std::uint8_t { kArea, kOutside, kUnlocated, kTotal };
#pragma GCC diagnostic pop
  Kind kind = Kind::kArea;
  AreaIndex area = kOutside;              // for kArea
  std::optional<CategoryIndex> category;  // where rows are split by category
  PeriodCount before;
  PeriodCount after;
  Change change;
};

struct WardAnswer {
  std::vector<WardRow> rows;  // areas by code, then outside, unlocated, total (= sum of the others, in both periods); within each by category where split
  int tests_made = 0;
  DispersionEstimate dispersion;  // of the areas' changes around the change that they share (of their category, where split)
  bool widened = false;           // verdicts rest on widened p-values
  // What makes the periods not comparable (BreaksBetween), of all that was selected. Split by category, a row is held to its own category's alone.
  std::vector<CrossedBreak> breaks;
  std::map<CategoryIndex, std::vector<CrossedBreak>> breaks_of_category;
  // Over both periods together: selected, and of those the ones with a position and the ones whose own window does not tell the hour.
  std::int64_t incidents = 0;
  std::int64_t located = 0;
  std::int64_t hour_unknown = 0;
  std::int64_t unknown_hour = 0;  // left out by a time of week, because their hour is not known
};

// Counts every incident of each period in exactly one row. Tests areas only, and of those the ones with enough incidents for a verdict (the others keep q = 1);
// outside, unlocated and total carry counts and a change, and the total a verdict by its own p. How areas are widened, corrected and judged: judge_changes.h.
// Split by category, every row is, the total too, in the filter's order of categories.
// Intervals and tests take the number of incidents, also under a time window: a sum of window shares is not a count.
// Errors: CheckAnswerable for both periods; kInvalidArgument for overlapping periods and a denominator that the vintage has not; kFailedPrecondition NO_DATA
// when a period lies wholly outside the data.
// Order: by area code. Source: conditional test: Przyborowski and Wilenski 1940; interval: Clopper and Pearson 1934; Benjamini and Hochberg 1995.
Result<WardAnswer> CompareWards(const DatasetSnapshot& data, const WardQuery& query, const StopSignal& stop);

}  // namespace geo
