// The register of cameras, as a table and as csv.
#pragma once

#include <string>

#include "server/cli/terminal.h"

namespace wardwatch::v1 {
class ListCamerasResponse;
}  // namespace wardwatch::v1

namespace server {

std::string RegisterTable(const wardwatch::v1::ListCamerasResponse& answer, const Terminal& terminal);
std::string RegisterCsv(const wardwatch::v1::ListCamerasResponse& answer);

}  // namespace server
