// Can the bytes of a SweepBearingsRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/site_evidence_codec.h"
#include "tests/fuzz/fuzzed_street.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  fuzz::Round<SweepBearingsRequest, SweepBearingsResponse>(data, size, server::DecodeSweepBearings, server::ComputeBearings, server::EncodeSweepBearings,
                                                           fuzz::Street());
  return 0;
}
