// What the collections of cameras and of their views both tell: whether a camera works, in a word and as a number that maps colour.
#pragma once

#include "server/layers/feature.h"
#include "wardwatch/v1/camera.pb.h"

namespace server {

inline Property StateProperty() {
  return {"state", ValueType::kText, "State", "A camera that does not work sees nothing.", "", {"working", "faulty", "out"}};
}

inline Property WorksProperty() { return {"works", ValueType::kWhole, "Works", "1: it works; 0: it is faulty or out.", "", {}}; }

inline std::string StateWord(wardwatch::v1::CameraState state) {
  return state == wardwatch::v1::CAMERA_STATE_WORKING ? "working" : state == wardwatch::v1::CAMERA_STATE_FAULTY ? "faulty" : "out";
}

inline std::int64_t WorksNumber(wardwatch::v1::CameraState state) { return state == wardwatch::v1::CAMERA_STATE_WORKING ? 1 : 0; }

}  // namespace server
