// Which sites, what each adds, and would the choice change: as tables and as csv.
#pragma once

#include <string>

#include "server/cli/terminal.h"

namespace wardwatch::v1 {
class SitingAnswer;
class SitingTest;
}  // namespace wardwatch::v1

namespace server {

std::string SitingTable(const wardwatch::v1::SitingAnswer& answer, bool map, const Terminal& terminal);
std::string SitingCsv(const wardwatch::v1::SitingAnswer& answer);  // a record for each pick
std::string SitingTestTable(const wardwatch::v1::SitingTest& answer, const Terminal& terminal);
std::string SitingTestCsv(const wardwatch::v1::SitingTest& answer);

}  // namespace server
