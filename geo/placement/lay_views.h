// Columns, models and bearings to views.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/placement/camera_scene.h"
#include "geo/placement/camera_view.h"
#include "geo/placement/point_grid.h"
#include "geo/types/stop_signal.h"

namespace geo {

// A place where a camera stands or could stand.
struct CameraSpot {
  std::string id;
  GridPoint at;
  std::size_t model = 0;
  std::optional<double> height_m;
  bool on_building = false;
  std::vector<double> bearings_deg;  // at least one
};
CameraSpot SpotOf(const ExistingCamera& camera);

// A spot that has no view, and why.
struct SpotLeftOut {
  std::string id;
  std::string reason;  // "SITE_INSIDE_BUILDING"
  std::string message;
};

struct LaidViews {
  std::vector<CameraView> views;    // by spot, then in the order of its bearings
  std::vector<std::uint32_t> spot;  // of each view
  std::vector<SpotLeftOut> left_out;
};

// A spot strictly inside a footprint is left out, unless it is on that building. Spots must have been checked: models within the scene's, heights as OpticsOf
// asks. The same at any number of threads. Errors: those of OpticsOf, OUT_OF_RANGE for a spot without position or a
// bearing that is not finite, on `field`[i]; stop.reason().
Result<LaidViews> LayViews(const CameraScene& scene, std::span<const CameraSpot> spots, std::string_view field, const StopSignal& stop);

// Protected places in view: for each, the finest level of detail. Ascending by place. Its own building does not hide a place, nor that on which the camera
// stands.
struct PlaceInView {
  std::uint32_t place = 0;
  int level = 0;
  friend bool operator==(const PlaceInView&, const PlaceInView&) = default;
};
class PlaceFinder {
 public:
  explicit PlaceFinder(const CameraScene& scene);
  std::vector<PlaceInView> in_view(const CameraView& view) const;

 private:
  const CameraScene& scene_;
  std::vector<GridPoint> at_;
  PointGrid grid_;
};

}  // namespace geo
