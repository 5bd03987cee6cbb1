// Can the bytes of a SiteCamerasRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/answer_piece.h"
#include "server/codec/siting_codec.h"
#include "tests/fuzz/fuzzed_street.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace v1 = ::wardwatch::v1;
  using namespace server;
  using Piece = AnswerPiece<SitingCall, SitedAnswer, EncodeSiteCameras, &v1::SiteCamerasResponse::mutable_answer>;
  fuzz::Pieces<v1::SiteCamerasRequest, v1::SiteCamerasResponse, Piece>(data, size, DecodeSiteCameras, ComputeSiting, fuzz::Street());
  return 0;
}
