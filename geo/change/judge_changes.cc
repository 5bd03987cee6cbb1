#include "geo/change/judge_changes.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <vector>

#include "geo/change/student_p_value.h"
#include "geo/rates/distributions.h"
#include "geo/significance/benjamini_hochberg.h"

namespace geo {
namespace {

constexpr double kTail = 0.1;
// 2 mean^2 / variance of the winsorised factor is 0.74 of the areas less one, by simulation from 12 to 60 areas; a little less errs on the quiet side.
constexpr double kFreedomPerArea = 0.7;

bool EnoughToJudge(const TestedChange& change) { return change.before + change.after >= kFewestToJudge; }
bool IsTested(const TestedChange& change) { return !change.alone && EnoughToJudge(change); }

// Mean square of a standard normal variable of which a share `tail` at either end is drawn in to the quantile there.
double WinsorisedNormalSquare(double tail) {
  if (tail <= 0) return 1;
  const double bound = TwoSidedNormalQuantile(1 - 2 * tail);
  const double density = std::exp(-bound * bound / 2) * 0.3989422804014327;
  return 1 - 2 * tail - 2 * bound * density + 2 * tail * bound * bound;
}

struct Centred {
  std::vector<double> z;
  std::size_t groups = 0;
};

Centred CentreChanges(std::span<const TestedChange> changes) {
  struct Group {
    std::int64_t before = 0, after = 0;
    std::size_t members = 0;
  };
  std::map<std::size_t, Group> groups;
  for (const TestedChange& change : changes) {
    if (!IsTested(change)) continue;
    Group& group = groups[change.group];
    group.before += change.before;
    group.after += change.after;
    ++group.members;
  }
  std::erase_if(groups, [](const auto& entry) { return entry.second.members < 2 || entry.second.before == 0 || entry.second.after == 0; });
  Centred centred;
  centred.groups = groups.size();
  for (const TestedChange& change : changes) {
    const auto found = IsTested(change) ? groups.find(change.group) : groups.end();
    if (found == groups.end()) continue;
    // (after - n s) / sqrt(n s (1 - s)) times the group's total above and below: the same number, and its exact negative when the periods are swapped.
    const double before = static_cast<double>(found->second.before), after = static_cast<double>(found->second.after);
    const double above = static_cast<double>(change.after) * before - static_cast<double>(change.before) * after;
    centred.z.push_back(above / std::sqrt((before * after) * static_cast<double>(change.before + change.after)));
  }
  return centred;
}

std::vector<double> SomeOf(std::span<const TestedChange> changes, bool comparable) {
  std::vector<double> p_values;
  for (const TestedChange& change : changes) {
    if (IsTested(change) && change.comparable == comparable) p_values.push_back(change.widened_p_value);
  }
  return p_values;
}

int CorrectFamily(std::span<TestedChange> changes, bool comparable) {
  const std::vector<double> q_values = AdjustForFalseDiscovery(SomeOf(changes, comparable));
  std::size_t next = 0;
  for (TestedChange& change : changes) {
    if (IsTested(change) && change.comparable == comparable) change.q_value = q_values[next++];
  }
  return static_cast<int>(q_values.size());
}

// Of the comparable changes; where there is none, of all that are tested.
Centred CentreForJudging(std::span<const TestedChange> changes) {
  std::vector<TestedChange> comparable;
  for (const TestedChange& change : changes) {
    if (IsTested(change) && change.comparable) comparable.push_back(change);
  }
  return comparable.empty() ? CentreChanges(changes) : CentreChanges(comparable);
}

// Areas less the groups' shares, which were taken from the same areas. Groups have two members or more, so it is over 0 where there are areas.
double FreedomOf(const Centred& centred) { return static_cast<double>(centred.z.size() - centred.groups); }

DispersionEstimate EstimateOf(const Centred& centred) {
  // Swapped periods turn every sign, and with it the order of a sum: the greater of both directions is the same number either way.
  std::vector<double> turned;
  for (const double z : centred.z) turned.push_back(-z);
  DispersionEstimate estimate = EstimateDispersion(centred.z, kTail);
  if (!estimate.factor) return estimate;
  const double areas = static_cast<double>(centred.z.size());
  const double drawn_in = std::floor(kTail * areas * (1 + 1e-12)) / areas;
  estimate.factor = std::max(*estimate.factor, *EstimateDispersion(turned, kTail).factor) / WinsorisedNormalSquare(drawn_in) * (areas / FreedomOf(centred));
  return estimate;
}

double WidenByEstimate(double p_value, double factor, double freedom) {
  if (p_value >= 1) return p_value;
  // Beyond it the deviate has no digits; the tail of t is flat there.
  constexpr double kLeast = 1e-300;
  return std::min(1.0, TwoSidedStudentPValue(TwoSidedNormalDeviate(std::max(p_value, kLeast)) / std::sqrt(factor), freedom));
}

}  // namespace

DispersionEstimate DispersionOfChanges(std::span<const TestedChange> changes) { return EstimateOf(CentreChanges(changes)); }

Verdict VerdictOf(const TestedChange& change, double false_discovery_rate) {
  if (!change.comparable) return Verdict::kNotComparable;
  if (!EnoughToJudge(change)) return Verdict::kTooFewToSay;
  if (change.q_value > false_discovery_rate) return Verdict::kNoClearChange;
  // Counts times the other's days, in integers: the direction of the rates, not of the counts.
  const std::int64_t before = change.before * change.after_days;
  const std::int64_t after = change.after * change.before_days;
  return after > before ? Verdict::kHigher : after < before ? Verdict::kLower : Verdict::kNoClearChange;
}

JudgedChanges JudgeChanges(std::span<TestedChange> changes, double false_discovery_rate, Spread spread) {
  JudgedChanges judged;
  const Centred centred = CentreForJudging(changes);
  judged.dispersion = EstimateOf(centred);
  const double factor = judged.dispersion.widening();
  judged.widened = spread == Spread::kWidened && factor > 1;
  const double freedom = kFreedomPerArea * FreedomOf(centred);
  for (TestedChange& change : changes) change.widened_p_value = judged.widened ? WidenByEstimate(change.p_value, factor, freedom) : change.p_value;
  judged.tests_made = CorrectFamily(changes, true) + CorrectFamily(changes, false);
  for (TestedChange& change : changes) {
    if (change.alone) change.q_value = change.widened_p_value;
    change.verdict = VerdictOf(change, false_discovery_rate);
  }
  return judged;
}

void TakeJudgement(const TestedChange& judged, Change& change) {
  change.widened_p_value = judged.widened_p_value;
  change.q_value = judged.q_value;
  change.verdict = judged.verdict;
}

}  // namespace geo
