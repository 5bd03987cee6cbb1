// ComputeSurface, between the wire and geo: a request in; a header, rows and the context out.
#pragma once

#include <memory>

#include "geo/disclosure/disclosed.h"
#include "geo/hotspots/find_surface.h"
#include "server/codec/question_codec.h"
#include "wardwatch/v1/hotspot_service.pb.h"

namespace server {

// Valid while the snapshot that it was decoded against is held.
struct SurfaceCall {
  Question question;  // its filter is the query's
  geo::SurfaceQuery query;
  Parameters parameters;
};

geo::Result<SurfaceCall> DecodeComputeSurface(const wardwatch::v1::ComputeSurfaceRequest& request, const geo::Snapshot& snapshot);
// Errors: those of FindSurface; kResourceExhausted GRID_TOO_LARGE for rows that no chunk could hold.
geo::Result<geo::SurfaceAnswer> ComputeSurface(const SurfaceCall& call, const geo::StopSignal& stop);

// geo names a grid's fields as FindHotspots does; this names them as a surface does.
geo::Error SurfaceError(geo::Error error);
void EncodeSurfaceHeader(const geo::SurfaceQuery& query, const geo::SurfaceAnswer& answer, wardwatch::v1::SurfaceHeader& out);
// What the answer's context says of a surface; `lead` begins the method.
ContextFacts FactsOfSurface(const Question& question, const geo::SurfaceQuery& query, const geo::SurfaceAnswer& answer, const std::string& lead);

// Encodes a surface a piece at a time: the header, its rows, the context. The answer hash is SHA-256 of these pieces as they are sent, one after another, the
// context's own without the hash; progress is no part of it. How rows are cut follows from the number of columns alone.
class SurfacePieces {
 public:
  SurfacePieces(SurfaceCall call, geo::Disclosed<geo::SurfaceAnswer> answer);
  // Fills an empty piece. False when it is the last. Errors: kCancelled, kDeadlineExceeded.
  geo::Result<bool> next(wardwatch::v1::ComputeSurfaceResponse& piece, const geo::StopSignal& stop);
  std::int64_t rows() const { return next_row_; }  // sent so far

 private:
  void EncodeRows(wardwatch::v1::SurfaceRows& out);
  void EncodeContext(wardwatch::v1::AnswerContext& out) const;

  SurfaceCall call_;
  geo::Disclosed<geo::SurfaceAnswer> answer_;
  std::unique_ptr<geo::Sha256> hash_ = std::make_unique<geo::Sha256>();
  bool begun_ = false;
  std::int32_t next_row_ = 0;
};

}  // namespace server
