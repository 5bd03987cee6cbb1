// The E-test: are two Poisson rates equal, without conditioning on their sum?
#pragma once

#include <cstdint>
#include <optional>

namespace geo {

// Over this many incidents in both periods together the test is not made: it and the conditional test agree to the third digit there.
inline constexpr std::int64_t kMostForETest = 20'000;

// T = |k1/n1 - k2/n2| / sqrt(k1/n1^2 + k2/n2^2); the p-value is the chance, under two Poisson counts with means n_i (k1 + k2) / (n1 + n2), that T is at least
// as large as seen; the pair (0, 0) contributes nothing. Absent when both counts are 0 or their sum passes kMostForETest. Counts from 0; exposures positive and
// finite. Symmetric in the two: the same bits. Accuracy: 1e-9 absolute. Cost: O(k1 + k2) terms around the means. Source: Krishnamoorthy and Thomson 2004, A
// more powerful test for comparing two Poisson means.
std::optional<double> ETest(std::int64_t before, double exposure_before, std::int64_t after, double exposure_after);

}  // namespace geo
