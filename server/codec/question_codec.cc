#include "server/codec/question_codec.h"

#include <fmt/format.h>

#include "server/codec/filter_codec.h"
#include "server/codec/period_codec.h"
#include "server/codec/refusal.h"

namespace server {
namespace {

geo::Result<std::size_t> DecodeWeightTable(const std::string& id, const geo::DatasetRecord& record) {
  std::vector<std::string> existing;
  for (std::size_t i = 0; i < record.weight_tables.size(); ++i) {
    if (record.weight_tables[i].id == id) return i;
    existing.push_back(record.weight_tables[i].id);
  }
  return geo::Fail(Unknown("weight_table", "weight table", id, existing));
}

}  // namespace

geo::Result<Question> DecodeQuestion(const QuestionFields& fields, const geo::Snapshot& snapshot) {
  Question question;
  question.snapshot = snapshot.id;
  const auto data = DecodeDataset(fields.dataset, "dataset", snapshot);
  if (!data) return geo::Fail(data.error());
  question.data = *data;
  const auto period = DecodePeriod(fields.period, "period");
  if (!period) return geo::Fail(period.error());
  auto filter = DecodeFilter(fields.filter, *question.data);
  if (!filter) return geo::Fail(filter.error());
  question.filter = std::move(*filter);
  question.filter.period = *period;
  const auto vintage = DecodeVintage(fields.vintage, "vintage", *question.data, period->end - 1);
  // A dataset without boundaries can still be asked, without names of wards.
  if (!vintage && vintage.error().reason != "NO_AREAS") return geo::Fail(vintage.error());
  if (vintage) question.vintage = *vintage;
  question.weighable = fields.weight_table != nullptr;
  if (question.weighable && !fields.weight_table->empty()) {
    const auto table = DecodeWeightTable(*fields.weight_table, question.data->record);
    if (!table) return geo::Fail(table.error());
    question.filter.weights = geo::WeightsOf(question.data->record, *table);
  }
  return question;
}

geo::Result<void> CheckAreasOfVintage(const geo::IncidentFilter& filter, std::size_t vintage, const geo::DatasetSnapshot& data, std::string_view what) {
  if (!filter.areas || filter.areas->vintage == vintage) return {};
  const auto& vintages = data.record.vintages;
  return geo::Fail(geo::InvalidArgument("filter.areas.vintage", fmt::format("is {}, and {} is on {}; name the same set of boundaries in both",
                                                                            vintages[filter.areas->vintage].id, what, vintages[vintage].id)));
}

void AddQuestionParameters(const Question& question, Parameters& parameters) {
  parameters.emplace_back("period", geo::FormatPeriod(question.filter.period));
  AddFilterParameters(question.filter, *question.data, parameters);
  if (!question.weighable) return;
  const auto& weights = question.filter.weights;
  parameters.emplace_back("weight_table", weights ? question.data->record.weight_tables[weights->table].id : "none");
}

std::string WeightMethod(const Question& question) {
  const bool always = question.filter.window.always();
  std::string text = always && !question.filter.weights ? " Every incident weighs 1." : "";
  if (!always) text += " Incidents weigh the share of their time window inside the time of week (aoristic, Ratcliffe 2000).";
  if (question.filter.weights) {
    const geo::WeightTable& table = question.data->record.weight_tables[question.filter.weights->table];
    text += fmt::format(" {} what their category weighs in {}, version {} ({}), in {}; those of categories without a weight take no part.",
                        always ? "Incidents weigh" : "That share is multiplied by", table.title, table.version, table.source, table.unit);
  }
  return text;
}

ContextFacts FactsOfQuestion(const Question& question) {
  ContextFacts facts;
  if (question.vintage) facts.vintage = question.data->record.vintages[*question.vintage].id;
  facts.sources = question.filter.sources;
  return facts;
}

}  // namespace server
