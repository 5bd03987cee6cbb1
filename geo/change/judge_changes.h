// Many changes judged together: how much the areas vary, what that does to each p, which changes survive the correction, and the word for each.
#pragma once

#include <cstdint>
#include <span>

#include "geo/change/ward_comparison.h"

namespace geo {

// One change on the way to its verdict.
struct TestedChange {
  std::int64_t before = 0;
  std::int64_t after = 0;
  int before_days = 1;
  int after_days = 1;
  double p_value = 1;      // conditional test of equal daily rates
  std::size_t group = 0;   // changes of one group share a common change: a category, a pair of periods
  bool alone = false;      // a total: judged by its own p, no part of the correction or the dispersion
  bool comparable = true;  // no recording break lies between the two
  // Filled in:
  double widened_p_value = 1;
  double q_value = 1;
  Verdict verdict = Verdict::kTooFewToSay;
};

struct JudgedChanges {
  DispersionEstimate dispersion;
  bool widened = false;
  int tests_made = 0;
};

// Those with at least kFewestToJudge incidents in both periods together, and not alone, are tested; the others keep q = 1. Which those are depends on the sum
// of both periods only, so that leaving the rest out of the correction is fair (Bourgon, Gentleman and Huber 2010, Independent filtering).
//
// 1. Dispersion, DispersionOfChanges of the comparable tested ones (of all tested where none is comparable).
// 2. With Spread::kWidened and a factor over 1 of at least kFewestForDispersion: each p becomes that of its normal deviate / sqrt(factor) under Student's t of
//    0.55 (areas - groups) degrees of freedom, for the spread is itself estimated; the factor varies as a chi-square of about that many.
// 3. Benjamini-Hochberg of the widened p at once over the comparable, and apart over those across a break, which get no verdict. `alone`: q is the widened p.
// 4. Verdict: not comparable, too few to say, no clear change where q > rate, else the direction of the daily rates.
// Order of `changes` is of no matter; swapping before and after everywhere mirrors the verdicts and leaves every other bit.
JudgedChanges JudgeChanges(std::span<TestedChange> changes, double false_discovery_rate, Spread spread);

// How much more than Poisson counts do changes vary around those that they share? z of a change is the normal form of the conditional test, centred: given
// n = before + after, (after - n s) / sqrt(n s (1 - s)), s the later period's share of its group. Left out: under kFewestToJudge together, `alone`, and groups
// of one. The factor is the mean square of z, reweighted (Rousseeuw and Leroy 1987, section 4.4): begun with a fifth at either end of each group left out of s
// and winsorised in the square; then, three times, s and the mean square are those of the changes within 2.5 standard deviations, put right for what that
// leaves off normal deviates. Its mean is 1, to 0.05, where 24 counts are Poisson. Real changes of a few areas must not pass for spread: with the plain
// winsorised factor of funnels (Spiegelhalter 2005) four wards of 24 that rose by 60 % hid one another, and 1 to 2 % of them were found
// (tests/property/geo/change/no_change_authorities_test.cc).
DispersionEstimate DispersionOfChanges(std::span<const TestedChange> changes);

// Which word, for a change whose q is known.
Verdict VerdictOf(const TestedChange& change, double false_discovery_rate);

// Copies what JudgeChanges found into a Change made by ChangeOf.
void TakeJudgement(const TestedChange& judged, Change& change);

}  // namespace geo
