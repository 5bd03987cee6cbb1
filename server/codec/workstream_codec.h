// Workstreams as configuration: listed, defined anew, taken out of force, and their history.
#pragma once

#include <optional>
#include <string>

#include "geo/disclosure/disclosed.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "geo/types/stop_signal.h"
#include "server/codec/answer_context.h"
#include "server/codec/page_token.h"
#include "wardwatch/v1/planning_service.pb.h"
#include "wardwatch/v1/workstream.pb.h"

namespace server {

void EncodeWorkstream(const geo::DatasetRecord& record, std::size_t workstream, wardwatch::v1::Workstream& out);
void EncodeTimeWindow(const geo::NamedWindow& named, wardwatch::v1::NamedTimeWindow& out);
void EncodeFlag(const geo::Flag& flag, wardwatch::v1::Flag& out);
// "20:00-06:00 on Friday; in the dark; on 12 stretches of days within 2023-01-01/2025-01-01".
std::string FormatTimeWindow(const geo::TimeWindow& window);

struct WorkstreamsCall {
  const geo::DatasetSnapshot* data = nullptr;
  std::string snapshot;
};
using WorkstreamList = std::size_t;  // how many; the call holds them
geo::Result<WorkstreamsCall> DecodeListWorkstreams(const wardwatch::v1::ListWorkstreamsRequest& request, const geo::Snapshot& snapshot);
geo::Result<WorkstreamList> ComputeWorkstreams(const WorkstreamsCall& call, const geo::StopSignal& stop);
geo::Result<std::int64_t> EncodeListWorkstreams(const WorkstreamsCall& call, const geo::Disclosed<WorkstreamList>& list,
                                                wardwatch::v1::ListWorkstreamsResponse& response);

struct RevisionsCall {
  const geo::DatasetSnapshot* data = nullptr;
  std::string workstream;  // empty: all
  PageWindow page;
  Parameters parameters;
};
// Latest first.
using RevisionList = std::vector<const geo::WorkstreamRevision*>;
// Error: kNotFound UNKNOWN_WORKSTREAM for an id that never was.
geo::Result<RevisionsCall> DecodeListRevisions(const wardwatch::v1::ListWorkstreamRevisionsRequest& request, const geo::Snapshot& snapshot);
geo::Result<RevisionList> ComputeRevisions(const RevisionsCall& call, const geo::StopSignal& stop);
geo::Result<std::int64_t> EncodeListRevisions(const RevisionsCall& call, const geo::Disclosed<RevisionList>& list,
                                              wardwatch::v1::ListWorkstreamRevisionsResponse& response);

// An edit of one dataset, checked against the snapshot that is served; `made_at` is left to the caller.
struct DatasetEdit {
  std::string dataset;  // id
  geo::WorkstreamEdit edit;
};
// Errors: kInvalidArgument with the field at fault, "workstream.entries[2].weight"; kNotFound for names of things that do not exist; those of geo::ApplyEdit.
geo::Result<DatasetEdit> DecodeSaveWorkstream(const wardwatch::v1::SaveWorkstreamRequest& request, const geo::Snapshot& snapshot);
geo::Result<DatasetEdit> DecodeRemoveWorkstream(const wardwatch::v1::RemoveWorkstreamRequest& request, const geo::Snapshot& snapshot);
// From what is served after the edit.
void EncodeSavedWorkstream(const DatasetEdit& edit, const geo::Snapshot& served, wardwatch::v1::SaveWorkstreamResponse& response);
void EncodeRemovedWorkstream(const DatasetEdit& edit, const geo::Snapshot& served, wardwatch::v1::RemoveWorkstreamResponse& response);

}  // namespace server
