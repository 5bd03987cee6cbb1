// Pages put together are the one page; a token belongs to its request and its snapshot.
#include "tests/service/running_server.h"

namespace service_test {
namespace {

v1::FindHotspotsRequest Occupied() {
  auto request = HotspotsOf2023();
  request.set_selection(v1::CELL_SELECTION_OCCUPIED);
  return request;
}

TEST(Paging, PagesPutTogetherAreOnePage) {
  RunningServer running;
  v1::FindHotspotsResponse whole;
  grpc::ClientContext first;
  ASSERT_TRUE(running.clients->hotspots->FindHotspots(&first, Occupied(), &whole).ok());
  ASSERT_TRUE(whole.next_page_token().empty());
  for (const int size : {1, 2, 3, 5, 1000, 2'000'000'000}) {
    v1::FindHotspotsResponse together;
    auto request = Occupied();
    request.set_page_size(size);
    int pages = 0;
    do {
      grpc::ClientContext context;
      v1::FindHotspotsResponse page;
      const auto status = running.clients->hotspots->FindHotspots(&context, request, &page);
      ASSERT_TRUE(status.ok()) << status.error_message();
      EXPECT_LE(page.cells_size(), size);
      EXPECT_EQ(page.incidents().exact(), whole.incidents().exact());  // totals are of the answer, not of the page
      together.mutable_cells()->MergeFrom(page.cells());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty() && ++pages < 100);
    v1::FindHotspotsResponse cells;
    *cells.mutable_cells() = whole.cells();
    EXPECT_EQ(together.SerializeAsString(), cells.SerializeAsString()) << "pages of " << size;
  }
}

TEST(Paging, AreasToo) {
  RunningServer running;
  v1::ListAreasRequest request;
  request.set_dataset("datasets/town");
  request.set_page_size(1);
  std::vector<std::string> codes;
  do {
    grpc::ClientContext context;
    v1::ListAreasResponse page;
    ASSERT_TRUE(running.clients->datasets->ListAreas(&context, request, &page).ok());
    for (const auto& area : page.areas()) codes.push_back(area.code());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty() && codes.size() < 10);
  EXPECT_EQ(codes, (std::vector<std::string>{"E01", "E02"}));
}

TEST(Paging, AreaHotspotsToo) {
  RunningServer running;
  auto request = AreaHotspotsOf2023();
  v1::FindAreaHotspotsResponse whole, together;
  grpc::ClientContext first;
  ASSERT_TRUE(running.clients->hotspots->FindAreaHotspots(&first, request, &whole).ok());
  ASSERT_EQ(whole.areas_size(), 2);
  request.set_page_size(1);
  int pages = 0;
  do {
    grpc::ClientContext context;
    v1::FindAreaHotspotsResponse page;
    ASSERT_TRUE(running.clients->hotspots->FindAreaHotspots(&context, request, &page).ok());
    EXPECT_EQ(page.areas_size(), 1);
    EXPECT_EQ(page.significance().SerializeAsString(), whole.significance().SerializeAsString());  // over all areas, not over the page
    together.mutable_areas()->MergeFrom(page.areas());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty() && ++pages < 10);
  v1::FindAreaHotspotsResponse areas;
  *areas.mutable_areas() = whole.areas();
  EXPECT_EQ(together.SerializeAsString(), areas.SerializeAsString());
}

TEST(Paging, ATokenBelongsToItsRequest) {
  RunningServer running;
  auto request = Occupied();
  request.set_page_size(2);
  grpc::ClientContext first, second, third;
  v1::FindHotspotsResponse page;
  ASSERT_TRUE(running.clients->hotspots->FindHotspots(&first, request, &page).ok());
  const std::string token = page.next_page_token();
  ASSERT_FALSE(token.empty());
  request.set_page_token(token);
  request.mutable_density()->set_bandwidth_m(600);
  EXPECT_EQ(running.clients->hotspots->FindHotspots(&second, request, &page).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(Detail(second, "wardwatch-reason"), "TOKEN_OF_ANOTHER_REQUEST");
  // The same text for another method is not its token.
  v1::ListAreasRequest areas;
  areas.set_dataset("datasets/town");
  areas.set_page_token(token);
  v1::ListAreasResponse listed;
  EXPECT_EQ(running.clients->datasets->ListAreas(&third, areas, &listed).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

// R5: across a reload of other data a token fails, across one of the same data it goes on.
TEST(R5_PagesAcrossReload, FailWhenTheSnapshotChanged) {
  int weight = 1;
  RunningServer running([&] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(DrawnTown(weight).build()); });
  auto request = Occupied();
  request.set_page_size(2);
  grpc::ClientContext first, second, third, reload, again;
  v1::FindHotspotsResponse page;
  ASSERT_TRUE(running.clients->hotspots->FindHotspots(&first, request, &page).ok());
  request.set_page_token(page.next_page_token());
  v1::ReloadResponse reloaded;
  ASSERT_TRUE(running.clients->admin->Reload(&reload, {}, &reloaded).ok());
  EXPECT_TRUE(running.clients->hotspots->FindHotspots(&second, request, &page).ok());
  weight = 2;
  ASSERT_TRUE(running.clients->admin->Reload(&again, {}, &reloaded).ok());
  EXPECT_NE(reloaded.snapshot(), reloaded.previous_snapshot());
  EXPECT_EQ(running.clients->hotspots->FindHotspots(&third, request, &page).error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(Detail(third, "wardwatch-reason"), "SNAPSHOT_CHANGED");
}

}  // namespace
}  // namespace service_test
