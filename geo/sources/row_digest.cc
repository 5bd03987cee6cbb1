#include "geo/sources/row_digest.h"

#include <bit>
#include <cstddef>
#include <cstring>

namespace geo {
namespace {

constexpr std::uint64_t kHighKey = 0xA4093822299F31D1ULL;  // more digits of pi, made odd
constexpr std::uint64_t kLowKey = 0x082EFA98EC4E6C89ULL;

std::uint64_t Fold(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// Up to eight bytes, little-endian whatever the machine.
std::uint64_t Word(const char* bytes, std::size_t n) {
  std::uint64_t word = 0;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&word, bytes, n);
  } else {
    for (std::size_t i = 0; i < n; ++i) word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return word;
}

}  // namespace

void RowDigester::add(std::string_view field) {
  const auto mix = [this](std::uint64_t word) {
    // The state is added again after the fold: a word that meets the state must not be able to wipe it out.
    high_ = Fold(high_ ^ word, kHighKey) + std::rotl(high_, 23);
    low_ = Fold(low_ + word, kLowKey) ^ std::rotl(low_, 41);
  };
  std::size_t at = 0;
  for (; at + 8 <= field.size(); at += 8) mix(Word(field.data() + at, 8));
  if (at < field.size()) mix(Word(field.data() + at, field.size() - at));
  mix(~static_cast<std::uint64_t>(field.size()));
}

RowDigest RowDigester::digest() const {
  RowDigest out{Fold(high_ ^ low_, kHighKey) ^ high_, Fold(low_ ^ std::rotl(high_, 32), kLowKey) ^ low_};
  if (out == RowDigest{}) out.low = 1;
  return out;
}

RowDigest DigestReference(std::string_view reference) {
  if (reference.empty()) return {};
  RowDigester digester;
  digester.add(reference);
  return digester.digest();
}

}  // namespace geo
