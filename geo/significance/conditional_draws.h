// k of m others, drawn without replacement, again and again: the neighbours that a cell might have had.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/significance/counter_random.h"

namespace geo {

// Sums of values drawn for one cell: one thread, one object. Sums are of whole numbers, so that no order of adding can make equal draws differ.
class ConditionalDraws {
 public:
  explicit ConditionalDraws(std::span<const std::int64_t> values) : values_(values) {
    for (const std::int64_t value : values) total_ += value;
  }

  // The sum of k of the values other than value i, every choice as likely as any other. Requires k < size.
  std::int64_t sum(std::uint64_t seed, std::uint32_t i, std::uint32_t permutation, std::uint32_t k);

 private:
  std::int64_t few(CounterRandom& random, std::uint32_t i, std::uint32_t k);
  std::int64_t many(CounterRandom& random, std::uint32_t i, std::uint32_t k);

  std::span<const std::int64_t> values_;
  std::int64_t total_ = 0;
  std::vector<std::uint32_t> stamps_;  // by value: the last draw that took it
  std::uint32_t stamp_ = 0;
};

}  // namespace geo
