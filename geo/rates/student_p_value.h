// The tail of Student's t: a normal deviate whose spread was itself estimated.
#pragma once

namespace geo {

// The chance that a variable of Student's t lies at least `deviate` (>= 0, finite) from 0; `freedom` > 0, not necessarily whole. Digits are kept in the far tail.
double TwoSidedStudentPValue(double deviate, double freedom);

}  // namespace geo
