// Can the bytes of a WatchHotspotsRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/hotspot_codec.h"
#include "tests/fuzz/fuzzed_town.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  fuzz::Pieces<WatchHotspotsRequest, WatchHotspotsResponse, server::WatchedAnswer>(data, size, server::DecodeWatchHotspots, server::ComputeWatchedHotspots);
  return 0;
}
