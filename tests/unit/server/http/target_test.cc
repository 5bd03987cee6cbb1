#include "server/http/target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace server::http {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

TEST(Target, TakesAPathApartAndDecodesOnce) {
  const auto target = ParseTarget("/collections/a%20b/items?limit=5&name=x%26y+z&empty=&bare");
  ASSERT_TRUE(target);
  EXPECT_THAT(target->segments, ElementsAre("collections", "a b", "items"));
  EXPECT_THAT(target->parameters, ElementsAre(Pair("limit", "5"), Pair("name", "x&y z"), Pair("empty", ""), Pair("bare", "")));
}

TEST(Target, RootHasNoSegments) {
  const auto target = ParseTarget("/");
  ASSERT_TRUE(target);
  EXPECT_TRUE(target->segments.empty());
}

TEST(Target, PlusIsItselfInThePath) { EXPECT_THAT(ParseTarget("/a+b")->segments, ElementsAre("a+b")); }

TEST(Target, WhatIsDecodedIsNotDecodedAgain) {
  const auto target = ParseTarget("/a%2541");
  ASSERT_TRUE(target);
  EXPECT_THAT(target->segments, ElementsAre("a%41"));
}

TEST(Target, RefusesWhatCouldMeanTwoThings) {
  for (const char* text : {"",        "x",          "http://other/", "//",     "/a//b",    "/a/",       "/.",    "/..",        "/a/../b", "/%2e%2e/b",
                           "/%2E",    "/a%2fb",     "/a%5cb",        "/a\\b",  "/a%00b",   "/a%0d%0ab", "/a%",   "/a%4",       "/a%zz",   "/a%ff",
                           "/%c0%af", "/%ed%a0%80", "/a#b",          "/a?x=%", "/a?x=%00", "/a?x=%0a",  "/a?=1", "/a?x=%c3%28"}) {
    const auto target = ParseTarget(text);
    ASSERT_FALSE(target) << text;
    EXPECT_EQ(target.error().reason, "BAD_TARGET") << text;
    EXPECT_EQ(target.error().code, geo::ErrorCode::kInvalidArgument);
  }
}

TEST(Target, RefusesAParameterThatComesTwice) {
  const auto target = ParseTarget("/a?limit=1&limit=2");
  ASSERT_FALSE(target);
  EXPECT_EQ(target.error().reason, "REPEATED");
  EXPECT_EQ(target.error().field, "limit");
}

TEST(Target, CountsParameters) {
  std::string text = "/a?";
  for (int i = 0; i < 65; ++i) text += "p" + std::to_string(i) + "=1&";
  EXPECT_THAT(ParseTarget(text).error().message, HasSubstr("more than 64"));
}

TEST(Target, EncodesAllButUnreservedCharacters) {
  EXPECT_EQ(PercentEncoded("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(PercentEncoded("s250:r1/c2 \xC3\xA9"), "s250%3Ar1%2Fc2%20%C3%A9");
  EXPECT_THAT(ParseTarget("/" + PercentEncoded("s250:r1 \"<>"))->segments, ElementsAre("s250:r1 \"<>"));
}

}  // namespace
}  // namespace server::http
