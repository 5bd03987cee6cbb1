// Can the bytes of an AnalyseTrendsRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/trend_codec.h"
#include "tests/fuzz/fuzzed_town.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  fuzz::Round<AnalyseTrendsRequest, AnalyseTrendsResponse>(data, size, server::DecodeAnalyseTrends, server::ComputeTrends, server::EncodeAnalyseTrends);
  return 0;
}
