// Can the bytes of a ReviewCamerasRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/camera_review_codec.h"
#include "tests/fuzz/fuzzed_street.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  fuzz::Round<ReviewCamerasRequest, ReviewCamerasResponse>(data, size, server::DecodeReviewCameras, server::ComputeReview, server::EncodeReviewCameras,
                                                           fuzz::Street());
  return 0;
}
