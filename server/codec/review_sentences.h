// Reason codes of a camera's review in words.
#pragma once

#include <string>

#include "geo/placement/review_cameras.h"

namespace server {

std::string ReviewSentence(const std::string& reason, const geo::CameraReview& review, const geo::ReviewQuery& query);

}  // namespace server
