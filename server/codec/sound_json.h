// JSON of a caller's, judged before anything is built of it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "geo/types/result.h"

namespace server {

// Errors on `field`: kInvalidArgument BAD_JSON (with the byte), TOO_DEEP, REPEATED (a key twice in one object). Memory that runs out is an exception.
geo::Result<nlohmann::json> ReadSoundJson(std::string_view text, const std::string& field);

}  // namespace server
