// Flags of `wardwatch plan ...` to requests. Text and files are judged here; ranges are judged by the server. Errors name the flag.
#pragma once

#include <string>

#include "geo/types/result.h"
#include "server/cli/command_flags.h"

namespace wardwatch::v1 {
class ProfilePlaceRequest;
class RankPrioritiesRequest;
}  // namespace wardwatch::v1

namespace server {

geo::Result<wardwatch::v1::RankPrioritiesRequest> MakePrioritiesRequest(const CommandLine& line, const std::string& dataset);
// Reads the shape; a file that is not there, or over 768 KiB, is an Error.
geo::Result<wardwatch::v1::ProfilePlaceRequest> MakeProfileRequest(const CommandLine& line, const std::string& dataset);

}  // namespace server
