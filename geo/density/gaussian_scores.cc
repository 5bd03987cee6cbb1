#include "geo/density/gaussian_scores.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "geo/types/parallel_parts.h"

namespace geo {
namespace {

constexpr double kReach = 9;  // standard deviations: exp(-40.5) is 3e-18
constexpr std::size_t kPartPositions = 128;
constexpr std::int64_t kPairsBetweenAsking = 8'192;

using std::numbers::pi;

Result<void> Spend(std::int64_t pairs, ScoringWork& work) {
  if (pairs > work.budget) {
    return Fail(
        {ErrorCode::kResourceExhausted, "density.rule", "WORK_BUDGET",
         fmt::format("the next bandwidth to try looks at {} pairs of positions, and {} are left of the budget; give bandwidth_m, or take a rule that is a "
                     "formula (silverman, scott, reference, arcgis)",
                     pairs, work.budget)});
  }
  work.budget -= pairs;
  return {};
}

// terms[i] = what `term(i, radius visitor)` makes of position i. Radius in mm of position i from `radius`.
template <class Radius, class Term>
Result<std::vector<double>> ForEachPosition(const DistinctPositions& positions, std::int64_t extra_per_position, ScoringWork& work, const StopSignal& stop,
                                            Radius radius, Term term) {
  const std::size_t n = positions.size();
  std::int64_t pairs = extra_per_position * static_cast<std::int64_t>(n);
  for (std::size_t i = 0; i < n; ++i) {
    if (i % 1024 == 0 && stop.stop_requested()) return Fail(stop.reason());
    pairs += positions.run_total(i, radius(i));
  }
  if (auto spent = Spend(pairs, work); !spent) return Fail(std::move(spent.error()));
  std::vector<double> terms(n);
  auto done = RunParts((n + kPartPositions - 1) / kPartPositions, work.threads, [&](std::size_t part) -> Result<void> {
    std::int64_t since_asked = kPairsBetweenAsking;
    for (std::size_t i = part * kPartPositions; i < std::min(n, (part + 1) * kPartPositions); ++i) {
      if (since_asked >= kPairsBetweenAsking) {
        if (stop.stop_requested()) return Fail(stop.reason());
        since_asked = 0;
      }
      since_asked += extra_per_position + positions.run_total(i, radius(i));
      terms[i] = term(i);
    }
    return {};
  });
  if (!done) return Fail(std::move(done.error()));
  return terms;
}

// Sum over the other positions within radius_mm of exp(-(d^2 - offset_mm2) * rate), and of its square where `squares` is given.
double ExponentialSum(const DistinctPositions& positions, std::size_t i, double radius_mm, double offset_mm2, double rate, double* squares = nullptr) {
  const double* east = positions.easting_mm().data();
  const double* north = positions.northing_mm().data();
  const double most = radius_mm * radius_mm, x = east[i], y = north[i];
  double sum = 0, sum_of_squares = 0;
  positions.for_each_run(i, radius_mm, [&](std::size_t begin, std::size_t end) {
    double run = 0, run_of_squares = 0;
    for (std::size_t j = begin; j < end; ++j) {
      const double dx = east[j] - x, dy = north[j] - y, d2 = dx * dx + dy * dy;
      if (d2 > most || j == i) continue;
      const double term = std::exp(-(d2 - offset_mm2) * rate);
      run += term;
      run_of_squares += term * term;
    }
    sum += run;
    sum_of_squares += run_of_squares;
  });
  if (squares) *squares = sum_of_squares;
  return sum;
}

double Total(const std::vector<double>& terms) {
  double total = 0;
  for (const double term : terms) total += term;
  return total;
}

double GaussianPeak_m2(double sd_mm) { return 1 / (2 * pi * (sd_mm / 1000) * (sd_mm / 1000)); }

}  // namespace

BandwidthScore LeastSquaresScore(const DistinctPositions& positions, ScoringWork& work, const StopSignal& stop) {
  return [&positions, &work, &stop](double sd_mm) -> Result<double> {
    const double n = static_cast<double>(positions.size()), radius = kReach * std::numbers::sqrt2 * sd_mm;
    const double wide = GaussianPeak_m2(std::numbers::sqrt2 * sd_mm), narrow = GaussianPeak_m2(sd_mm);
    auto terms = ForEachPosition(
        positions, 0, work, stop, [radius](std::size_t) { return radius; },
        [&](std::size_t i) {
          double squares = 0;  // exp(-d^2 / 4 h^2)^2 = exp(-d^2 / 2 h^2)
          const double sum = ExponentialSum(positions, i, radius, 0, 1 / (4 * sd_mm * sd_mm), &squares);
          return 2 / (n - 1) * narrow * squares - (sum + 1) * wide / n;
        });
    if (!terms) return Fail(std::move(terms.error()));
    return Total(*terms) / n;
  };
}

BandwidthScore LikelihoodScore(const DistinctPositions& positions, const std::vector<double>& nearest_mm2, const GaussianWindow& window, ScoringWork& work,
                               const StopSignal& stop) {
  return [&positions, &nearest_mm2, &window, &work, &stop](double sd_mm) -> Result<double> {
    const GaussianWindow::AtSd masses = window.at_sd(sd_mm);
    const auto radius = [&](std::size_t i) { return std::sqrt(nearest_mm2[i] + kReach * kReach * sd_mm * sd_mm); };
    auto terms = ForEachPosition(positions, static_cast<std::int64_t>(2 * masses.cells_looked_at()), work, stop, radius, [&](std::size_t i) {
      // Relative to the nearest neighbour's term: a lone position is unlikely, not impossible.
      const double rate = 1 / (2 * sd_mm * sd_mm), others = ExponentialSum(positions, i, radius(i), nearest_mm2[i], rate);
      const double log_intensity = std::log(others) - nearest_mm2[i] * rate + std::log(GaussianPeak_m2(sd_mm)) - std::log(masses.mass(positions.at()[i]));
      return log_intensity - masses.corrected_mass(positions.at()[i]);
    });
    if (!terms) return Fail(std::move(terms.error()));
    return Total(*terms);
  };
}

BandwidthScore CronieVanLieshoutScore(const DistinctPositions& positions, double window_m2, ScoringWork& work, const StopSignal& stop) {
  return [&positions, window_m2, &work, &stop](double sd_mm) -> Result<double> {
    const double radius = kReach * sd_mm;
    auto terms = ForEachPosition(
        positions, 0, work, stop, [radius](std::size_t) { return radius; },
        [&](std::size_t i) { return 1 / ((1 + ExponentialSum(positions, i, radius, 0, 1 / (2 * sd_mm * sd_mm))) * GaussianPeak_m2(sd_mm)); });
    if (!terms) return Fail(std::move(terms.error()));
    const double excess = Total(*terms) / window_m2 - 1;
    return -excess * excess;
  };
}

}  // namespace geo
