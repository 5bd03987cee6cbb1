// Can the bytes of a CompareBoundariesRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/boundary_codec.h"
#include "tests/fuzz/fuzzed_town.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  fuzz::Round<CompareBoundariesRequest, CompareBoundariesResponse>(data, size, server::DecodeCompareBoundaries, server::ComputeBoundaries, server::EncodeCompareBoundaries);
  return 0;
}
