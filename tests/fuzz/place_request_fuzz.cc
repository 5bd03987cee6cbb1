// Can the bytes of a FindPlacesRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/place_codec.h"
#include "tests/fuzz/fuzzed_town.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  fuzz::Round<FindPlacesRequest, FindPlacesResponse>(data, size, server::DecodeFindPlaces, server::ComputePlaces, server::EncodeFindPlaces);
  return 0;
}
