// The shapes of a vintage for an answer that has only codes.
#pragma once

#include <string>

#include "geo/types/result.h"
#include "server/cli/session.h"
#include "wardwatch/v1/dataset_service.pb.h"

namespace server {

// The areas, with geometry, of a vintage. Error: kAborted SNAPSHOT_CHANGED when they are of other data than the answer that has `context`.
inline geo::Result<wardwatch::v1::ListAreasResponse> ShapesFor(Session& session, const std::string& dataset, const std::string& vintage,
                                                               const wardwatch::v1::AnswerContext& context) {
  wardwatch::v1::ListAreasRequest request;
  request.set_dataset(dataset);
  request.set_vintage(vintage);
  request.set_with_geometry(true);
  auto areas = session.connection.list_areas(request);
  if (areas && areas->context().snapshot() != context.snapshot()) {
    return geo::Fail({geo::ErrorCode::kAborted, "", "SNAPSHOT_CHANGED", "the data changed between the counts and the shapes; ask again"});
  }
  return areas;
}

// Of the vintage that `context` names.
inline geo::Result<wardwatch::v1::ListAreasResponse> ShapesFor(Session& session, const std::string& dataset, const wardwatch::v1::AnswerContext& context) {
  return ShapesFor(session, dataset, context.vintage(), context);
}

}  // namespace server
