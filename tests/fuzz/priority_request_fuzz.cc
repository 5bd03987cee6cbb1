// Can the bytes of a RankPrioritiesRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/priority_codec.h"
#include "tests/fuzz/fuzzed_town.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  fuzz::Round<RankPrioritiesRequest, RankPrioritiesResponse>(data, size, server::DecodeRankPriorities, server::ComputePriorities, server::EncodeRankPriorities);
  return 0;
}
