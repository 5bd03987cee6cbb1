// Can the bytes of a CompareResponsesRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/response_codec.h"
#include "tests/fuzz/fuzzed_street.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  fuzz::Round<CompareResponsesRequest, CompareResponsesResponse>(data, size, server::DecodeCompareResponses, server::ComputeResponses,
                                                                 server::EncodeCompareResponses, fuzz::Street());
  return 0;
}
