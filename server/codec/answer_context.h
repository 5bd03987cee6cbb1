// AnswerContext, built in one place: how to read an answer, and how to get it again.
#pragma once

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <span>
#include <string>
#include <vector>

#include "geo/snapshot/breaks_crossed.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "geo/types/check.h"
#include "geo/types/sha256.h"
#include "server/codec/filter_codec.h"
#include "server/codec/selection_facts.h"
#include "wardwatch/v1/common.pb.h"

namespace server {

// What differs from answer to answer.
struct ContextFacts {
  Parameters parameters;
  std::string method;
  std::string vintage;
  std::string cell_origin;
  std::vector<std::uint16_t> sources;  // used, as indices; precision, transformation and rejected rows are theirs
  SelectionFacts selection;
  std::vector<geo::CrossedBreak> breaks;
  int tests_made = 0;
  std::int64_t seed = 0;  // of what was random; 0 where nothing was
};

// Of an answer from one dataset, and of one from none in particular. `rule` is Disclosed<T>::rule().
void BuildContext(const std::string& snapshot, const geo::DatasetSnapshot& data, const ContextFacts& facts, const std::string& rule,
                  wardwatch::v1::AnswerContext& out);
void BuildContext(const std::string& snapshot, const ContextFacts& facts, const std::string& rule, wardwatch::v1::AnswerContext& out);

// Maps have no order on the wire unless it is asked for: without it equal answers could have different bytes.
template <class Message>
std::string DeterministicBytes(const Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

// Writes the answer hash: SHA-256 of the answer as it is without it. Last of all. Aborts where the context was forgotten.
template <class Response>
void SealAnswer(Response& response) {
  WARDWATCH_CHECK(response.has_context() && response.context().answer_hash().empty(), "an answer without a context");
  const std::string hash = geo::Sha256Hex(DeterministicBytes(response));
  response.mutable_context()->set_answer_hash(hash);
}

// A count as far as it may be known. The analyst's are exact; other rules arrive with their roles.
void EncodeCount(std::int64_t count, wardwatch::v1::Count& out);

}  // namespace server
