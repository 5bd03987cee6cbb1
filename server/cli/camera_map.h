// Picked sites and standing cameras among what happens around them, drawn as text.
#pragma once

#include <google/protobuf/repeated_field.h>

#include <string>
#include <vector>

#include "server/cli/terminal.h"
#include "wardwatch/v1/camera.pb.h"

namespace server {

// A camera on the map. `mark`: "1" to "9" for picks in their order, a letter for what a review says.
struct MapCamera {
  double easting_m = 0, northing_m = 0;
  char mark = 'c';
};

struct CameraMap {
  std::vector<MapCamera> cameras;  // the last that lies on a mark is drawn
  const google::protobuf::RepeatedPtrField<wardwatch::v1::DemandCell>* cells = nullptr;
  const google::protobuf::RepeatedPtrField<wardwatch::v1::CameraView>* views = nullptr;  // of the picture alone
  double cell_size_m = 250;
  std::string legend;  // what the marks are
};

// The squares of demand around the cameras, north up, two characters each: heavier where more happens, and hatched by how much of it is in view. Blank where
// nothing happens. Empty where there is neither camera nor demand. Lines end in '\n'; the last ones are a legend.
std::string DrawCameraMap(const CameraMap& map, const Terminal& terminal);

}  // namespace server
