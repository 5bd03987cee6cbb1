// Where movable units go, as a table and as csv.
#pragma once

#include <string>

#include "server/cli/terminal.h"

namespace wardwatch::v1 {
class RedeploymentPlan;
}  // namespace wardwatch::v1

namespace server {

std::string RedeploymentTable(const wardwatch::v1::RedeploymentPlan& plan, const Terminal& terminal);
std::string RedeploymentCsv(const wardwatch::v1::RedeploymentPlan& plan);

}  // namespace server
