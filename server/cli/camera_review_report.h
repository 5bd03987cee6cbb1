// The review of standing cameras, and what is in view in what detail: as tables and as csv.
#pragma once

#include <string>

#include "server/cli/terminal.h"

namespace wardwatch::v1 {
class CountDetailLevelsResponse;
class ReviewCamerasResponse;
}  // namespace wardwatch::v1

namespace server {

// A row for each camera; beneath, in sentences, why of those that ask for something to be done, or of all where `explain`.
std::string ReviewTable(const wardwatch::v1::ReviewCamerasResponse& answer, bool map, bool explain, const Terminal& terminal);
std::string ReviewCsv(const wardwatch::v1::ReviewCamerasResponse& answer);
std::string DetailTable(const wardwatch::v1::CountDetailLevelsResponse& answer, const Terminal& terminal);
std::string DetailCsv(const wardwatch::v1::CountDetailLevelsResponse& answer);

}  // namespace server
