#include "server/codec/page_token.h"

#include <gtest/gtest.h>

#include "wardwatch/v1/hotspot_service.pb.h"

namespace server {
namespace {

const PageTicket kTicket{"00112233445566778899aabbccddeeff", "0123456789abcdef"};

TEST(PageToken, ComesBackAsItWent) {
  for (const std::size_t offset : {std::size_t{0}, std::size_t{1}, std::size_t{1000}, std::size_t{18446744073709551615U}}) {
    EXPECT_EQ(ParsePageToken(FormatPageToken(kTicket, offset), kTicket), offset);
  }
  EXPECT_EQ(ParsePageToken("", kTicket), 0U);
}

TEST(PageToken, AnyChangedDigitIsFound) {
  const std::string token = FormatPageToken(kTicket, 250);
  for (std::size_t i = 0; i < token.size(); ++i) {
    for (const char digit : {'0', '7', 'f', 'G', ' '}) {
      std::string changed = token;
      if (changed[i] == digit) continue;
      changed[i] = digit;
      const auto parsed = ParsePageToken(changed, kTicket);
      ASSERT_FALSE(parsed) << i << ' ' << digit;
      EXPECT_EQ(parsed.error().reason, "BAD_PAGE_TOKEN");
    }
  }
  for (std::size_t cut = 1; cut < token.size(); ++cut) EXPECT_FALSE(ParsePageToken(token.substr(0, cut), kTicket)) << cut;
  EXPECT_FALSE(ParsePageToken(token + "00", kTicket));
  EXPECT_FALSE(ParsePageToken(std::string(1 << 20, '3'), kTicket));
}

TEST(PageToken, BelongsToItsRequestAndSnapshot) {
  const std::string token = FormatPageToken(kTicket, 250);
  EXPECT_EQ(ParsePageToken(token, {"ffeeddccbbaa99887766554433221100", kTicket.snapshot}).error().reason, "TOKEN_OF_ANOTHER_REQUEST");
  const auto changed = ParsePageToken(token, {kTicket.request_digest, "fedcba9876543210"});
  EXPECT_EQ(changed.error().reason, "SNAPSHOT_CHANGED");
  EXPECT_EQ(changed.error().code, geo::ErrorCode::kFailedPrecondition);
}

TEST(PageToken, TheDigestLeavesOutThePageAndThePurpose) {
  wardwatch::v1::FindHotspotsRequest request;
  request.set_dataset("datasets/a");
  const std::string digest = RequestDigest(request);
  request.set_page_size(7);
  request.set_page_token("x");
  request.mutable_caller()->set_purpose("y");
  EXPECT_EQ(RequestDigest(request), digest);
  request.set_share(0.5);
  EXPECT_NE(RequestDigest(request), digest);
}

TEST(PageSize, IsClampedAndNeverNegative) {
  EXPECT_EQ(DecodePageSize(0, 500, 10'000), 500U);
  EXPECT_EQ(DecodePageSize(1, 500, 10'000), 1U);
  EXPECT_EQ(DecodePageSize(2'000'000'000, 500, 10'000), 10'000U);
  EXPECT_EQ(DecodePageSize(-1, 500, 10'000).error().field, "page_size");
}

}  // namespace
}  // namespace server
