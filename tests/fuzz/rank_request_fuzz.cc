// Can the bytes of a RankWardsRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/rank_codec.h"
#include "tests/fuzz/fuzzed_town.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  fuzz::Round<RankWardsRequest, RankWardsResponse>(data, size, server::DecodeRankWards, server::ComputeRanks, server::EncodeRankWards);
  return 0;
}
