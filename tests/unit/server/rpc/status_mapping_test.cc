#include "server/status_mapping.h"

#include <gtest/gtest.h>

#include <set>

namespace server {
namespace {

TEST(StatusMapping, EveryCodeHasAStatusOfItsOwnAndAName) {
  std::set<grpc::StatusCode> seen;
  for (int code = 0; code <= static_cast<int>(geo::ErrorCode::kInternal); ++code) {
    const auto status = StatusCodeOf(static_cast<geo::ErrorCode>(code));
    EXPECT_NE(status, grpc::StatusCode::OK);
    EXPECT_NE(status, grpc::StatusCode::UNKNOWN);
    EXPECT_TRUE(seen.insert(status).second) << code;
    EXPECT_STRNE(StatusName(status), "UNKNOWN");
  }
  EXPECT_STREQ(StatusName(grpc::StatusCode::UNAUTHENTICATED), "UNAUTHENTICATED");
}

TEST(StatusMapping, TheMessageBeginsWithTheFieldOnce) {
  EXPECT_EQ(StatusOf(geo::InvalidArgument("share", "is 2")).error_message(), "share: is 2");
  EXPECT_EQ(StatusOf(geo::InvalidArgument("share", "share is 2")).error_message(), "share is 2");
  EXPECT_EQ(StatusOf({geo::ErrorCode::kUnavailable, "", "DRAINING", "shutting down"}).error_message(), "shutting down");
}

}  // namespace
}  // namespace server
