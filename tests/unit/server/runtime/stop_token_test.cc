#include "server/runtime/stop_token.h"

#include <gtest/gtest.h>

namespace server {
namespace {

using namespace std::chrono_literals;

TEST(StopToken, TellsCancelFromDeadline) {
  StopToken token(std::chrono::steady_clock::now() + 1h);
  EXPECT_FALSE(token.stop_requested());
  token.cancel();
  EXPECT_TRUE(token.stop_requested());
  EXPECT_EQ(token.reason().code, geo::ErrorCode::kCancelled);

  StopToken late(std::chrono::steady_clock::now() - 1ms);
  EXPECT_TRUE(late.stop_requested());
  EXPECT_EQ(late.reason().code, geo::ErrorCode::kDeadlineExceeded);
  // What the deadline cut off is not the caller's cancel.
  late.cancel();
  EXPECT_EQ(late.reason().code, geo::ErrorCode::kDeadlineExceeded);
}

}  // namespace
}  // namespace server
