// Maximal covering as a bare problem: weights, options that see them, and what a choice must keep to. No geometry, no cameras.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/types/result.h"

namespace geo {

// Cover is counted in whole units: a demand of weight 1 in view all the time is 10^9 of them. So sums are exact in any order, gains add up to the total, and
// equal is equal; a millionth of an incident is the least that a weight can differ by.
using CoverUnits = std::int64_t;
inline constexpr std::int64_t kMillionths = 1'000'000;
inline constexpr std::int64_t kAllTheTime = 1'000;  // per mille
inline constexpr double kUnitsPerWeight = 1e9;
// Of all demand together, so that units stay under 2^63 with room for sums of sums.
inline constexpr double kMostTotalWeight = 1e9;

std::int64_t MillionthsOf(double weight);  // rounded; requires 0 to kMostTotalWeight
inline double WeightOf(CoverUnits units) { return static_cast<double>(units) / kUnitsPerWeight; }

// A camera at a site, looking one way.
struct CoverOption {
  std::int32_t site = 0;            // from 0; at most one option of a site is chosen
  std::int64_t cost_pence = 0;      // 0 or more
  int share = kAllTheTime;          // 1..1000, per mille of the time that it looks at what it sees
  bool locked = false;              // in every choice, and free: neither picks nor budget count it
  std::vector<std::uint32_t> sees;  // demands, ascending
};

// At least `least_share` of the weight of these demands in view of `times` chosen options at once, locked ones among them. Of the time of one demand that is the
// sum of the shares that see it beyond times - 1, at most 1: with shares of one, whether `times` see it.
struct CoverRequirement {
  std::string id;
  std::vector<std::uint32_t> demands;  // ascending
  int times = 1;
  double least_share = 1;  // over 0, to 1
};

// Maximise the sum over demands of weight x min(1, sum of the shares of chosen options that see it). With shares of one this is Church and ReVelle's maximal
// covering.
struct CoverProblem {
  std::vector<std::int64_t> weights;  // millionths, 0 or more
  std::vector<CoverOption> options;   // ties go to the earlier
  std::optional<int> most_picks;      // 0 or more
  std::optional<std::int64_t> budget_pence;
  std::vector<CoverRequirement> requirements;

  std::int32_t sites() const;
  CoverUnits total() const;  // were everything in view all the time
};

// A choice: options, ascending, locked ones among them.
using CoverChoice = std::vector<std::uint32_t>;

// The locked options alone: what stands before anything is chosen.
CoverChoice LockedOf(const CoverProblem& problem);
CoverUnits ValueOf(const CoverProblem& problem, const CoverChoice& choice);
std::int64_t SpendOf(const CoverProblem& problem, const CoverChoice& choice);
// Every locked option, one option a site, picks, budget and requirements.
bool Keeps(const CoverProblem& problem, const CoverChoice& choice);
// Of each demand, per mille of the time that so many of the choice have it in view at once, as a requirement counts it.
std::vector<int> TimeInView(const CoverProblem& problem, const CoverChoice& choice, int times);
// The same, were there a camera at every site that looked every way that it may: no choice does better.
std::vector<int> MostTimeInView(const CoverProblem& problem, int times);
CoverUnits CoverableBy(const CoverProblem& problem);
// The share of a requirement's weight that is in view of enough at once, by time; 1 where the weight is 0.
double SharePerRequirement(const CoverProblem& problem, const CoverRequirement& requirement, const CoverChoice& choice);
// That no choice exceeds.
double MostShareOf(const CoverProblem& problem, const CoverRequirement& requirement);

// Which options see each demand.
struct CoverIncidence {
  std::vector<std::size_t> first;
  std::vector<std::uint32_t> options;
  explicit CoverIncidence(const CoverProblem& problem);
};

}  // namespace geo
