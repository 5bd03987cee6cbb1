// Flags of `wardwatch cameras ...` to requests. Text and files are judged here; ranges are judged by the server. Errors name the flag.
#pragma once

#include <string>

#include "geo/types/result.h"
#include "server/cli/command_flags.h"

namespace wardwatch::v1 {
class CompareResponsesRequest;
class CountDetailLevelsRequest;
class GatherSiteEvidenceRequest;
class ListCamerasRequest;
class PlanRedeployablesRequest;
class ReviewCamerasRequest;
class SiteCamerasRequest;
class SweepBearingsRequest;
class TestSitingRequest;
}  // namespace wardwatch::v1

namespace server {

geo::Result<wardwatch::v1::ListCamerasRequest> MakeListCamerasRequest(const CommandLine& line, const std::string& dataset);
// Asks for views where the answer is to be drawn: any format but csv.
geo::Result<wardwatch::v1::SiteCamerasRequest> MakeSiteCamerasRequest(const CommandLine& line, const std::string& dataset);
geo::Result<wardwatch::v1::TestSitingRequest> MakeTestSitingRequest(const CommandLine& line, const std::string& dataset);
geo::Result<wardwatch::v1::ReviewCamerasRequest> MakeReviewCamerasRequest(const CommandLine& line, const std::string& dataset);
geo::Result<wardwatch::v1::PlanRedeployablesRequest> MakePlanRedeployablesRequest(const CommandLine& line, const std::string& dataset);
geo::Result<wardwatch::v1::GatherSiteEvidenceRequest> MakeSiteEvidenceRequest(const CommandLine& line, const std::string& dataset);
geo::Result<wardwatch::v1::CountDetailLevelsRequest> MakeDetailLevelsRequest(const CommandLine& line, const std::string& dataset);
geo::Result<wardwatch::v1::CompareResponsesRequest> MakeResponsesRequest(const CommandLine& line, const std::string& dataset);
geo::Result<wardwatch::v1::SweepBearingsRequest> MakeSweepBearingsRequest(const CommandLine& line, const std::string& dataset);

}  // namespace server
