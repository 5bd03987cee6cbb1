// Can the bytes of a FindHotspotsRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/hotspot_codec.h"
#include "tests/fuzz/fuzzed_town.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  fuzz::Round<FindHotspotsRequest, FindHotspotsResponse>(data, size, server::DecodeFindHotspots, server::ComputeHotspots, server::EncodeFindHotspots);
  return 0;
}
