// What the request fuzzers share: a small snapshot, and the round from bytes to answer. Nothing may crash, and what is refused must name its reason.
#pragma once

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include <cstdint>
#include <memory>
#include <string>

#include "geo/disclosure/disclosed.h"
#include "geo/types/check.h"
#include "geo/types/stop_signal.h"
#include "server/codec/answer_context.h"

namespace fuzz {

inline const geo::Snapshot& Town() {
  static const auto town = [] {
    geo::StoredDataset stored;
    stored.record.id = "town";
    stored.record.as_at = geo::DayOf(2024, 1, 1);
    stored.record.categories = {{"anti-social-behaviour", "ASB", false}, {"robbery", "Robbery", true}};
    stored.record.sources.resize(1);
    stored.record.sources[0].id = "police";
    stored.record.sources[0].time = geo::TimeKnowledge::kClock;
    stored.record.sources[0].files.push_back({"police.csv", std::string(64, '0'), 60, 60, 0, 10});
    stored.record.weight_tables = {{"harm", "Harm", "1", "days", "nobody", {{"robbery", 2.5}}}};
    geo::Workstream night, whole;
    night.id = "night";
    night.entries = {{"robbery", 3}};
    night.window = geo::TimeOfWeek{20 * 60, 6 * 60, 0x38};
    night.concern = geo::Workstream::Concern{0.5, 0.4, 0.6};
    whole.id = "all";
    whole.entries = {{"anti-social-behaviour", 0}, {"robbery", 1}};
    whole.targeting = false;
    stored.record.workstreams = {whole, night};
    stored.record.vintages.resize(2);
    stored.record.vintages[0].id = "wards-2015";
    stored.record.vintages[1].id = "wards-2022";
    stored.record.vintages[1].valid_from = geo::DayOf(2022, 5, 1);
    stored.record.vintages[1].populations = {{"E01", "residents", 2022, 5000}, {"E02", "residents", 2022, 0.5}, {"E03", "workday", 2022, 1e15}};
    const auto at = [](int e, int n) { return geo::GridPoint::FromMeters(e, n); };
    stored.areas = {{{"W01", "Ward", {{{{{at(500'000, 200'000), at(502'000, 200'000), at(502'000, 201'500), at(500'000, 201'500)}}}}}}},
                    {{"E01", "Ward", {{{{{at(500'000, 200'000), at(501'000, 200'000), at(501'000, 201'000), at(500'000, 201'000)}}}}}},
                     {"E02", "Ward", {{{{{at(501'000, 200'000), at(502'000, 200'000), at(502'000, 201'000), at(501'000, 201'000)}}}}}},
                     {"E03", "Ward", {{{{{at(500'000, 201'000), at(502'000, 201'000), at(502'000, 202'000), at(500'000, 202'000)}}}}}}}};
    stored.incidents.files.push_back({0, 0});
    stored.incidents.resize(60);
    for (std::size_t i = 0; i < 60; ++i) {
      const auto step = static_cast<int>(i);
      stored.incidents.at[i] = i % 6 == 0 ? geo::kUnlocated : at(500'000 + step * 37, 200'000 + step * 53 % 1500);
      stored.incidents.from_minute[i] = geo::DayOf(2022, 1, 1) * geo::kMinutesPerDay + step * 17'000;
      stored.incidents.to_minute[i] = stored.incidents.from_minute[i] + 1 + step * 30;
      stored.incidents.category[i] = static_cast<geo::CategoryIndex>(i % 2);
      stored.incidents.line[i] = static_cast<std::uint32_t>(i + 2);
    }
    std::vector<geo::StoredDataset> all;
    all.push_back(std::move(stored));
    auto built = geo::BuildSnapshot(std::move(all), 1);
    WARDWATCH_CHECK(built.has_value(), "{}", built.error().message);
    return *built;
  }();
  return *town;
}

// Corpora are text, so that a reviewer can read them; a fuzzer's own inputs are mostly bytes. Both are tried.
template <class Request>
bool Parse(const std::uint8_t* data, std::size_t size, Request& request) {
  if (size > (1U << 20)) return false;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  google::protobuf::TextFormat::Parser parser;
  struct Silent : google::protobuf::io::ErrorCollector {
    void AddError(int, google::protobuf::io::ColumnNumber, const std::string&) override {}
  } silent;
  parser.RecordErrorsTo(&silent);
  if (parser.ParseFromString(bytes, &request)) return true;
  request.Clear();
  return request.ParseFromString(bytes);
}

inline void CheckError(const geo::Error& error) {
  WARDWATCH_CHECK(!error.reason.empty() && !error.message.empty(), "an error that explains nothing: {}", error.field);
}

// Stops after so many questions, so that an input that is answered slowly is stopped as a request would be.
class FewSteps final : public geo::StopSignal {
 public:
  bool stop_requested() const override { return ++steps_ > 1000; }
  geo::Error reason() const override { return {geo::ErrorCode::kDeadlineExceeded, "", "DEADLINE_EXCEEDED", "enough steps"}; }

 private:
  mutable int steps_ = 0;
};

template <class Request, class Response, class Decode, class Compute, class Encode>
void Round(const std::uint8_t* data, std::size_t size, Decode decode, Compute compute, Encode encode, const geo::Snapshot& snapshot = Town()) {
  Request request;
  if (!Parse(data, size, request)) return;
  const auto call = decode(request, snapshot);
  if (!call) return CheckError(call.error());
  auto answer = compute(*call, FewSteps());
  if (!answer) return CheckError(answer.error());
  Response response;
  const auto rows = encode(*call, geo::Disclose(std::move(*answer), geo::Role::kAnalyst), response);
  if (!rows) return CheckError(rows.error());
  server::SealAnswer(response);
}

// The same of a call that answers in pieces.
template <class Request, class Response, class Chunks, class Decode, class Compute>
void Pieces(const std::uint8_t* data, std::size_t size, Decode decode, Compute compute, const geo::Snapshot& snapshot = Town()) {
  Request request;
  if (!Parse(data, size, request)) return;
  auto call = decode(request, snapshot);
  if (!call) return CheckError(call.error());
  auto answer = compute(*call, FewSteps());
  if (!answer) return CheckError(answer.error());
  Chunks chunks(std::move(*call), geo::Disclose(std::move(*answer), geo::Role::kAnalyst));
  const FewSteps stop;
  while (true) {
    Response chunk;
    const auto more = chunks.next(chunk, stop);
    if (!more) return CheckError(more.error());
    if (!*more) return;
  }
}

}  // namespace fuzz
