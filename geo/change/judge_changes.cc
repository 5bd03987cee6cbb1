#include "geo/change/judge_changes.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "geo/rates/distributions.h"
#include "geo/rates/student_p_value.h"
#include "geo/significance/benjamini_hochberg.h"

namespace geo {
namespace {

constexpr double kTail = 0.2;
constexpr double kCut = 2.5;
constexpr int kRounds = 3;
// 2 mean^2 / variance of the factor is 0.67 of the areas less one for 24 normal deviates; less, for what was left out was left out by the data: with 0.55,
// 2 to 4 % of authorities without a change raise an alarm at 5 %, at any dispersion from 1 to 3.
constexpr double kFreedomPerArea = 0.55;

double NormalDensity(double z) { return std::exp(-z * z / 2) * 0.3989422804014327; }

bool EnoughToJudge(const TestedChange& change) { return change.before + change.after >= kFewestToJudge; }
bool IsTested(const TestedChange& change) { return !change.alone && EnoughToJudge(change); }

// Mean square of a standard normal variable of which a share `tail` at either end is drawn in to the quantile there.
double WinsorisedNormalSquare(double tail) {
  if (tail <= 0) return 1;
  const double bound = TwoSidedNormalQuantile(1 - 2 * tail);
  return 1 - 2 * tail - 2 * bound * NormalDensity(bound) + 2 * tail * bound * bound;
}

// Mean square of a standard normal variable of which all beyond `cut` is left out.
double TruncatedNormalSquare(double cut) { return 1 - 2 * cut * NormalDensity(cut) / (1 - TwoSidedNormalPValue(cut)); }

struct Member {
  std::int64_t before, after;
  std::size_t group;
  double z;
};

struct Share {
  std::int64_t before = 0, after = 0;
};

// The changes that are tested, each measured from the share of its group.
class CentredGroups {
 public:
  explicit CentredGroups(std::span<const TestedChange> changes) {
    std::map<std::size_t, std::pair<Share, std::size_t>> groups;
    for (const TestedChange& change : changes) {
      if (!IsTested(change)) continue;
      auto& [share, members] = groups[change.group];
      share.before += change.before;
      share.after += change.after;
      ++members;
    }
    std::map<std::size_t, std::size_t> index;
    for (const auto& [id, group] : groups) {
      const auto& [share, members] = group;
      if (members < 2 || share.before == 0 || share.after == 0) continue;
      index[id] = shares_.size();
      shares_.push_back(share);
    }
    for (const TestedChange& change : changes) {
      const auto found = IsTested(change) ? index.find(change.group) : index.end();
      if (found != index.end()) members_.push_back({change.before, change.after, found->second, 0});
    }
    centre();
  }

  std::size_t areas() const { return members_.size(); }
  // Areas less the groups' shares, which were taken from the same areas.
  double freedom(std::size_t areas) const { return static_cast<double>(areas) - static_cast<double>(shares_.size()); }

  // The least contaminated square of z to begin with: a fifth at either end drawn in.
  std::optional<double> winsorised() const {
    std::vector<double> z, turned;
    for (const Member& member : members_) {
      z.push_back(member.z);
      turned.push_back(-member.z);
    }
    const std::optional<double> factor = EstimateDispersion(z, kTail).factor;
    if (!factor) return std::nullopt;
    const double drawn_in = std::floor(kTail * static_cast<double>(z.size()) * (1 + 1e-12)) / static_cast<double>(z.size());
    // Swapped periods turn every sign, and with it the order of a sum: the greater of both directions is the same number either way.
    return std::max(*factor, *EstimateDispersion(turned, kTail).factor) / WinsorisedNormalSquare(drawn_in) *
           (static_cast<double>(z.size()) / freedom(z.size()));
  }

