// Can the bytes of a ProfilePlaceRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/profile_codec.h"
#include "tests/fuzz/fuzzed_town.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  fuzz::Round<ProfilePlaceRequest, ProfilePlaceResponse>(data, size, server::DecodeProfilePlace, server::ComputeProfile, server::EncodeProfilePlace);
  return 0;
}
