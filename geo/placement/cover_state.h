// A choice in the making: what it covers, and what every further option would add.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/placement/cover_problem.h"

namespace geo {

// Gains of all options are kept exact at every step: an addition or removal visits, for each demand whose cover changes, the options that see it. So the greedy
// rule needs neither a heap nor a bound that may be stale. Keeps references to what it was made of.
class CoverState {
 public:
  // Begins with the locked options.
  CoverState(const CoverProblem& problem, const CoverIncidence& incidence);

  void add(std::uint32_t option);     // of a free site
  void remove(std::uint32_t option);  // chosen
  CoverUnits value() const { return value_; }
  CoverUnits gain(std::uint32_t option) const { return gains_[option]; }  // of adding it, were its site free
  CoverUnits loss(std::uint32_t option) const;                            // of removing it
  bool chosen(std::uint32_t option) const { return site_option_[site(option)] == static_cast<std::int64_t>(option); }
  bool site_free(std::uint32_t option) const { return site_option_[site(option)] < 0; }
  int share_in_view(std::uint32_t demand) const { return shares_[demand]; }  // per mille, summed over cameras
  std::int64_t spend() const { return spend_; }
  int picks() const { return picks_; }  // without the locked
  // Free site, a pick and money left.
  bool may_add(std::uint32_t option) const;
  CoverChoice choice() const;  // ascending

 private:
  std::size_t site(std::uint32_t option) const { return static_cast<std::size_t>(problem_.options[option].site); }
  void change(std::uint32_t option, int by);

  const CoverProblem& problem_;
  const CoverIncidence& incidence_;
  std::vector<CoverUnits> gains_;
  std::vector<int> shares_;
  std::vector<std::int64_t> site_option_;  // chosen at the site, or -1
  CoverUnits value_ = 0;
  std::int64_t spend_ = 0;
  int picks_ = 0;
};

// The members of `choice` that are not locked, in the order in which the greedy rule would take them: what each adds to those before it. Ties by option.
struct OrderedPick {
  std::uint32_t option = 0;
  CoverUnits gain = 0;        // beyond the locked and the picks before
  CoverUnits cumulative = 0;  // with the locked
};
std::vector<OrderedPick> OrderPicks(const CoverProblem& problem, const CoverIncidence& incidence, const CoverChoice& choice);

}  // namespace geo
