// A sum whose error does not grow with the number of terms.
#pragma once

#include <cmath>

namespace geo {

// Two doubles that add up to the sum so far: about 106 bits. Exact whenever the plain sum is. Source: Knuth 1969, TwoSum; Dekker 1971.
struct CompensatedSum {
  double high = 0, low = 0;

  void add(double value) {
    const double sum = high + value, part = sum - high;
    low += (high - (sum - part)) + (value - part);
    high = sum;
  }
  CompensatedSum& operator+=(const CompensatedSum& other) {
    add(other.high);
    low += other.low;
    return *this;
  }
  CompensatedSum& operator-=(const CompensatedSum& other) {
    add(-other.high);
    low -= other.low;
    return *this;
  }
  double value() const { return high + low; }
};

}  // namespace geo
