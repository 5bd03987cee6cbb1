// Calls to wardwatchd: deadlines, pages, one polite retry, and errors as geo::Error.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "geo/types/result.h"

namespace wardwatch::v1 {
class AnalyseTrendsRequest;
class AnalyseTrendsResponse;
class CheckRiseRequest;
class CheckRiseResponse;
class CompareBoundariesRequest;
class CompareBoundariesResponse;
class CompareResponsesRequest;
class CompareResponsesResponse;
class CompareWardsRequest;
class CompareWardsResponse;
class CompareYearsRequest;
class CompareYearsResponse;
class ComputeSurfaceRequest;
class CountDetailLevelsRequest;
class CountDetailLevelsResponse;
class CrosswalkCountsRequest;
class CrosswalkCountsResponse;
class FindAreaHotspotsRequest;
class FindAreaHotspotsResponse;
class FindHotspotsRequest;
class FindHotspotsResponse;
class FindPlacesRequest;
class FindPlacesResponse;
class GatherSiteEvidenceRequest;
class GatherSiteEvidenceResponse;
class GetCoverageRequest;
class GetCoverageResponse;
class GetDatasetRequest;
class GetDatasetResponse;
class GetStatusResponse;
class ListAreasRequest;
class ListAreasResponse;
class ListCamerasRequest;
class ListCamerasResponse;
class ListDatasetsResponse;
class ListIncidentsRequest;
class ListIncidentsResponse;
class ListWorkstreamRevisionsRequest;
class ListWorkstreamRevisionsResponse;
class ListWorkstreamsRequest;
class ListWorkstreamsResponse;
class PlanRedeployablesRequest;
class ProfilePlaceRequest;
class ProfilePlaceResponse;
class Progress;
class RankPrioritiesRequest;
class RankPrioritiesResponse;
class RankWardsRequest;
class RankWardsResponse;
class RedeploymentPlan;
class ReloadResponse;
class RemoveWorkstreamRequest;
class RemoveWorkstreamResponse;
class ReviewCamerasRequest;
class ReviewCamerasResponse;
class SaveWorkstreamRequest;
class SaveWorkstreamResponse;
class SiteCamerasRequest;
class SitingAnswer;
class SitingTest;
class SweepBearingsRequest;
class SweepBearingsResponse;
class TestSitingRequest;
}  // namespace wardwatch::v1

namespace server {

struct SurfaceAnswer;

// How far the server is; called on the thread that asked.
using TakeProgress = std::function<void(const wardwatch::v1::Progress&)>;

// The `reason` of an Error when cancel() ended the call.
inline constexpr const char* kInterrupted = "INTERRUPTED";
// The `reason` of an Error when no server answered at that address.
inline constexpr const char* kUnreachable = "UNREACHABLE";

// Each call, and each page, may take `timeout`. A call that the server refuses as RESOURCE_EXHAUSTED with `retry-after-ms` is made once more after that time
// (and no longer than the timeout). Lists come back whole: every page is fetched, and the context is that of the first.
// Errors: the server's code and message, `reason` and `field` from its trailing metadata; kUnavailable with kUnreachable when nobody answers.
class Connection {
 public:
  Connection(const std::string& server, std::chrono::milliseconds timeout);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  const std::string& server() const;

