// The drawn street, for requests about cameras.
#pragma once

#include "tests/fuzz/fuzzed_town.h"
#include "tests/service/street_town.h"

namespace fuzz {

inline const geo::Snapshot& Street() {
  static const auto street = service_test::StreetTown().build();
  return *street;
}

}  // namespace fuzz
