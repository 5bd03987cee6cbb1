// How sure: z and q to a class that a map can show.
#pragma once

#include <cstdint>

namespace geo {

// +-3 at q <= 0.01, +-2 at q <= 0.05, +-1 at q <= 0.10, 0 otherwise; the sign is of z. q is adjusted over the analysed cells (benjamini_hochberg.h), or the p
// itself where no correction was asked for.
int ConfidenceClass(double z, double q);

}  // namespace geo