  geo::Result<wardwatch::v1::ListDatasetsResponse> list_datasets();
  geo::Result<wardwatch::v1::GetDatasetResponse> get_dataset(const wardwatch::v1::GetDatasetRequest& request);
  geo::Result<wardwatch::v1::GetCoverageResponse> get_coverage(const wardwatch::v1::GetCoverageRequest& request);
  geo::Result<wardwatch::v1::ListAreasResponse> list_areas(wardwatch::v1::ListAreasRequest request);
  geo::Result<wardwatch::v1::FindHotspotsResponse> find_hotspots(wardwatch::v1::FindHotspotsRequest request);
  // The same answer, with progress while it is made.
  geo::Result<wardwatch::v1::FindHotspotsResponse> watch_hotspots(const wardwatch::v1::FindHotspotsRequest& request, const TakeProgress& progress);
  // The whole raster. Error: kInternal BAD_STREAM for a stream that is not a header, all of its rows in order, and a context.
  geo::Result<SurfaceAnswer> compute_surface(const wardwatch::v1::ComputeSurfaceRequest& request, const TakeProgress& progress);
  geo::Result<wardwatch::v1::FindPlacesResponse> find_places(const wardwatch::v1::FindPlacesRequest& request);
  geo::Result<wardwatch::v1::FindAreaHotspotsResponse> find_area_hotspots(wardwatch::v1::FindAreaHotspotsRequest request);
  geo::Result<wardwatch::v1::CompareWardsResponse> compare_wards(const wardwatch::v1::CompareWardsRequest& request);
  geo::Result<wardwatch::v1::CompareYearsResponse> compare_years(const wardwatch::v1::CompareYearsRequest& request);
  geo::Result<wardwatch::v1::RankWardsResponse> rank_wards(const wardwatch::v1::RankWardsRequest& request);
  geo::Result<wardwatch::v1::AnalyseTrendsResponse> analyse_trends(const wardwatch::v1::AnalyseTrendsRequest& request);
  geo::Result<wardwatch::v1::CheckRiseResponse> check_rise(const wardwatch::v1::CheckRiseRequest& request);
  geo::Result<wardwatch::v1::CompareBoundariesResponse> compare_boundaries(const wardwatch::v1::CompareBoundariesRequest& request);
  geo::Result<wardwatch::v1::CrosswalkCountsResponse> crosswalk_counts(const wardwatch::v1::CrosswalkCountsRequest& request);
  geo::Result<wardwatch::v1::RankPrioritiesResponse> rank_priorities(const wardwatch::v1::RankPrioritiesRequest& request);
  geo::Result<wardwatch::v1::ProfilePlaceResponse> profile_place(const wardwatch::v1::ProfilePlaceRequest& request);
  geo::Result<wardwatch::v1::ListWorkstreamsResponse> list_workstreams(const wardwatch::v1::ListWorkstreamsRequest& request);
  geo::Result<wardwatch::v1::ListWorkstreamRevisionsResponse> list_workstream_revisions(wardwatch::v1::ListWorkstreamRevisionsRequest request);
  geo::Result<wardwatch::v1::SaveWorkstreamResponse> save_workstream(const wardwatch::v1::SaveWorkstreamRequest& request);
  geo::Result<wardwatch::v1::RemoveWorkstreamResponse> remove_workstream(const wardwatch::v1::RemoveWorkstreamRequest& request);
  geo::Result<wardwatch::v1::ListCamerasResponse> list_cameras(wardwatch::v1::ListCamerasRequest request);
  // Out of time the server answers with its best so far: a little before the timeout.
  geo::Result<wardwatch::v1::SitingAnswer> site_cameras(const wardwatch::v1::SiteCamerasRequest& request, const TakeProgress& progress);
  geo::Result<wardwatch::v1::SitingTest> test_siting(const wardwatch::v1::TestSitingRequest& request, const TakeProgress& progress);
  geo::Result<wardwatch::v1::RedeploymentPlan> plan_redeployables(const wardwatch::v1::PlanRedeployablesRequest& request, const TakeProgress& progress);
  geo::Result<wardwatch::v1::ReviewCamerasResponse> review_cameras(const wardwatch::v1::ReviewCamerasRequest& request);
  geo::Result<wardwatch::v1::GatherSiteEvidenceResponse> gather_site_evidence(const wardwatch::v1::GatherSiteEvidenceRequest& request);
  geo::Result<wardwatch::v1::CountDetailLevelsResponse> count_detail_levels(const wardwatch::v1::CountDetailLevelsRequest& request);
  geo::Result<wardwatch::v1::CompareResponsesResponse> compare_responses(const wardwatch::v1::CompareResponsesRequest& request);
  geo::Result<wardwatch::v1::SweepBearingsResponse> sweep_bearings(const wardwatch::v1::SweepBearingsRequest& request);
  // Hands over chunk by chunk; an Error from `take` ends the stream and is returned.
  geo::Result<void> list_incidents(const wardwatch::v1::ListIncidentsRequest& request,
                                   const std::function<geo::Result<void>(const wardwatch::v1::ListIncidentsResponse&)>& take);
  geo::Result<wardwatch::v1::GetStatusResponse> get_status();
  geo::Result<wardwatch::v1::ReloadResponse> reload();

  // From any thread: ends the call under way, and every later one, with kCancelled kInterrupted. False when no call was under way.
  bool cancel();

 private:
  struct Channel;
  std::unique_ptr<Channel> channel_;
};

}  // namespace server
