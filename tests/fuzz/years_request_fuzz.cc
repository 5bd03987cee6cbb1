// Can the bytes of a CompareYearsRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/years_codec.h"
#include "tests/fuzz/fuzzed_town.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  fuzz::Round<CompareYearsRequest, CompareYearsResponse>(data, size, server::DecodeCompareYears, server::ComputeYears, server::EncodeCompareYears);
  return 0;
}
