// SiteCameras and TestSiting, between the wire and geo.
#pragma once

#include <optional>

#include "geo/cells/cell_grid.h"
#include "geo/disclosure/disclosed.h"
#include "geo/placement/demand_cells.h"
#include "geo/placement/outline_spots.h"
#include "geo/placement/place_robustness.h"
#include "geo/placement/site_cameras.h"
#include "server/codec/camera_sites_codec.h"
#include "wardwatch/v1/siting.pb.h"

namespace server {

// Valid while the snapshot that it was decoded against is held.
struct SitingCall {
  CameraQuestion question;
  geo::SitingQuery query;  // its candidates and model are put in by a worker
  SiteSelection sites;
  ModelChoice model;
  bool with_views = false;
  geo::CellGrid grid{geo::CellShape::kSquare, 250'000};
};
// With what it was asked of, and what is drawn of it.
struct SitedAnswer {
  AskedScene asked;
  geo::SitingAnswer answer;
  std::size_t candidates = 0;
  std::vector<geo::DemandCell> cells;
  std::vector<std::pair<geo::CameraSpot, geo::SpotOutlines>> views;  // of picks, then of standing cameras
  std::size_t picks_in_views = 0;
  std::vector<geo::SceneNote> notes;
};

geo::Result<SitingCall> DecodeSiteCameras(const wardwatch::v1::SiteCamerasRequest& request, const geo::Snapshot& snapshot);
// Out of time with a choice at hand: that choice, `stopped`. Errors: of geo::SiteCameras, by the fields of the request.
geo::Result<SitedAnswer> ComputeSiting(const SitingCall& call, const geo::StopSignal& stop);
geo::Result<std::int64_t> EncodeSiteCameras(const SitingCall& call, const geo::Disclosed<SitedAnswer>& disclosed, wardwatch::v1::SitingAnswer& out);

struct SitingTestCall {
  SitingCall siting;
  geo::RobustnessQuery query;  // its years are put in by a worker
  std::vector<geo::Period> years;
};
struct SitingTestAnswer {
  AskedScene asked;
  geo::RobustnessAnswer answer;
  double range_m = 0;
  std::vector<geo::SceneNote> notes;
};

// Fields of the question are under "question".
geo::Result<SitingTestCall> DecodeTestSiting(const wardwatch::v1::TestSitingRequest& request, const geo::Snapshot& snapshot);
geo::Result<SitingTestAnswer> ComputeSitingTest(const SitingTestCall& call, const geo::StopSignal& stop);
geo::Result<std::int64_t> EncodeTestSiting(const SitingTestCall& call, const geo::Disclosed<SitingTestAnswer>& disclosed, wardwatch::v1::SitingTest& out);

}  // namespace server
