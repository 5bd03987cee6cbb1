// What every question about incidents begins with: which dataset, which days, which incidents at what weight, on which boundaries. Decoded in one place, so
// that all questions refuse alike.
#pragma once

#include <optional>
#include <string>

#include "geo/incidents/selection.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "server/codec/answer_context.h"
#include "server/codec/filter_codec.h"
#include "wardwatch/v1/common.pb.h"

namespace server {

// Valid while the snapshot that it was decoded against is held.
struct Question {
  const geo::DatasetSnapshot* data = nullptr;
  geo::IncidentFilter filter;          // with period and weights
  std::optional<std::size_t> vintage;  // none where the dataset has no boundaries and none was named
  bool weighable = false;              // its request has a field for a weight table
  std::string snapshot;
};

// The fields of a request that make it.
struct QuestionFields {
  const std::string& dataset;
  const wardwatch::v1::Period& period;
  const wardwatch::v1::IncidentFilter& filter;
  const std::string& vintage;
  const std::string* weight_table = nullptr;  // empty: every incident weighs 1; null: the request has no such field
};

geo::Result<Question> DecodeQuestion(const QuestionFields& fields, const geo::Snapshot& snapshot);

// Of any request that has these fields.
template <class Request>
geo::Result<Question> DecodeQuestion(const Request& request, const geo::Snapshot& snapshot) {
  if constexpr (requires { request.weight_table(); }) {
    return DecodeQuestion(QuestionFields{request.dataset(), request.period(), request.filter(), request.vintage(), &request.weight_table()}, snapshot);
  } else {
    return DecodeQuestion(QuestionFields{request.dataset(), request.period(), request.filter(), request.vintage()}, snapshot);
  }
}

// Of a request whose answer tells places finer than areas: what may be told by area only is refused (TIER_NEEDS_AREAS).
template <class Request>
geo::Result<Question> DecodePlaceQuestion(const Request& request, const geo::Snapshot& snapshot) {
  auto question = DecodeQuestion(request, snapshot);
  if (!question) return question;
  if (auto mapped = CheckMayBeMapped(question->filter, question->data->record); !mapped) return geo::Fail(mapped.error());
  return question;
}

// Areas of the filter and the areas of the answer must be of one set of boundaries. `what` names the answer: "the comparison".
geo::Result<void> CheckAreasOfVintage(const geo::IncidentFilter& filter, std::size_t vintage, const geo::DatasetSnapshot& data, std::string_view what);

// Period, filter and weight table as used.
void AddQuestionParameters(const Question& question, Parameters& parameters);
// " Every incident weighs 1.", or what it weighs and by whose table.
std::string WeightMethod(const Question& question);
// The part of an answer's context that follows from the question alone: sources, vintage.
ContextFacts FactsOfQuestion(const Question& question);

}  // namespace server
