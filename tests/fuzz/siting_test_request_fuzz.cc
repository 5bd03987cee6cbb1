// Can the bytes of a TestSitingRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/answer_piece.h"
#include "server/codec/siting_codec.h"
#include "tests/fuzz/fuzzed_street.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace v1 = ::wardwatch::v1;
  using namespace server;
  using Piece = AnswerPiece<SitingTestCall, SitingTestAnswer, EncodeTestSiting, &v1::TestSitingResponse::mutable_answer>;
  fuzz::Pieces<v1::TestSitingRequest, v1::TestSitingResponse, Piece>(data, size, DecodeTestSiting, ComputeSitingTest, fuzz::Street());
  return 0;
}
