// Views, demand and cameras as a picture.
#pragma once

#include <string>

#include "geo/types/result.h"
#include "server/cli/camera_map.h"

namespace server {

// A PNG of at most 1,600 pixels a side, north up: demand as grey squares (darker where more happens), views in blue by level (finer is darker), cameras red
// where they are picked (a digit as their mark) and dark blue where they stand. Errors: kFailedPrecondition NOTHING_TO_SHOW; kInternal where PROJ is missing or
// a view cannot be read.
geo::Result<std::string> CameraPng(const CameraMap& map);

}  // namespace server
