// 128-bit digests of the fields of a row.
#pragma once

#include <cstdint>
#include <string_view>

#include "geo/sources/parsed_rows.h"

namespace geo {

// Two 64-bit multiply-folds with different keys over the bytes and the length of each field in turn, so that ("ab", "c") and ("a", "bc") differ. Not
// cryptographic: for 10^8 honest rows the chance of one collision is about 10^-23, but one can be forged. The same on every machine of either byte order.
class RowDigester {
 public:
  void add(std::string_view field);
  // Never zero: zero is kept for the blank reference.
  RowDigest digest() const;

 private:
  std::uint64_t high_ = 0x243F6A8885A308D3ULL;  // digits of pi
  std::uint64_t low_ = 0x13198A2E03707344ULL;
};

// Zero for a blank reference.
RowDigest DigestReference(std::string_view reference);

}  // namespace geo
