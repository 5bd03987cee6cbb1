// Flags of `wardwatch wards ...` to requests. Text and files are judged here; ranges are judged by the server. Errors name the flag.
#pragma once

#include <string>

#include "geo/types/result.h"
#include "server/cli/command_flags.h"

namespace wardwatch::v1 {
class AnalyseTrendsRequest;
class CheckRiseRequest;
class CompareBoundariesRequest;
class CompareWardsRequest;
class CompareYearsRequest;
class CrosswalkCountsRequest;
class RankWardsRequest;
}  // namespace wardwatch::v1

namespace server {

geo::Result<wardwatch::v1::CompareWardsRequest> MakeCompareRequest(const CommandLine& line, const std::string& dataset);
geo::Result<wardwatch::v1::CompareYearsRequest> MakeYearsRequest(const CommandLine& line, const std::string& dataset);
geo::Result<wardwatch::v1::RankWardsRequest> MakeRankRequest(const CommandLine& line, const std::string& dataset);
geo::Result<wardwatch::v1::AnalyseTrendsRequest> MakeTrendRequest(const CommandLine& line, const std::string& dataset);
geo::Result<wardwatch::v1::CheckRiseRequest> MakeRiseRequest(const CommandLine& line, const std::string& dataset);
// Reads the draft; a file that is not there, or over 768 KiB, is an Error.
geo::Result<wardwatch::v1::CompareBoundariesRequest> MakeBoundariesRequest(const CommandLine& line, const std::string& dataset);
// Reads the table.
geo::Result<wardwatch::v1::CrosswalkCountsRequest> MakeCrosswalkRequest(const CommandLine& line, const std::string& dataset);

}  // namespace server
