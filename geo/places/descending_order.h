// The cells of a surface from the highest down: what shares of volume and tops are both read off.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace geo {

struct ValueAt {
  double value = 0;
  std::uint32_t index = 0;  // into the values
  friend bool operator==(const ValueAt&, const ValueAt&) = default;
};

// The finite values over 0, highest first, equal ones by index. Requires under 2^32 values (checked). Cost: O(values), two copies of them.
std::vector<ValueAt> DescendingOrder(std::span<const double> values);

}  // namespace geo
