// Workstreams and their history, for people.
#pragma once

#include <string>

#include "server/cli/terminal.h"

namespace wardwatch::v1 {
class ListWorkstreamRevisionsResponse;
class ListWorkstreamsResponse;
class NamedTimeWindow;
class Workstream;
}  // namespace wardwatch::v1

namespace server {

// "night-violence (Violence at night; Alcohol): robbery 3, public-order 1; 20:00-06:00 thu,fri,sat; proxy: ...".
std::string WorkstreamNote(const wardwatch::v1::Workstream& workstream);
// "night-time-economy (Night-time economy): 20:00-06:00 thu,fri,sat".
std::string TimeWindowNote(const wardwatch::v1::NamedTimeWindow& window);

std::string WorkstreamsTable(const wardwatch::v1::ListWorkstreamsResponse& answer, const Terminal& terminal);
// Everything of one, a line each.
std::string WorkstreamLines(const wardwatch::v1::Workstream& workstream, const Terminal& terminal);
std::string RevisionsTable(const wardwatch::v1::ListWorkstreamRevisionsResponse& answer, const Terminal& terminal);

}  // namespace server
