#include "server/codec/answer_context.h"

#include <algorithm>

#include "server/codec/period_codec.h"

namespace server {
namespace v1 = ::wardwatch::v1;

void BuildContext(const std::string& snapshot, const ContextFacts& facts, const std::string& rule, v1::AnswerContext& out) {
  out.set_snapshot(snapshot);
  for (const auto& [name, value] : facts.parameters) {
    v1::Parameter& parameter = *out.add_parameters();
    parameter.set_name(name);
    parameter.set_value(value);
  }
  out.set_method(facts.method);
  out.set_vintage(facts.vintage);
  out.set_cell_origin(facts.cell_origin);
  out.set_located_share(facts.selection.located_share());
  out.set_unknown_time_share(facts.selection.unknown_time_share());
  for (const geo::CrossedBreak& crossed : facts.breaks) {
    v1::BreakCrossed& encoded = *out.add_breaks_crossed();
    encoded.set_id(crossed.id);
    EncodeDays(crossed.period, *encoded.mutable_days());
    encoded.set_note(crossed.note);
  }
  out.set_tests_made(facts.tests_made);
  out.set_seed(facts.seed);
  out.set_disclosure_rule(rule);
}

void BuildContext(const std::string& snapshot, const geo::DatasetSnapshot& data, const ContextFacts& facts, const std::string& rule, v1::AnswerContext& out) {
  BuildContext(snapshot, facts, rule, out);
  out.set_dataset("datasets/" + data.record.id);
  EncodeDay(data.record.as_at, *out.mutable_as_at());
  double precision_m = 0;
  std::int64_t rejected = 0;
  std::vector<std::string> transformations;
  for (const auto index : facts.sources) {
    const geo::SourceRecord& source = data.record.sources[index];
    precision_m = std::max(precision_m, source.precision_m);
    for (const geo::FileRecord& file : source.files) rejected += file.rows_rejected;
    const std::string& transformation = source.transformation;
    if (!transformation.empty() && std::find(transformations.begin(), transformations.end(), transformation) == transformations.end()) {
      transformations.push_back(transformation);
    }
  }
  out.set_precision_m(precision_m);
  out.set_rows_rejected_at_load(rejected);
  std::string all;
  for (const std::string& transformation : transformations) all += (all.empty() ? "" : "; ") + transformation;
  out.set_transformation(all);
}

void EncodeCount(std::int64_t count, v1::Count& out) { out.set_exact(count); }

}  // namespace server
