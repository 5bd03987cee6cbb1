#include <gmock/gmock.h>

#include "server/gateway/base64.h"
#include "server/gateway/feature_sources.h"
#include "server/gateway/grpc_web_frames.h"
#include "server/gateway/html_page.h"
#include "server/gateway/media.h"
#include "server/gateway/query_reader.h"

namespace server {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

TEST(QueryReader, WhatNobodyTakesIsRefusedByName) {
  const auto target = http::ParseTarget("/a?one=1&two=2");
  QueryReader query(*target);
  EXPECT_EQ(query.take("one"), "1");
  EXPECT_EQ(query.take("three"), std::nullopt);
  const auto refused = query.finish();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().field, "two");
  EXPECT_EQ(refused.error().reason, "UNKNOWN_PARAMETER");
  EXPECT_THAT(refused.error().message, HasSubstr("one, three"));
  query.take("two");
  EXPECT_TRUE(query.finish());
}

TEST(Media, AcceptChoosesAndTiesGoToTheFirst) {
  const std::vector<Medium> offered{{"json", "application/geo+json", {"application/json"}}, {"html", "text/html", {}}};
  EXPECT_EQ(ChooseMedium("", offered), 0U);
  EXPECT_EQ(ChooseMedium("*/*", offered), 0U);
  EXPECT_EQ(ChooseMedium("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", offered), 1U);
  EXPECT_EQ(ChooseMedium("text/html;q=0.5, application/json", offered), 0U);
  EXPECT_EQ(ChooseMedium("text/*", offered), 1U);
  EXPECT_EQ(ChooseMedium("application/geo+json;q=0, text/html;q=0.1", offered), 1U);
  EXPECT_EQ(ChooseMedium("image/png", offered), 0U);
}

TEST(HtmlPage, EscapesWhatHtmlWouldRead) { EXPECT_EQ(Escaped("<a href=\"x\" b='y'>&"), "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;"); }

TEST(Csv, QuotesAndDisarms) {
  const auto csv = [](std::string_view text) {
    std::string out;
    AppendCsvText(text, out);
    return out;
  };
  EXPECT_EQ(csv("plain"), "plain");
  EXPECT_EQ(csv("a,b"), "\"a,b\"");
  EXPECT_EQ(csv("say \"x\""), "\"say \"\"x\"\"\"");
  for (const char* formula : {"=1", "+1", "-1", "@x", "\tx"}) EXPECT_EQ(csv(formula), std::string("'") + formula);
  EXPECT_EQ(csv("=a,b"), "\"'=a,b\"");
  EXPECT_EQ(csv(""), "");
}

TEST(GrpcWebFrames, FrameAndReadOneMessage) {
  EXPECT_EQ(OneMessage(FramedMessage("abc")), "abc");
  EXPECT_EQ(OneMessage(FramedMessage("")), "");
  EXPECT_EQ(OneMessage(FramedTrailers("abc")), std::nullopt);
  EXPECT_EQ(OneMessage(FramedMessage("a") + "x"), std::nullopt);
  EXPECT_EQ(OneMessage("abc"), std::nullopt);
  EXPECT_EQ(FormatTrailer("a", "b\r\nc"), "a: bc\r\n");
  EXPECT_EQ(PercentEncodedMessage("50 % \xC3\xA9"), "50 %25 %C3%A9");
}

// RFC 4648, section 10.
TEST(Base64, PublishedVectorsBothWays) {
  const std::pair<const char*, const char*> vectors[] = {
      {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(EncodedBase64(bytes), text);
    EXPECT_EQ(DecodedBase64(text), bytes);
  }
  std::string all;
  for (int byte = 0; byte < 256; ++byte) {
    all += static_cast<char>(byte);
    EXPECT_EQ(DecodedBase64(EncodedBase64(all)), all);
  }
}

TEST(Base64, PiecesWithPaddingEachAreOneText) {
  EXPECT_EQ(DecodedBase64("Zg==Zm8=Zm9v"), "ffofoo");
  for (const char* bad : {"Z", "Zg", "Zg=", "=", "====", "Z===", "Zg==Z", "Zm9v\n", "Zm-v", "Z=9v", "Zg=v", " Zm9"})
    EXPECT_EQ(DecodedBase64(bad), std::nullopt) << bad;
}

TEST(GrpcWebFrames, Timeouts) {
  EXPECT_EQ(ParseGrpcTimeout("10S"), 10'000ms);
  EXPECT_EQ(ParseGrpcTimeout("500m"), 500ms);
  EXPECT_EQ(ParseGrpcTimeout("1u"), 1ms);
  EXPECT_EQ(ParseGrpcTimeout("99999999H"), 24h);
  for (const char* bad : {"", "S", "10", "10s", "-1S", "1.5S", "999999999S", "x0S"}) EXPECT_EQ(ParseGrpcTimeout(bad), std::nullopt) << bad;
}

}  // namespace
}  // namespace server
