// PlacementService over the wire: what is answered adds up, and every answer carries what a decision needs.
#include <gmock/gmock.h>

#include <algorithm>

#include "server/codec/answer_context.h"
#include "tests/service/camera_requests.h"

namespace service_test {
namespace {

// The last piece of a stream, which is the answer; progress comes before it.
template <class Piece, class Answer, class Stub, class Request>
Answer Last(Stub& stub, std::unique_ptr<grpc::ClientReader<Piece>> (Stub::*method)(grpc::ClientContext*, const Request&), const Request& request,
            const Answer& (Piece::*part)() const, bool (Piece::*has)() const) {
  grpc::ClientContext context;
  const auto reader = (stub.*method)(&context, request);
  Piece piece;
  Answer answer;
  bool answered = false;
  while (reader->Read(&piece)) {
    EXPECT_FALSE(answered) << "a piece after the answer";
    if (!(piece.*has)()) continue;
    answer = (piece.*part)();
    answered = true;
  }
  const auto status = reader->Finish();
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_TRUE(answered);
  return answer;
}

struct CameraQuestions : ::testing::Test {
  RunningServer running{LoadStreet()};
  v1::PlacementService::Stub& placement() { return *running.clients->placement; }
  v1::SitingAnswer sited(const v1::SiteCamerasRequest& request) {
    using Piece = v1::SiteCamerasResponse;
    return Last<Piece, v1::SitingAnswer>(placement(), &v1::PlacementService::Stub::SiteCameras, request, &Piece::answer, &Piece::has_answer);
  }
  template <class Response, class Request>
  Response asked(grpc::Status (v1::PlacementService::Stub::*method)(grpc::ClientContext*, const Request&, Response*), const Request& request) {
    Response response;
    grpc::ClientContext context;
    const auto status = (placement().*method)(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
};

void ExpectDecisionReady(const v1::CameraCertificate& certificate) {
  EXPECT_GT(certificate.evidence().categories_size(), 0);
  EXPECT_GT(certificate.hours().blocks_size(), 0);
  EXPECT_TRUE(certificate.hours().has_monitored_share());
  EXPECT_GT(certificate.intrusion_size(), 0);
  EXPECT_TRUE(certificate.has_review_on());
  EXPECT_DOUBLE_EQ(certificate.median_precision_m(), 3);
  EXPECT_FALSE(certificate.level().empty());
  EXPECT_THAT(certificate.handling(), ::testing::HasSubstr("partners alone"));
}

template <class Answer>
void ExpectSealed(Answer answer) {
  const std::string hash = answer.context().answer_hash();
  answer.mutable_context()->clear_answer_hash();
  EXPECT_EQ(hash, geo::Sha256Hex(server::DeterministicBytes(answer)));
}

TEST_F(CameraQuestions, TheRegisterComesPageByPage) {
  v1::ListCamerasRequest request;
  request.set_dataset("datasets/street");
  const auto whole = asked(&v1::PlacementService::Stub::ListCameras, request);
  ASSERT_EQ(whole.cameras_size(), 2);
  EXPECT_EQ(whole.total(), 2);
  EXPECT_FALSE(whole.cameras(0).has_bearing_deg()) << "not known is not north";
  EXPECT_EQ(whole.cameras(0).state(), v1::CAMERA_STATE_FAULTY);
  EXPECT_TRUE(whole.cameras(0).movable());
  EXPECT_TRUE(whole.cameras(1).has_bearing_deg());
  EXPECT_EQ(whole.cameras(1).bearing_deg(), 0);
  EXPECT_EQ(whole.models_size(), 2);
  EXPECT_EQ(whole.layers_size(), 4);
  request.set_page_size(1);
  const auto first = asked(&v1::PlacementService::Stub::ListCameras, request);
  request.set_page_token(first.next_page_token());
  const auto second = asked(&v1::PlacementService::Stub::ListCameras, request);
  EXPECT_EQ(first.cameras(0).id() + second.cameras(0).id(), "ba");
  EXPECT_TRUE(second.next_page_token().empty());
}

TEST_F(CameraQuestions, GainsAddUpToWhatIsCovered) {
  const v1::SitingAnswer answer = sited(SitesOf2023());
  ASSERT_EQ(answer.picks_size(), 2);
  double covered = answer.before();
  for (const v1::SitedCamera& pick : answer.picks()) {
    covered += pick.gain();
    EXPECT_DOUBLE_EQ(pick.cumulative(), covered);
    EXPECT_LE(pick.unique(), pick.sees());
    EXPECT_NE(pick.id(), "D") << "D lies inside a building";
    EXPECT_NE(pick.id(), "E") << "E has no power";
  }
  EXPECT_DOUBLE_EQ(answer.covered(), covered);
  EXPECT_LE(answer.covered(), answer.coverable());
  EXPECT_LE(answer.coverable(), answer.total());
  ASSERT_EQ(answer.left_out_size(), 1);
  EXPECT_EQ(answer.left_out(0).reason(), "SITE_INSIDE_BUILDING");
  const v1::CameraCertificate& certificate = answer.certificate();
  ExpectDecisionReady(certificate);
  EXPECT_TRUE(certificate.solver().proved_optimal());
  EXPECT_EQ(certificate.solver().gap(), 0);
  EXPECT_EQ(certificate.robustness().draws(), 50);
  ExpectSealed(answer);
}

TEST_F(CameraQuestions, ALargerChoiceNeverCoversLess) {
  v1::SiteCamerasRequest request = SitesOf2023();
  double before = 0;
  for (int picks = 0; picks <= 4; ++picks) {
    request.set_picks(picks);
    const double covered = sited(request).covered();
    EXPECT_GE(covered, before);
    before = covered;
  }
  // More cameras than sites: all that are of use.
  request.set_picks(500);
  EXPECT_DOUBLE_EQ(sited(request).covered(), before);
}

TEST_F(CameraQuestions, AGreedyChoiceSaysThatNothingIsProved) {
  v1::SiteCamerasRequest request = SitesOf2023();
  request.set_greedy(true);
  const v1::SitingAnswer greedy = sited(request);
  EXPECT_LE(greedy.covered(), sited(SitesOf2023()).covered());
  EXPECT_GE(greedy.certificate().solver().bound(), greedy.certificate().solver().value());
}

TEST_F(CameraQuestions, AChoiceIsTestedByDrawsAndByYears) {
  v1::TestSitingRequest request = TestOf2023();
  request.add_years()->set_calendar_year(2022);
  using Piece = v1::TestSitingResponse;
  const auto answer = Last<Piece, v1::SitingTest>(placement(), &v1::PlacementService::Stub::TestSiting, request, &Piece::answer, &Piece::has_answer);
  EXPECT_EQ(answer.draws(), 10);
  ASSERT_EQ(answer.years_size(), 1);
  EXPECT_DOUBLE_EQ(answer.years(0).kept(), 1) << "every year of the street is the same";
  EXPECT_GT(answer.range_m(), answer.median_precision_m());
  ExpectDecisionReady(answer.certificate());
}

TEST_F(CameraQuestions, TheReviewTellsEveryCameraWhatToDo) {
  v1::ReviewCamerasRequest request = ReviewOf2023();
  request.mutable_earlier()->set_calendar_year(2022);
  const auto answer = asked(&v1::PlacementService::Stub::ReviewCameras, request);
  ASSERT_EQ(answer.cameras_size(), 2);
  EXPECT_EQ(answer.cameras(0).review(), v1::REVIEW_CLASS_REPAIR_FIRST);
  EXPECT_EQ(answer.cameras(1).review(), v1::REVIEW_CLASS_KEEP);
  EXPECT_THAT(answer.cameras(0).reasons(), ::testing::IsSupersetOf({"OUT_OF_ORDER", "BEARING_UNKNOWN"}));
  for (const v1::CameraReview& camera : answer.cameras()) {
    EXPECT_EQ(camera.reasons_size(), camera.sentences_size());
    EXPECT_LE(camera.unique(), camera.recent() + 1e-9);
    EXPECT_TRUE(camera.has_change());
  }
  EXPECT_LE(answer.covered(), answer.covered_if_repaired());
  EXPECT_LE(answer.covered_if_repaired(), answer.total());
  EXPECT_DOUBLE_EQ(answer.rules().need_per_year(), 12);
  ExpectSealed(answer);
}

TEST_F(CameraQuestions, UnitsGoWhereTheyAreExpectedToSeeMost) {
  using Piece = v1::PlanRedeployablesResponse;
  const auto plan =
      Last<Piece, v1::RedeploymentPlan>(placement(), &v1::PlacementService::Stub::PlanRedeployables, UnitsFrom2021(), &Piece::plan, &Piece::has_plan);
  ASSERT_EQ(plan.deployments_size(), 4);
  double expected = 0;
  for (const v1::Deployment& at : plan.deployments()) {
    expected += at.expected();
    EXPECT_EQ(at.unit(), "R1");
    EXPECT_TRUE(at.has_review_on());
    EXPECT_LE(at.interval().low(), at.expected());
  }
  EXPECT_NEAR(plan.expected(), expected, 1e-9);
  EXPECT_GE(plan.expected(), plan.staying());
  EXPECT_EQ(plan.moves(), 1) << "seasons of the street are alike: once there, it stays";
  ExpectDecisionReady(plan.certificate());
}

TEST_F(CameraQuestions, APackOfEvidenceFillsInTheForms) {
  const auto answer = asked(&v1::PlacementService::Stub::GatherSiteEvidence, EvidenceAtC());
  EXPECT_LE(answer.marginal(), answer.need());
  EXPECT_EQ(answer.years_size(), 3);
  EXPECT_TRUE(answer.has_change());
  ExpectDecisionReady(answer.certificate());
  ASSERT_GT(answer.form_fields_size(), 5);
  EXPECT_TRUE(std::any_of(answer.form_fields().begin(), answer.form_fields().end(), [](const v1::FormField& field) { return field.to_be_filled_in(); }));
  for (const v1::FormField& field : answer.form_fields()) EXPECT_FALSE(field.answer().empty()) << field.question();
}

std::vector<std::string> Reasons(const v1::CameraCertificate& certificate) {
  std::vector<std::string> reasons;
  for (const v1::CameraNote& note : certificate.notes()) reasons.push_back(note.reason());
  return reasons;
}

TEST_F(CameraQuestions, YearsThatAreNotToldAreNamed) {
  using ::testing::Contains;
  using ::testing::HasSubstr;
  using ::testing::Not;
  v1::GatherSiteEvidenceRequest request = EvidenceAtC();
  request.mutable_period()->set_calendar_year(2022);
  const auto short_of_one = asked(&v1::PlacementService::Stub::GatherSiteEvidence, request);
  EXPECT_EQ(short_of_one.years_size(), 2) << "the data begins in 2021";
  EXPECT_THAT(Reasons(short_of_one.certificate()), Contains("YEAR_LEFT_OUT"));
  EXPECT_TRUE(short_of_one.has_change());
  EXPECT_THAT(Reasons(short_of_one.certificate()), Not(Contains("CHANGE_NOT_TOLD")));
  request.add_years()->set_calendar_year(2021);
  request.add_years()->set_calendar_year(2023);
  const auto apart = asked(&v1::PlacementService::Stub::GatherSiteEvidence, request);
  EXPECT_EQ(apart.years_size(), 2);
  EXPECT_FALSE(apart.has_change());
  EXPECT_THAT(Reasons(apart.certificate()), Contains("CHANGE_NOT_TOLD"));
}

TEST_F(CameraQuestions, WhyNothingIsPickedIsSaid) {
  v1::SiteCamerasRequest request = SitesOf2023();
  request.set_picks(0);
  v1::SitingAnswer answer = sited(request);
  ASSERT_EQ(answer.picks_size(), 0);
  EXPECT_THAT(Reasons(answer.certificate()), ::testing::Contains("NO_PICK_ASKED_FOR"));
  request.clear_picks();
  request.set_budget_pence(1);
  answer = sited(request);
  ASSERT_EQ(answer.picks_size(), 0);
  EXPECT_THAT(Reasons(answer.certificate()), ::testing::Contains("BUDGET_TOO_SMALL"));
}

TEST_F(CameraQuestions, WhomStandingCamerasWatchIsToldApart) {
  const v1::SitingAnswer answer = sited(SitesOf2023());
  ASSERT_EQ(answer.certificate().intrusion_before_size(), answer.certificate().intrusion_size());
  for (int i = 0; i < answer.certificate().intrusion_size(); ++i) {
    EXPECT_LE(answer.certificate().intrusion_before(i).places(), answer.certificate().intrusion(i).places());
  }
}

TEST_F(CameraQuestions, LevelsOfDetailAddUpToTheTotal) {
  const auto answer = asked(&v1::PlacementService::Stub::CountDetailLevels, DetailOf2023());
  ASSERT_EQ(answer.levels_size(), 6);
  double finer = answer.total();
  for (const v1::DetailCount& count : answer.levels()) {
    EXPECT_NEAR(count.unseen() + count.by_one() + count.by_more(), answer.total(), 1e-9);
    EXPECT_LE(count.by_one() + count.by_more(), finer + 1e-9);
    finer = count.by_one() + count.by_more();
  }
}

TEST_F(CameraQuestions, ResponsesSayTheGradeAndRecommendNone) {
  const auto answer = asked(&v1::PlacementService::Stub::CompareResponses, ResponsesOf2023());
  ASSERT_GT(answer.hotspots_size(), 0);
  EXPECT_THAT(answer.evidence(), ::testing::HasSubstr("Studies"));
  for (const v1::HotspotResponse& place : answer.hotspots()) {
    EXPECT_NE(place.camera().grade(), v1::EVIDENCE_GRADE_UNSPECIFIED);
    EXPECT_LE(place.lighting().supported_share(), place.dark_share() + 1e-9) << "lighting helps in darkness alone";
  }
}

TEST_F(CameraQuestions, TurningAwayAvoidsHomes) {
  const auto answer = asked(&v1::PlacementService::Stub::SweepBearings, BearingsAtC());
  EXPECT_EQ(answer.bearings_size(), 24);
  EXPECT_GE(answer.places_avoided(), 0);
  EXPECT_GE(answer.cover_lost_by_turning(), 0);
  ExpectDecisionReady(answer.certificate());
}

TEST_F(CameraQuestions, AskedTwiceTheBytesAreTheSame) {
  EXPECT_EQ(server::DeterministicBytes(sited(SitesOf2023())), server::DeterministicBytes(sited(SitesOf2023())));
  const auto review = [&] { return server::DeterministicBytes(asked(&v1::PlacementService::Stub::ReviewCameras, ReviewOf2023())); };
  EXPECT_EQ(review(), review());
}

}  // namespace
}  // namespace service_test
