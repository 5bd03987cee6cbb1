// ProfilePlace as a table and as csv.
#pragma once

#include <string>

#include "server/cli/terminal.h"

namespace wardwatch::v1 {
class ProfilePlaceResponse;
}  // namespace wardwatch::v1

namespace server {

std::string ProfileTable(const wardwatch::v1::ProfilePlaceResponse& answer, const Terminal& terminal);
// One line for each workstream.
std::string ProfileCsv(const wardwatch::v1::ProfilePlaceResponse& answer);

}  // namespace server
