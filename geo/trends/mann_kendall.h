// Is there a trend, and how steep?
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace geo {

enum class TrendMethod : std::uint8_t { kNone, kExact, kNormal, kSeasonal, kAutocorrelationCorrected };

struct TrendStatistic {
  TrendMethod method = TrendMethod::kNone;
  std::int64_t s = 0;
  double variance = 0;  // of S, corrected for ties, and for autocorrelation where the method says so
  double z = 0;         // (S - 1) / sd over 0, 0 at 0, (S + 1) / sd under; 0 for the exact test
  double tau = 0;       // S / (n (n - 1) / 2), over the seasons summed: Kendall's tau-a
  double p_value = 1;   // two-sided
};

struct SenSlope {
  double slope = 0;  // median of (x_j - x_i) / (j - i), per step
  double low = 0;    // 95 %, from the variance of S (Gilbert 1987)
  double high = 0;
};

// NaN marks a value that is missing: its pairs are left out, its place in time stays. All but NaN finite.
// S = sum sign(x_j - x_i); Var = [n(n-1)(2n+5) - sum t(t-1)(2t+5)] / 18. For n < 10 without ties the exact distribution. n < 2 or all equal: p 1.
// Source: Mann 1945; Kendall 1975. Cost: O(n log n) for S would be idle at 120 months: O(n^2).
TrendStatistic MannKendall(std::span<const double> values);

// Sums of S and Var over the seasons; values[i] has season i % seasons. Hirsch, Slack and Smith 1982.
TrendStatistic SeasonalMannKendall(std::span<const double> values, int seasons);

// Variance times 1 + 2 / (n(n-1)(n-2)) sum_k (n-k)(n-k-1)(n-k-2) rho_k over the significant (95 %) autocorrelations of the ranks of the detrended values, of
// the first `lags` lags or of all. Missing values are closed up, as the published implementations do. Where the correction leaves no variance (negative sums
// of correlations) it is not made, and `method` says kNormal. Source: Hamed and Rao 1998, A modified Mann-Kendall trend test for autocorrelated data.
TrendStatistic HamedRao(std::span<const double> values, std::optional<int> lags = std::nullopt);

// The same statistic with its variance, and what follows from it, multiplied by `factor` > 0.
TrendStatistic WithVarianceTimes(TrendStatistic statistic, double factor);

// `variance`: of S, for the interval; that of the plain (seasonal) test where none is given. No two values: all 0.
SenSlope SenSlopeOf(std::span<const double> values, std::optional<double> variance = std::nullopt);
// Slopes within each season alone, per year.
SenSlope SeasonalSenSlope(std::span<const double> values, int seasons, std::optional<double> variance = std::nullopt);

}  // namespace geo
