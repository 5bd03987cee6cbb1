// Can the bytes of a ListCamerasRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/camera_review_codec.h"
#include "tests/fuzz/fuzzed_street.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  fuzz::Round<ListCamerasRequest, ListCamerasResponse>(data, size, server::DecodeListCameras, server::ComputeRegister, server::EncodeListCameras,
                                                       fuzz::Street());
  return 0;
}
