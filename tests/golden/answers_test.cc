// Golden answers: text request in, text answer out, compared letter for letter with the one that was accepted.
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>

#include "geo/disclosure/disclosed.h"
#include "geo/geodesy/british_grid.h"
#include "server/codec/answer_piece.h"
#include "server/codec/area_hotspot_codec.h"
#include "server/codec/boundary_codec.h"
#include "server/codec/camera_review_codec.h"
#include "server/codec/crosswalk_codec.h"
#include "server/codec/dataset_codec.h"
#include "server/codec/hotspot_codec.h"
#include "server/codec/incident_codec.h"
#include "server/codec/place_codec.h"
#include "server/codec/priority_codec.h"
#include "server/codec/profile_codec.h"
#include "server/codec/rank_codec.h"
#include "server/codec/redeployment_codec.h"
#include "server/codec/response_codec.h"
#include "server/codec/rise_codec.h"
#include "server/codec/site_evidence_codec.h"
#include "server/codec/siting_codec.h"
#include "server/codec/surface_codec.h"
#include "server/codec/trend_codec.h"
#include "server/codec/ward_codec.h"
#include "server/codec/workstream_codec.h"
#include "server/codec/years_codec.h"
#include "tests/service/drawn_town.h"
#include "tests/service/street_town.h"
#include "tests/support/paths.h"

