// ListIncidents, between the wire and geo: a request in, chunks out.
#pragma once

#include <optional>
#include <vector>

#include "geo/cells/cell_grid.h"
#include "geo/disclosure/disclosed.h"
#include "server/codec/question_codec.h"
#include "wardwatch/v1/incident_service.pb.h"

namespace server {

struct CellChoice {
  geo::CellGrid grid;
  geo::CellId cell;
};

// Valid while the snapshot that it was decoded against is held.
struct IncidentCall {
  Question question;
  std::optional<CellChoice> cell;
  std::int64_t limit = 0;  // 0: none
  Parameters parameters;
};

// Rows in canonical order, up to the limit; the facts are about all that the filter selects.
struct IncidentListing {
  std::vector<std::uint32_t> rows;
  std::vector<double> weights;  // empty when every weight is 1
  SelectionFacts facts;
};

// "s250:r702:c2291", exactly as CellGrid::format writes it. Error: kInvalidArgument.
geo::Result<CellChoice> DecodeCell(const std::string& text, std::string_view field);

geo::Result<IncidentCall> DecodeListIncidents(const wardwatch::v1::ListIncidentsRequest& request, const geo::Snapshot& snapshot);
geo::Result<IncidentListing> ComputeIncidents(const IncidentCall& call, const geo::StopSignal& stop);

// How to read the listing; without the answer hash, which is of bytes.
void EncodeIncidentContext(const IncidentCall& call, const geo::Disclosed<IncidentListing>& listing, wardwatch::v1::AnswerContext& out);

// Encodes a listing a chunk at a time. The context is in the first and the last chunk; the answer hash, in the last, is SHA-256 of the one message that would
// hold all incidents and the context without its hash, so that it does not depend on how the rows were cut.
class IncidentChunks {
 public:
  IncidentChunks(IncidentCall call, geo::Disclosed<IncidentListing> listing);
  // Fills an empty chunk. False when it is the last. Errors: kCancelled, kDeadlineExceeded, kInternal.
  geo::Result<bool> next(wardwatch::v1::ListIncidentsResponse& chunk, const geo::StopSignal& stop);
  std::int64_t rows() const { return static_cast<std::int64_t>(next_); }

 private:
  geo::Result<void> Encode(std::size_t i, wardwatch::v1::Incident& out) const;

  IncidentCall call_;
  geo::Disclosed<IncidentListing> listing_;
  wardwatch::v1::AnswerContext context_;
  std::unique_ptr<geo::Sha256> hash_ = std::make_unique<geo::Sha256>();
  std::size_t next_ = 0;
};

}  // namespace server
