// Can the bytes of a CheckRiseRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/rise_codec.h"
#include "tests/fuzz/fuzzed_town.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  fuzz::Round<CheckRiseRequest, CheckRiseResponse>(data, size, server::DecodeCheckRise, server::ComputeRise, server::EncodeCheckRise);
  return 0;
}
