// Camera, lighting or people: as a table and as csv.
#pragma once

#include <string>

#include "server/cli/terminal.h"

namespace wardwatch::v1 {
class CompareResponsesResponse;
}  // namespace wardwatch::v1

namespace server {

std::string ResponseTable(const wardwatch::v1::CompareResponsesResponse& answer, const Terminal& terminal);
std::string ResponseCsv(const wardwatch::v1::CompareResponsesResponse& answer);

}  // namespace server
