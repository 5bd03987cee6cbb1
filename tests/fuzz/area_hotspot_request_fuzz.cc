// Can the bytes of a FindAreaHotspotsRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/area_hotspot_codec.h"
#include "tests/fuzz/fuzzed_town.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  fuzz::Round<FindAreaHotspotsRequest, FindAreaHotspotsResponse>(data, size, server::DecodeFindAreaHotspots, server::ComputeAreaHotspots,
                                                                 server::EncodeFindAreaHotspots);
  return 0;
}
