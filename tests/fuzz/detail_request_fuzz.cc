// Can the bytes of a CountDetailLevelsRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/camera_review_codec.h"
#include "tests/fuzz/fuzzed_street.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  fuzz::Round<CountDetailLevelsRequest, CountDetailLevelsResponse>(data, size, server::DecodeCountDetailLevels, server::ComputeDetailLevels,
                                                                   server::EncodeCountDetailLevels, fuzz::Street());
  return 0;
}
