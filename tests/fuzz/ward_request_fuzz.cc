// Can the bytes of a CompareWardsRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/ward_codec.h"
#include "tests/fuzz/fuzzed_town.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  fuzz::Round<CompareWardsRequest, CompareWardsResponse>(data, size, server::DecodeCompareWards, server::ComputeWards, server::EncodeCompareWards);
  return 0;
}
