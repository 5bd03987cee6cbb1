// The errors of this room, in one voice.
#pragma once

#include <string>
#include <string_view>

#include "geo/types/result.h"

namespace geo {

// "filter, character 17: <what>; <what to do>".
tl::unexpected<Error> FilterFault(const char* reason, const std::string& where, const std::string& what);

// What was sent, in quotes, shortened to 40 characters, with anything but printable ASCII as '?': it may be put into a header, a log, a page.
std::string Shown(std::string_view sent);

std::string AtCharacter(std::size_t offset);  // "character 17" of offset 16

}  // namespace geo
