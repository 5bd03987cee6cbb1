// A search over the wire that takes long: progress comes before the answer, a short deadline gets the best so far with its gap, and a cancel is heard.
#include <gmock/gmock.h>

#include <chrono>
#include <set>

#include "geo/significance/counter_random.h"
#include "tests/service/camera_requests.h"

namespace service_test {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kDeadline{8000};

// 400 sites and 6,000 incidents strewn over a square kilometre.
server::SnapshotStore::Load LoadCrowdedStreet() {
  geo::DrawnDataset town = StreetTown();
  geo::CounterRandom random(1, 2, 3);
  const auto strewn = [&] { return geo::GridPoint::FromMeters(500'000 + random.below(1000), 200'300 + random.below(1000)); };
  for (int i = 0; i < 400; ++i) {
    geo::CameraSite site;
    site.id = "S" + std::to_string(i);
    site.layer = 1;
    site.at = strewn();
    town.street().sites.push_back(site);
  }
  for (int i = 0; i < 6000; ++i) {
    const geo::LocalMinute from = (geo::DayOf(2023, 1, 1) + i % 365) * geo::kMinutesPerDay + i % 1440;
    town.add({strewn(), from, from + 1, 0, 0});
  }
  return [snapshot = town.build()] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(snapshot); };
}

// Far more than can be done in a few seconds: sets that are as good, a frontier, draws.
v1::SiteCamerasRequest LongQuestion() {
  v1::SiteCamerasRequest request = SitesOf2023();
  request.set_level("detect");
  request.set_picks(60);
  request.set_frontier_points(50);
  request.set_alternatives(50);
  request.set_robustness_draws(1000);
  return request;
}

TEST(CameraDeadline, ProgressThenTheBestSoFarWithItsGap) {
  RunningServer running(LoadCrowdedStreet());
  grpc::ClientContext context;
  const auto began = steady_clock::now();
  // A fifth of it, a second at most, is kept for what is still to be done with the best so far, on a machine that does other things too.
  context.set_deadline(std::chrono::system_clock::now() + kDeadline);
  const auto reader = running.clients->placement->SiteCameras(&context, LongQuestion());
  v1::SiteCamerasResponse piece;
  std::set<std::string> stages;
  std::optional<v1::SitingAnswer> answer;
  while (reader->Read(&piece)) {
    if (piece.has_progress()) {
      EXPECT_FALSE(answer.has_value());
      stages.insert(piece.progress().stage());
      if (piece.progress().has_bound()) {
        EXPECT_LE(piece.progress().value(), piece.progress().bound() + 1e-6);
      }
    }
    if (piece.has_answer()) answer = piece.answer();
  }
  const auto status = reader->Finish();
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_LT(steady_clock::now() - began, kDeadline);
  ASSERT_TRUE(answer);
  EXPECT_FALSE(stages.empty());
  const v1::SolverReport& solver = answer->certificate().solver();
  EXPECT_GT(answer->picks_size(), 0);
  EXPECT_GT(solver.value(), 0);
  EXPECT_GE(solver.bound(), solver.value());
  EXPECT_NEAR(solver.gap(), (solver.bound() - solver.value()) / solver.bound(), 1e-9);
}

TEST(CameraDeadline, ACancelIsHeard) {
  RunningServer running(LoadCrowdedStreet());
  grpc::ClientContext context;
  const auto reader = running.clients->placement->SiteCameras(&context, LongQuestion());
  v1::SiteCamerasResponse piece;
  ASSERT_TRUE(reader->Read(&piece));
  const auto cancelled = steady_clock::now();
  context.TryCancel();
  while (reader->Read(&piece)) {
  }
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
  // The worker is free again: the next question is answered.
  grpc::ClientContext next;
  v1::ListCamerasRequest list;
  list.set_dataset("datasets/street");
  v1::ListCamerasResponse listed;
  EXPECT_TRUE(running.clients->placement->ListCameras(&next, list, &listed).ok());
  EXPECT_LT(steady_clock::now() - cancelled, milliseconds(3000));
}

}  // namespace
}  // namespace service_test
