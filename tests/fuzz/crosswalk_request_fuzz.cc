// Can the bytes of a CrosswalkCountsRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/crosswalk_codec.h"
#include "tests/fuzz/fuzzed_town.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  fuzz::Round<CrosswalkCountsRequest, CrosswalkCountsResponse>(data, size, server::DecodeCrosswalkCounts, server::ComputeCrosswalk, server::EncodeCrosswalkCounts);
  return 0;
}
