#include "geo/rates/student_p_value.h"

#include <boost/math/policies/policy.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

#include "geo/types/check.h"

namespace geo {
namespace {

namespace policies = boost::math::policies;

// Never throws, and no long double: equal questions get equal bytes on every machine.
using Quiet =
    policies::policy<policies::domain_error<policies::ignore_error>, policies::pole_error<policies::ignore_error>,
                     policies::overflow_error<policies::ignore_error>, policies::evaluation_error<policies::ignore_error>, policies::promote_double<false>>;

}  // namespace

double TwoSidedStudentPValue(double deviate, double freedom) {
  WARDWATCH_CHECK(deviate >= 0 && std::isfinite(deviate) && freedom > 0 && std::isfinite(freedom), "deviate {} freedom {}", deviate, freedom);
  const double square = deviate * deviate;
  return boost::math::ibeta(freedom / 2, 0.5, freedom / (freedom + square), Quiet());
}

}  // namespace geo
