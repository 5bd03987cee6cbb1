// The one piece that follows progress in a stream: a whole answer.
#pragma once

#include <cstdint>
#include <utility>

#include "geo/disclosure/disclosed.h"
#include "geo/types/stop_signal.h"
#include "server/codec/answer_context.h"
#include "server/codec/refusal.h"

namespace server {

// `Encode`: (const Call&, const geo::Disclosed<Answer>&, Message&) -> Result<int64 rows>. `Part`: the message of a piece that holds the answer.
template <class Call, class Answer, auto Encode, auto Part>
class AnswerPiece {
 public:
  AnswerPiece(Call call, geo::Disclosed<Answer> answer) : call_(std::move(call)), answer_(std::move(answer)) {}
  // False: there is no further piece. Errors: those of Encode; kResourceExhausted ANSWER_TOO_LARGE.
  template <class Piece>
  geo::Result<bool> next(Piece& piece, const geo::StopSignal& stop) {
    if (stop.stop_requested()) return geo::Fail(stop.reason());
    auto& message = *(piece.*Part)();
    const auto rows = Encode(call_, answer_, message);
    if (!rows) return geo::Fail(rows.error());
    SealAnswer(message);
    if (auto fits = CheckAnswerFits(piece.ByteSizeLong()); !fits) return geo::Fail(fits.error());
    rows_ = *rows;
    return false;
  }
  std::int64_t rows() const { return rows_; }

 private:
  Call call_;
  geo::Disclosed<Answer> answer_;
  std::int64_t rows_ = 0;
};

}  // namespace server