namespace golden_test {
namespace {

namespace v1 = ::wardwatch::v1;
namespace fs = std::filesystem;
using google::protobuf::TextFormat;

const fs::path kFolder = fs::path(WARDWATCH_REPOSITORY) / "tests/golden";

std::string ReadText(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

const geo::Snapshot& Town() {
  static const auto town = service_test::DrawnTown().build();
  return *town;
}

const geo::Snapshot& Street() {
  static const auto street = service_test::StreetTown().build();
  return *street;
}

// Sums of kernels have the same bytes on one instruction set and agree to 12 digits across them: what is compared between machines is 10 digits, and no hash of
// the bytes. tests/service/determinism_test.cc holds this machine to its own bytes.
class TenDigits final : public TextFormat::FastFieldValuePrinter {
 public:
  void PrintDouble(double value, TextFormat::BaseTextGenerator* generator) const override {
    char text[40];
    const int length = std::snprintf(text, sizeof text, "%.10g", value);
    generator->Print(text, static_cast<std::size_t>(length));
  }
};

std::string TextOf(const google::protobuf::Message& message) {
  static const std::set<std::string> kOfSums = {"wardwatch/v1/hotspot_service.proto", "wardwatch/v1/surface.proto", "wardwatch/v1/place.proto",
                                                "wardwatch/v1/area_hotspot.proto"};
  const bool of_sums = kOfSums.contains(message.GetDescriptor()->file()->name());
  TextFormat::Printer printer;
  if (of_sums) printer.SetDefaultFieldValuePrinter(new TenDigits);  // the printer owns it
  std::string text;
  printer.PrintToString(message, &text);
  if (!of_sums) return text;
  // By hand: std::regex sets off a false alarm of g++ 12 in the sanitizer build.
  const std::string field = "answer_hash: \"";
  for (std::size_t at = text.find(field); at != std::string::npos; at = text.find(field, at)) {
    at += field.size();
    const std::size_t end = text.find_first_not_of("0123456789abcdef", at);
    if (end != std::string::npos && end - at == 64) text.replace(at, 64, "(64 digits)");
  }
  return text;
}

std::string TextOf(const geo::Error& error) { return "# " + error.reason + " on " + error.field + ": " + error.message + "\n"; }

template <class Response, class Request, class Decode, class Compute, class Encode>
std::string Answer(const std::string& text, Decode decode, Compute compute, Encode encode, const geo::Snapshot& snapshot = Town()) {
  Request request;
  if (!TextFormat::ParseFromString(text, &request)) return "# the request does not parse\n";
  const auto call = decode(request, snapshot);
  if (!call) return TextOf(call.error());
  auto answer = compute(*call, geo::NeverStop());
  if (!answer) return TextOf(answer.error());
  Response response;
  const auto rows = encode(*call, geo::Disclose(std::move(*answer), geo::Role::kAnalyst), response);
  if (!rows) return TextOf(rows.error());
  server::SealAnswer(response);
  return TextOf(response);
}

template <class Response, class Request, class Decode, class Compute, class Open>
std::string AnswerPieces(const std::string& text, Decode decode, Compute compute, Open open, const geo::Snapshot& snapshot = Town()) {
  Request request;
  if (!TextFormat::ParseFromString(text, &request)) return "# the request does not parse\n";
  auto call = decode(request, snapshot);
  if (!call) return TextOf(call.error());
  auto whole = compute(*call, geo::NeverStop());
  if (!whole) return TextOf(whole.error());
  auto pieces = open(std::move(*call), geo::Disclose(std::move(*whole), geo::Role::kAnalyst));
  std::string answer;
  while (true) {
    Response piece;
    const auto more = pieces.next(piece, geo::NeverStop());
    if (!more) return TextOf(more.error());
    answer += TextOf(piece);
    if (!*more) return answer;
  }
}

// Makes Pieces of a call and its answer.
template <class Pieces>
constexpr auto Opening = [](auto&& call, auto&& answer) { return Pieces(std::move(call), std::move(answer)); };

// Of WardService.
std::optional<std::string> WardAnswerTo(const std::string& method, const std::string& text) {
  using namespace server;
  if (method == "CompareWards") return Answer<v1::CompareWardsResponse, v1::CompareWardsRequest>(text, DecodeCompareWards, ComputeWards, EncodeCompareWards);
  if (method == "CompareYears") return Answer<v1::CompareYearsResponse, v1::CompareYearsRequest>(text, DecodeCompareYears, ComputeYears, EncodeCompareYears);
  if (method == "RankWards") return Answer<v1::RankWardsResponse, v1::RankWardsRequest>(text, DecodeRankWards, ComputeRanks, EncodeRankWards);
  if (method == "AnalyseTrends")
    return Answer<v1::AnalyseTrendsResponse, v1::AnalyseTrendsRequest>(text, DecodeAnalyseTrends, ComputeTrends, EncodeAnalyseTrends);
  if (method == "CheckRise") return Answer<v1::CheckRiseResponse, v1::CheckRiseRequest>(text, DecodeCheckRise, ComputeRise, EncodeCheckRise);
  if (method == "CompareBoundaries")
    return Answer<v1::CompareBoundariesResponse, v1::CompareBoundariesRequest>(text, DecodeCompareBoundaries, ComputeBoundaries, EncodeCompareBoundaries);
  if (method == "CrosswalkCounts")
    return Answer<v1::CrosswalkCountsResponse, v1::CrosswalkCountsRequest>(text, DecodeCrosswalkCounts, ComputeCrosswalk, EncodeCrosswalkCounts);
  return std::nullopt;
}

// Of PlanningService.
std::optional<std::string> PlanAnswerTo(const std::string& method, const std::string& text) {
  using namespace server;
  if (method == "RankPriorities")
    return Answer<v1::RankPrioritiesResponse, v1::RankPrioritiesRequest>(text, DecodeRankPriorities, ComputePriorities, EncodeRankPriorities);
  if (method == "ProfilePlace") return Answer<v1::ProfilePlaceResponse, v1::ProfilePlaceRequest>(text, DecodeProfilePlace, ComputeProfile, EncodeProfilePlace);
  if (method == "ListWorkstreams")
    return Answer<v1::ListWorkstreamsResponse, v1::ListWorkstreamsRequest>(text, DecodeListWorkstreams, ComputeWorkstreams, EncodeListWorkstreams);
  if (method == "ListWorkstreamRevisions")
    return Answer<v1::ListWorkstreamRevisionsResponse, v1::ListWorkstreamRevisionsRequest>(text, DecodeListRevisions, ComputeRevisions, EncodeListRevisions);
  return std::nullopt;
}

// Of PlacementService, asked of the drawn street.
std::optional<std::string> CameraAnswerTo(const std::string& method, const std::string& text) {
  using namespace server;
  using Sited = AnswerPiece<SitingCall, SitedAnswer, EncodeSiteCameras, &v1::SiteCamerasResponse::mutable_answer>;
  using Tested = AnswerPiece<SitingTestCall, SitingTestAnswer, EncodeTestSiting, &v1::TestSitingResponse::mutable_answer>;
  using Planned = AnswerPiece<RedeployCall, PlannedUnits, EncodeRedeployment, &v1::PlanRedeployablesResponse::mutable_plan>;
  if (method == "ListCameras")
    return Answer<v1::ListCamerasResponse, v1::ListCamerasRequest>(text, DecodeListCameras, ComputeRegister, EncodeListCameras, Street());
  if (method == "SiteCameras")
    return AnswerPieces<v1::SiteCamerasResponse, v1::SiteCamerasRequest>(text, DecodeSiteCameras, ComputeSiting, Opening<Sited>, Street());
  if (method == "TestSiting")
    return AnswerPieces<v1::TestSitingResponse, v1::TestSitingRequest>(text, DecodeTestSiting, ComputeSitingTest, Opening<Tested>, Street());
  if (method == "ReviewCameras")
    return Answer<v1::ReviewCamerasResponse, v1::ReviewCamerasRequest>(text, DecodeReviewCameras, ComputeReview, EncodeReviewCameras, Street());
  if (method == "PlanRedeployables")
    return AnswerPieces<v1::PlanRedeployablesResponse, v1::PlanRedeployablesRequest>(text, DecodePlanRedeployables, ComputeRedeployment, Opening<Planned>,
                                                                                     Street());
  if (method == "GatherSiteEvidence")
    return Answer<v1::GatherSiteEvidenceResponse, v1::GatherSiteEvidenceRequest>(text, DecodeGatherSiteEvidence, ComputeSiteEvidence, EncodeSiteEvidence,
                                                                                 Street());
  if (method == "CountDetailLevels")
    return Answer<v1::CountDetailLevelsResponse, v1::CountDetailLevelsRequest>(text, DecodeCountDetailLevels, ComputeDetailLevels, EncodeCountDetailLevels,
                                                                               Street());
  if (method == "CompareResponses")
    return Answer<v1::CompareResponsesResponse, v1::CompareResponsesRequest>(text, DecodeCompareResponses, ComputeResponses, EncodeCompareResponses, Street());
  if (method == "SweepBearings")
    return Answer<v1::SweepBearingsResponse, v1::SweepBearingsRequest>(text, DecodeSweepBearings, ComputeBearings, EncodeSweepBearings, Street());
  return std::nullopt;
}

std::string AnswerTo(const std::string& method, const std::string& text) {
  using namespace server;
  if (method == "FindHotspots") return Answer<v1::FindHotspotsResponse, v1::FindHotspotsRequest>(text, DecodeFindHotspots, ComputeHotspots, EncodeFindHotspots);
  if (method == "WatchHotspots")
    return AnswerPieces<v1::WatchHotspotsResponse, v1::WatchHotspotsRequest>(text, DecodeWatchHotspots, ComputeWatchedHotspots, Opening<WatchedAnswer>);
  if (method == "ComputeSurface")
    return AnswerPieces<v1::ComputeSurfaceResponse, v1::ComputeSurfaceRequest>(text, DecodeComputeSurface, ComputeSurface, Opening<SurfacePieces>);
  if (method == "FindPlaces") return Answer<v1::FindPlacesResponse, v1::FindPlacesRequest>(text, DecodeFindPlaces, ComputePlaces, EncodeFindPlaces);
  if (method == "FindAreaHotspots")
    return Answer<v1::FindAreaHotspotsResponse, v1::FindAreaHotspotsRequest>(text, DecodeFindAreaHotspots, ComputeAreaHotspots, EncodeFindAreaHotspots);
  if (const auto wards = WardAnswerTo(method, text)) return *wards;
  if (const auto plans = PlanAnswerTo(method, text)) return *plans;
  if (const auto cameras = CameraAnswerTo(method, text)) return *cameras;
  if (method == "ListDatasets") return Answer<v1::ListDatasetsResponse, v1::ListDatasetsRequest>(text, DecodeListDatasets, ComputeDatasets, EncodeListDatasets);
  if (method == "GetDataset") return Answer<v1::GetDatasetResponse, v1::GetDatasetRequest>(text, DecodeGetDataset, ComputeDataset, EncodeGetDataset);
  if (method == "GetCoverage") return Answer<v1::GetCoverageResponse, v1::GetCoverageRequest>(text, DecodeGetCoverage, ComputeCoverage, EncodeGetCoverage);
  if (method == "ListAreas") return Answer<v1::ListAreasResponse, v1::ListAreasRequest>(text, DecodeListAreas, ComputeAreas, EncodeListAreas);
  if (method == "ListIncidents")
    return AnswerPieces<v1::ListIncidentsResponse, v1::ListIncidentsRequest>(text, DecodeListIncidents, ComputeIncidents, Opening<IncidentChunks>);
  return "# no such method\n";
}

std::vector<std::string> Names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kFolder / "requests")) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

class Golden : public ::testing::TestWithParam<std::string> {};

TEST_P(Golden, Answer) {
  const auto grid = geo::BritishGrid::Create();
  ASSERT_TRUE(grid) << grid.error().message;
  // The answers were accepted without the OSTN15 grid, as Debian has it; with it every degree differs by metres.
  if (!grid->method().starts_with("Helmert")) GTEST_SKIP() << "this machine transforms by " << grid->method() << ", the golden answers by Helmert";
  const std::string answer = AnswerTo(GetParam().substr(0, GetParam().find('.')), ReadText(kFolder / "requests" / GetParam()));
  const fs::path accepted = kFolder / "answers" / GetParam();
  if (const char* bless = std::getenv("WARDWATCH_BLESS"); bless != nullptr && std::string_view(bless) == "1") {
    fs::create_directories(accepted.parent_path());
    std::ofstream(accepted, std::ios::binary) << answer;
    return;
  }
  ASSERT_TRUE(fs::exists(accepted)) << "no accepted answer; look at it and accept it with WARDWATCH_BLESS=1:\n" << answer;
  EXPECT_EQ(answer, ReadText(accepted));
}

INSTANTIATE_TEST_SUITE_P(All, Golden, ::testing::ValuesIn(Names()), [](const auto& request) {
  std::string name = request.param.substr(0, request.param.rfind('.'));
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
  return name;
});

// An accepted answer without a request would never be compared.
TEST(GoldenFolder, EveryAnswerHasItsRequest) {
  for (const auto& entry : fs::directory_iterator(kFolder / "answers")) {
    EXPECT_TRUE(fs::exists(kFolder / "requests" / entry.path().filename())) << entry.path();
  }
  EXPECT_GE(Names().size(), 10U);
}

}  // namespace
}  // namespace golden_test