  // Takes each share from the middle of its group: the few that truly changed do not push the others aside.
  void centre_on_the_middle() {
    std::vector<std::vector<double>> sorted(shares_.size());
    for (const Member& member : members_) sorted[member.group].push_back(member.z);
    for (std::vector<double>& z : sorted) std::sort(z.begin(), z.end());
    take_shares_of([&](const Member& member) {
      const std::vector<double>& z = sorted[member.group];
      const auto ends = static_cast<std::size_t>(std::floor(kTail * static_cast<double>(z.size()) * (1 + 1e-12)));
      return member.z >= z[ends] && member.z <= z[z.size() - 1 - ends];
    });
  }

  // Shares and mean square of those within kCut of what `factor` says they spread; absent where they do not determine it.
  std::optional<double> reweighted(double factor) {
    const std::vector<bool> within = take_shares_of([&](const Member& member) { return member.z * member.z <= kCut * kCut * factor; });
    const auto kept = static_cast<std::size_t>(std::count(within.begin(), within.end(), true));
    if (2 * kept < members_.size() || freedom(kept) < 1) return std::nullopt;
    std::vector<double> squares;
    for (std::size_t i = 0; i < members_.size(); ++i) {
      if (within[i]) squares.push_back(members_[i].z * members_[i].z);
    }
    std::sort(squares.begin(), squares.end());  // one sum, whatever the order of the areas
    return std::accumulate(squares.begin(), squares.end(), 0.0) / freedom(kept) / TruncatedNormalSquare(kCut);
  }

 private:
  // Which those are; a group whose chosen have no incidents in one of the periods keeps its share.
  std::vector<bool> take_shares_of(const auto& is_chosen) {
    std::vector<Share> taken(shares_.size());
    std::vector<bool> chosen;
    for (const Member& member : members_) {
      chosen.push_back(is_chosen(member));
      if (!chosen.back()) continue;
      taken[member.group].before += member.before;
      taken[member.group].after += member.after;
    }
    for (std::size_t i = 0; i < shares_.size(); ++i) {
      if (taken[i].before > 0 && taken[i].after > 0) shares_[i] = taken[i];
    }
    centre();
    return chosen;
  }

  // (after - n s) / sqrt(n s (1 - s)) times the group's total above and below: the same number, and its exact negative when the periods are swapped.
  void centre() {
    for (Member& member : members_) {
      const double before = static_cast<double>(shares_[member.group].before), after = static_cast<double>(shares_[member.group].after);
      const double above = static_cast<double>(member.after) * before - static_cast<double>(member.before) * after;
      member.z = above / std::sqrt((before * after) * static_cast<double>(member.before + member.after));
    }
  }

  std::vector<Share> shares_;
  std::vector<Member> members_;
};

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
CentredGroups CentreForJudging(std::span<const TestedChange> changes) {
  std::vector<TestedChange> comparable;
  for (const TestedChange& change : changes) {
    if (IsTested(change) && change.comparable) comparable.push_back(change);
  }
  return CentredGroups(comparable.empty() ? changes : comparable);
}

DispersionEstimate EstimateOf(CentredGroups centred) {
  DispersionEstimate estimate;
  estimate.areas = static_cast<int>(centred.areas());
  centred.centre_on_the_middle();
  estimate.factor = centred.winsorised();
  for (int round = 0; round < kRounds && estimate.factor; ++round) {
    const std::optional<double> next = centred.reweighted(*estimate.factor);
    if (!next) break;
    estimate.factor = next;
  }
  return estimate;
}

double WidenByEstimate(double p_value, double factor, double freedom) {
  if (p_value >= 1) return p_value;
  // Beyond it the deviate has no digits; the tail of t is flat there.
  constexpr double kLeast = 1e-300;
  return std::min(1.0, TwoSidedStudentPValue(TwoSidedNormalDeviate(std::max(p_value, kLeast)) / std::sqrt(factor), freedom));
}

}  // namespace

DispersionEstimate DispersionOfChanges(std::span<const TestedChange> changes) { return EstimateOf(CentredGroups(changes)); }

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
  const CentredGroups centred = CentreForJudging(changes);
  judged.dispersion = EstimateOf(centred);
  const double factor = judged.dispersion.widening();
  judged.widened = spread == Spread::kWidened && factor > 1;
  const double freedom = kFreedomPerArea * centred.freedom(centred.areas());
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
