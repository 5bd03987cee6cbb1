// ListCameras, ReviewCameras and CountDetailLevels, between the wire and geo.
#pragma once

#include <optional>

#include "geo/cells/cell_grid.h"
#include "geo/disclosure/disclosed.h"
#include "geo/placement/demand_cells.h"
#include "geo/placement/detail_levels.h"
#include "geo/placement/outline_spots.h"
#include "geo/placement/review_cameras.h"
#include "server/codec/camera_sites_codec.h"
#include "server/codec/page_token.h"
#include "wardwatch/v1/camera_review.pb.h"
#include "wardwatch/v1/placement_service.pb.h"

namespace server {

// The calls are valid while the snapshot that they were decoded against is held.
struct RegisterCall {
  const geo::DatasetSnapshot* data = nullptr;
  PageWindow page;
};
using CameraRegister = const geo::DatasetSnapshot*;
geo::Result<RegisterCall> DecodeListCameras(const wardwatch::v1::ListCamerasRequest& request, const geo::Snapshot& snapshot);
geo::Result<CameraRegister> ComputeRegister(const RegisterCall& call, const geo::StopSignal& stop);
geo::Result<std::int64_t> EncodeListCameras(const RegisterCall& call, const geo::Disclosed<CameraRegister>& disclosed,
                                            wardwatch::v1::ListCamerasResponse& response);

struct ReviewCall {
  CameraQuestion question;
  geo::ReviewQuery query;  // its earlier demand, candidates and model are put in by a worker
  std::optional<geo::Period> earlier;
  std::optional<SiteSelection> sites;
  ModelChoice model;
  bool with_views = false;
  geo::CellGrid grid{geo::CellShape::kSquare, 250'000};
};
struct ReviewedCameras {
  AskedScene asked;
  geo::ReviewAnswer answer;
  std::vector<geo::DemandCell> cells;
  std::vector<std::pair<geo::CameraSpot, geo::SpotOutlines>> views;
  std::vector<geo::SceneNote> notes;
};
// kFailedPrecondition NO_CAMERAS where the dataset has none.
geo::Result<ReviewCall> DecodeReviewCameras(const wardwatch::v1::ReviewCamerasRequest& request, const geo::Snapshot& snapshot);
geo::Result<ReviewedCameras> ComputeReview(const ReviewCall& call, const geo::StopSignal& stop);
geo::Result<std::int64_t> EncodeReviewCameras(const ReviewCall& call, const geo::Disclosed<ReviewedCameras>& disclosed,
                                              wardwatch::v1::ReviewCamerasResponse& response);

struct DetailCall {
  CameraQuestion question;
};
struct CountedDetail {
  AskedScene asked;
  geo::DetailLevels answer;
  std::vector<geo::SceneNote> notes;
};
geo::Result<DetailCall> DecodeCountDetailLevels(const wardwatch::v1::CountDetailLevelsRequest& request, const geo::Snapshot& snapshot);
geo::Result<CountedDetail> ComputeDetailLevels(const DetailCall& call, const geo::StopSignal& stop);
geo::Result<std::int64_t> EncodeCountDetailLevels(const DetailCall& call, const geo::Disclosed<CountedDetail>& disclosed,
                                                  wardwatch::v1::CountDetailLevelsResponse& response);

// kFailedPrecondition NO_CAMERAS.
geo::Result<void> CheckHasCameras(const CameraQuestion& question);

}  // namespace server
