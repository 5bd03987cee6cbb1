// Tables of requests that are refused: each names the code, the field and a word of the sentence that says why.
#pragma once

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>

#include <span>
#include <string_view>

#include "tests/service/running_server.h"

namespace service_test {

using grpc::StatusCode;

struct Refusal {
  const char* name;
  std::string request;  // text format, on top of a request that is answered
  StatusCode code;
  const char* field;
  const char* says;  // in the message
  const char* reason = nullptr;
};

// The field that text such as "dataset: ''" or "counts: []" leaves empty, and nothing else; "" for other text.
inline std::string_view EmptiedField(std::string_view text) {
  for (const std::string_view empty : {": ''", ": []"}) {
    if (text.ends_with(empty)) text.remove_suffix(empty.size());
  }
  return text.find_first_of(": {'") == std::string_view::npos ? text : std::string_view();
}

// Merging text into a request appends to repeated fields and replaces the rest, and a message field given even empty is cleared first.
template <class Request>
Request With(Request request, const Refusal& refusal) {
  Request changed;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(refusal.request, &changed)) << refusal.request;
  std::vector<const google::protobuf::FieldDescriptor*> given;
  changed.GetReflection()->ListFields(changed, &given);
  const auto* emptied = Request::descriptor()->FindFieldByName(std::string(EmptiedField(refusal.request)));
  if (emptied != nullptr) given.push_back(emptied);
  for (const auto* field : given) request.GetReflection()->ClearField(&request, field);
  request.MergeFrom(changed);
  return request;
}

inline void ExpectRefused(const Refusal& refusal, const grpc::Status& status, const grpc::ClientContext& context) {
  SCOPED_TRACE(fmt::format("{}: {:.300} -> {}", refusal.name, refusal.request, status.error_message()));
  EXPECT_EQ(status.error_code(), refusal.code);
  EXPECT_EQ(Detail(context, "wardwatch-field"), refusal.field);
  EXPECT_NE(Detail(context, "wardwatch-reason"), "");
  if (refusal.reason != nullptr) {
    EXPECT_EQ(Detail(context, "wardwatch-reason"), refusal.reason);
  }
  EXPECT_THAT(status.error_message(), ::testing::StartsWith(refusal.field));
  EXPECT_THAT(status.error_message(), ::testing::HasSubstr(refusal.says));
}

// Asks every request of the table, and before and after them the one on which they build: that one is answered.
template <class Request, class Ask>
void ExpectAllRefused(std::span<const Refusal> table, const Request& base, Ask ask, server::SnapshotStore::Load load = LoadTown()) {
  RunningServer running(std::move(load));
  ASSERT_TRUE(ask(*running.clients, base, *std::make_unique<grpc::ClientContext>()).ok()) << "the request on which the table builds is itself refused";
  for (const Refusal& refusal : table) {
    grpc::ClientContext context;
    const auto status = ask(*running.clients, With(base, refusal), context);
    ExpectRefused(refusal, status, context);
  }
  EXPECT_TRUE(ask(*running.clients, base, *std::make_unique<grpc::ClientContext>()).ok()) << "the server no longer answers after the table";
}

}  // namespace service_test
