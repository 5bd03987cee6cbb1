// Requests in text format, decoded against the drawn town; and the two things that all decoders are asked: what was used, and what is refused.
#pragma once

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "server/codec/filter_codec.h"
#include "tests/service/drawn_town.h"

namespace server::town_request {

inline const geo::Snapshot& Town() {
  static const auto town = service_test::DrawnTown().build();
  return *town;
}

template <class Request>
Request Parsed(const std::string& text) {
  Request request;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request)) << text;
  return request;
}

inline std::string ValueOf(const Parameters& parameters, const std::string& name) {
  for (const auto& [known, value] : parameters) {
    if (known == name) return value;
  }
  return "(absent)";
}

struct Refused {
  const char* more;  // in text format, after the base
  const char* field;
  const char* reason;
  const char* says;
};

// Later scalars of a text replace earlier ones only in proto text that allows it, so the base is without what `more` says again.
template <class Request, class Decode>
void ExpectRefused(const std::string& base, const std::vector<Refused>& table, Decode decode) {
  for (const Refused& refused : table) {
    SCOPED_TRACE(refused.more);
    const auto call = decode(Parsed<Request>(base + refused.more), Town());
    ASSERT_FALSE(call) << "accepted";
    EXPECT_EQ(call.error().field, refused.field);
    EXPECT_EQ(call.error().reason, refused.reason);
    EXPECT_THAT(call.error().message, ::testing::HasSubstr(refused.says));
  }
}

}  // namespace server::town_request
