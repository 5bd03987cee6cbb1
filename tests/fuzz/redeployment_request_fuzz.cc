// Can the bytes of a PlanRedeployablesRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/answer_piece.h"
#include "server/codec/redeployment_codec.h"
#include "tests/fuzz/fuzzed_street.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace v1 = ::wardwatch::v1;
  using namespace server;
  using Piece = AnswerPiece<RedeployCall, PlannedUnits, EncodeRedeployment, &v1::PlanRedeployablesResponse::mutable_plan>;
  fuzz::Pieces<v1::PlanRedeployablesRequest, v1::PlanRedeployablesResponse, Piece>(data, size, DecodePlanRedeployables, ComputeRedeployment, fuzz::Street());
  return 0;
}
