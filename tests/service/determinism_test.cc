// N1: the same request gives the same bytes at any number of threads, in any order of asking, before and after a reload of the same data. N6: no NaN.
#include <google/protobuf/message.h>

#include <cmath>
#include <set>
#include <thread>

#include "tests/service/streamed_answers.h"
#include "tests/service/ward_requests.h"

namespace service_test {
namespace {

struct Answers {
  v1::FindHotspotsResponse hotspots;
  v1::CompareWardsResponse wards;
  v1::ListIncidentsResponse incidents;
  v1::GetCoverageResponse coverage;
  v1::FindHotspotsResponse moran;
  v1::FindPlacesResponse places;
  v1::FindAreaHotspotsResponse areas;
  v1::CompareYearsResponse years;
  v1::RankWardsResponse ranks;
  v1::AnalyseTrendsResponse trends;
  v1::CheckRiseResponse rise;
  v1::CompareBoundariesResponse boundaries;
  v1::CrosswalkCountsResponse crosswalk;
  std::string surface;
};

Answers Ask(Clients& clients) {
  Answers answers;
  grpc::ClientContext contexts[14];
  auto request = HotspotsOf2023();
  request.set_selection(v1::CELL_SELECTION_OCCUPIED);
  request.mutable_cells()->set_shape(v1::CELL_SHAPE_HEXAGON);
  EXPECT_TRUE(clients.hotspots->FindHotspots(&contexts[0], request, &answers.hotspots).ok());
  EXPECT_TRUE(clients.wards->CompareWards(&contexts[1], WardsOf2022And2023(), &answers.wards).ok());
  const auto reader = clients.incidents->ListIncidents(&contexts[2], IncidentsOf2023());
  v1::ListIncidentsResponse chunk;
  while (reader->Read(&chunk)) answers.incidents.MergeFrom(chunk);
  EXPECT_TRUE(reader->Finish().ok());
  v1::GetCoverageRequest coverage;
  coverage.set_dataset("datasets/town");
  EXPECT_TRUE(clients.datasets->GetCoverage(&contexts[3], coverage, &answers.coverage).ok());
  request = HotspotsOf2023();
  request.set_selection(v1::CELL_SELECTION_ANALYSED);
  request.mutable_significance()->set_statistic(v1::LOCAL_STATISTIC_LOCAL_MORAN);
  request.mutable_density()->set_edge_correction(v1::EDGE_CORRECTION_DIGGLE);
  request.mutable_cells()->set_cell_size_m(125);
  EXPECT_TRUE(clients.hotspots->FindHotspots(&contexts[4], request, &answers.moran).ok());
  EXPECT_TRUE(clients.hotspots->FindPlaces(&contexts[5], PlacesOf2023(), &answers.places).ok());
  EXPECT_TRUE(clients.hotspots->FindAreaHotspots(&contexts[6], AreaHotspotsOf2023(), &answers.areas).ok());
  const auto surface = ReadSurface(clients, contexts[7], SurfaceOf2023());
  EXPECT_TRUE(surface.status.ok());
  answers.surface = surface.bytes;
  EXPECT_TRUE(clients.wards->CompareYears(&contexts[8], YearsFrom2020(), &answers.years).ok());
  EXPECT_TRUE(clients.wards->RankWards(&contexts[9], RanksOf2023(), &answers.ranks).ok());
  EXPECT_TRUE(clients.wards->AnalyseTrends(&contexts[10], TrendsFrom2020(), &answers.trends).ok());
  EXPECT_TRUE(clients.wards->CheckRise(&contexts[11], RiseOfE01(), &answers.rise).ok());
  EXPECT_TRUE(clients.wards->CompareBoundaries(&contexts[12], BoundariesOf2022(), &answers.boundaries).ok());
  EXPECT_TRUE(clients.wards->CrosswalkCounts(&contexts[13], CrosswalkOfW01(), &answers.crosswalk).ok());
  return answers;
}

std::string Bytes(const Answers& answers) {
  return answers.hotspots.SerializeAsString() + answers.wards.SerializeAsString() + answers.incidents.SerializeAsString() +
         answers.coverage.SerializeAsString() + answers.moran.SerializeAsString() + answers.places.SerializeAsString() + answers.areas.SerializeAsString() +
         answers.years.SerializeAsString() + answers.ranks.SerializeAsString() + answers.trends.SerializeAsString() + answers.rise.SerializeAsString() +
         answers.boundaries.SerializeAsString() + answers.crosswalk.SerializeAsString() + answers.surface;
}

TEST(N1_SameBytes, AtAnyNumberOfThreads) {
  std::set<std::string> distinct;
  for (const int threads : {1, 2, 8}) {
    RunningServer running(LoadTown(), threads);
    std::vector<std::thread> clients;
    std::vector<std::string> bytes(4);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      clients.emplace_back([&, i] {
        Clients own(running.server->port());
        bytes[i] = Bytes(Ask(own));
      });
    }
    for (auto& client : clients) client.join();
    distinct.insert(bytes.begin(), bytes.end());
    grpc::ClientContext context;
    v1::ReloadResponse reloaded;
    ASSERT_TRUE(running.clients->admin->Reload(&context, {}, &reloaded).ok());
    distinct.insert(Bytes(Ask(*running.clients)));
  }
  EXPECT_EQ(distinct.size(), 1U);
}

// Shuffled input: the rows are the same, so the answers are.
TEST(N1_SameBytes, WhateverTheOrderOfTheInput) {
  std::set<std::string> distinct;
  for (const unsigned seed : {0U, 20240502U, 7U}) {
    RunningServer running([seed] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(DrawnTown().build(seed)); });
    distinct.insert(Bytes(Ask(*running.clients)));
  }
  EXPECT_EQ(distinct.size(), 1U);
}

void ExpectNumbers(const google::protobuf::Message& message, int& numbers) {
  const auto& reflection = *message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const auto* field : fields) {
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) {
        ExpectNumbers(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i) : reflection.GetMessage(message, field), numbers);
      } else if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_DOUBLE) {
        const double value = field->is_repeated() ? reflection.GetRepeatedDouble(message, field, i) : reflection.GetDouble(message, field);
        // An interval without an upper bound is the one infinity that the contract knows.
        EXPECT_TRUE(std::isfinite(value) || (field->full_name() == "wardwatch.v1.Interval.high" && value > 0)) << field->full_name();
        ++numbers;
      }
    }
  }
}

TEST(N6_NoNan, InAnyAnswer) {
  RunningServer running;
  const Answers answers = Ask(*running.clients);
  int numbers = 0;
  for (const google::protobuf::Message* message :
       {static_cast<const google::protobuf::Message*>(&answers.hotspots), static_cast<const google::protobuf::Message*>(&answers.wards),
        static_cast<const google::protobuf::Message*>(&answers.incidents), static_cast<const google::protobuf::Message*>(&answers.coverage),
        static_cast<const google::protobuf::Message*>(&answers.moran), static_cast<const google::protobuf::Message*>(&answers.places),
        static_cast<const google::protobuf::Message*>(&answers.areas), static_cast<const google::protobuf::Message*>(&answers.years),
        static_cast<const google::protobuf::Message*>(&answers.ranks), static_cast<const google::protobuf::Message*>(&answers.trends),
        static_cast<const google::protobuf::Message*>(&answers.rise), static_cast<const google::protobuf::Message*>(&answers.boundaries),
        static_cast<const google::protobuf::Message*>(&answers.crosswalk)}) {
    ExpectNumbers(*message, numbers);
  }
  EXPECT_GT(numbers, 100);
}

}  // namespace
}  // namespace service_test
