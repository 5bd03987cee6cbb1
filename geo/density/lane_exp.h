// exp in terms of `Lanes`. Included by lanes_*.cc alone, inside an anonymous namespace.
#pragma once

// Requires x <= 0; under -708 it is taken for -708, where the result is 3e-308. Relative error under 1e-15: x = n ln 2 + r, |r| <= ln 2 / 2, and the series of
// exp r to its thirteenth term, whose rest is under 5e-18.
// Source: Cody and Waite 1980, Software Manual for the Elementary Functions, ch. 6.
inline __attribute__((always_inline)) Lanes::V Exp(Lanes::V x) {
  // The upper part of ln 2 has 32 bits, so that n times it is exact.
  constexpr double kLog2E = 1.4426950408889634074, kLn2Upper = 6.93147180369123816490e-01, kLn2Lower = 1.90821492927058770002e-10;
  // Added to a small number it leaves its nearest whole number, plus the bias of an exponent, in the low bits.
  constexpr double kRounder = 0x1.8p52 + 1023;
  constexpr double kTerms[] = {1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040,
                               1.0 / 720,        1.0 / 120,       1.0 / 24,       1.0 / 6,       0.5,          1.0,         1.0};
  x = Lanes::AtLeast(x, Lanes::Broadcast(-708.0));
  const Lanes::V rounded = Lanes::MultiplyAdd(x, Lanes::Broadcast(kLog2E), Lanes::Broadcast(kRounder));
  const Lanes::V n = Lanes::Sub(rounded, Lanes::Broadcast(kRounder));
  const Lanes::V r = Lanes::MultiplyAdd(n, Lanes::Broadcast(-kLn2Lower), Lanes::MultiplyAdd(n, Lanes::Broadcast(-kLn2Upper), x));
  Lanes::V sum = Lanes::Broadcast(kTerms[0]);
  for (int i = 1; i < 14; ++i) sum = Lanes::MultiplyAdd(sum, r, Lanes::Broadcast(kTerms[i]));
  return Lanes::Mul(sum, Lanes::PowerOfBits(rounded));
}
