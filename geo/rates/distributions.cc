#include "geo/rates/distributions.h"

#include <boost/math/policies/policy.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <numbers>

namespace geo {
namespace {

namespace policies = boost::math::policies;

// Never throws: callers check their arguments. No promotion to long double: its width differs between machines, and equal questions get equal bytes.
using Quiet =
    policies::policy<policies::domain_error<policies::ignore_error>, policies::pole_error<policies::ignore_error>,
                     policies::overflow_error<policies::ignore_error>, policies::evaluation_error<policies::ignore_error>, policies::promote_double<false>>;

}  // namespace

double GammaQuantile(double shape, double lower_tail) { return boost::math::gamma_p_inv(shape, lower_tail, Quiet()); }
double GammaUpperQuantile(double shape, double upper_tail) { return boost::math::gamma_q_inv(shape, upper_tail, Quiet()); }
double TwoSidedNormalQuantile(double level) { return std::numbers::sqrt2 * boost::math::erf_inv(level, Quiet()); }
double TwoSidedNormalPValue(double deviate) { return boost::math::erfc(deviate / std::numbers::sqrt2, Quiet()); }
double TwoSidedNormalDeviate(double p_value) { return std::numbers::sqrt2 * boost::math::erfc_inv(p_value, Quiet()); }

double BetaQuantileOdds(double a, double b, double lower_tail) {
  double complement = 0;
  const double x = boost::math::ibeta_inv(a, b, lower_tail, &complement, Quiet());
  return x / complement;
}

double Binomial::at(std::int64_t k) const {
  return boost::math::ibeta_derivative(static_cast<double>(k) + 1, static_cast<double>(n - k) + 1, p, Quiet()) / (static_cast<double>(n) + 1);
}

double Binomial::at_most(std::int64_t k) const {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return boost::math::ibeta(static_cast<double>(n - k), static_cast<double>(k) + 1, q, Quiet());
}

double Binomial::at_least(std::int64_t k) const {
  if (k <= 0) return 1;
  if (k > n) return 0;
  return boost::math::ibeta(static_cast<double>(k), static_cast<double>(n - k) + 1, p, Quiet());
}

double Poisson::at(std::int64_t k) const { return boost::math::gamma_p_derivative(static_cast<double>(k) + 1, mean, Quiet()); }

double Poisson::at_most(std::int64_t k) const { return k < 0 ? 0 : boost::math::gamma_q(static_cast<double>(k) + 1, mean, Quiet()); }

}  // namespace geo
