#include "server/codec/ward_codec.h"

#include <fmt/format.h>

#include "geo/change/explain_change.h"
#include "server/codec/change_codec.h"
#include "server/codec/comparison_codec.h"
#include "server/codec/period_codec.h"
#include "server/codec/question_codec.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

void EncodeRow(const WardCall& call, const geo::WardAnswer& answer, const geo::WardRow& row, v1::WardRow& out) {
  EncodeRowName(*call.data, call.query.vintage, row.kind, row.area, row.category, out);
  EncodePeriodCount(row.before, *out.mutable_before());
  EncodePeriodCount(row.after, *out.mutable_after());
  EncodeChange({row.change, row.kind, row.before.incidents, row.after.incidents}, geo::ExplainChange(row, call.query, answer), *out.mutable_change());
}

ContextFacts FactsOf(const WardCall& call, const geo::WardAnswer& answer) {
  const geo::WardQuery& query = call.query;
  ContextFacts facts;
  facts.parameters = call.parameters;
  facts.method =
      "Both periods recounted on one set of boundaries; every incident is in exactly one row. Rates of the two periods compared by the conditional binomial "
      "test (Przyborowski and Wilenski 1940) with Clopper-Pearson intervals at 95 % (1934), beside it the E-test (Krishnamoorthy and Thomson 2004); false "
      "discoveries controlled over the areas tested (Benjamini and Hochberg 1995). Rates with intervals at 95 %: exact Poisson below 10 incidents (Garwood "
      "1936), Byar's approximation from 10 (Breslow and Day 1987)." +
      WideningMethod(answer.dispersion, answer.widened);
  facts.vintage = call.data->record.vintages[query.vintage].id;
  facts.sources = query.filter.sources;
  facts.selection = {answer.incidents, answer.located, answer.hour_unknown, answer.unknown_hour};
  // All that the dates meet; of them, and of the rules that changed between the periods, the answer's own decide "not comparable".
  facts.breaks = BreaksOf(*call.data, query.filter, {query.before, query.after}, answer.breaks);
  facts.tests_made = answer.tests_made;
  return facts;
}

}  // namespace

geo::Result<WardCall> DecodeCompareWards(const v1::CompareWardsRequest& request, const geo::Snapshot& snapshot) {
  WardCall call;
  call.snapshot = snapshot.id;
  const auto data = DecodeDataset(request.dataset(), "dataset", snapshot);
  if (!data) return geo::Fail(data.error());
  call.data = *data;
  geo::WardQuery& query = call.query;
  const auto periods = DecodeTwoPeriods(request.before(), request.after());
  if (!periods) return geo::Fail(periods.error());
  query.before = periods->before;
  query.after = periods->after;
  auto filter = DecodeFilter(request.filter(), *call.data);
  if (!filter) return geo::Fail(filter.error());
  query.filter = std::move(*filter);
  query.filter.period = query.after;
  const auto vintage = DecodeVintage(request.vintage(), "vintage", *call.data, query.after.end - 1);
  if (!vintage) return geo::Fail(vintage.error());
  query.vintage = *vintage;
  if (auto same = CheckAreasOfVintage(query.filter, query.vintage, *call.data, "the comparison"); !same) return geo::Fail(same.error());
  const auto fdr = DecodeFalseDiscoveryRate(request.false_discovery_rate());
  if (!fdr) return geo::Fail(fdr.error());
  query.false_discovery_rate = *fdr;
  query.by_category = request.by_category();
  auto denominators = DecodeDenominators(request.denominators(), *call.data, query.vintage, true);
  if (!denominators) return geo::Fail(denominators.error());
  query.denominators = std::move(*denominators);
  const auto spread = DecodeSpread(request.spread());
  if (!spread) return geo::Fail(spread.error());
  query.spread = *spread;
  call.parameters.emplace_back("before", geo::FormatPeriod(query.before));
  call.parameters.emplace_back("after", geo::FormatPeriod(query.after));
  AddFilterParameters(query.filter, *call.data, call.parameters);
  call.parameters.emplace_back("vintage", call.data->record.vintages[query.vintage].id);
  call.parameters.emplace_back("false_discovery_rate", fmt::format("{}", query.false_discovery_rate));
  call.parameters.emplace_back("by_category", query.by_category ? "true" : "false");
  call.parameters.emplace_back("denominators", query.denominators.empty() ? "residents" : "residents," + Joined(query.denominators));
  call.parameters.emplace_back("spread", NameOf(query.spread));
  return call;
}

geo::Result<geo::WardAnswer> ComputeWards(const WardCall& call, const geo::StopSignal& stop) { return geo::CompareWards(*call.data, call.query, stop); }

geo::Result<std::int64_t> EncodeCompareWards(const WardCall& call, const geo::Disclosed<geo::WardAnswer>& disclosed, v1::CompareWardsResponse& response) {
  const geo::WardAnswer& answer = disclosed.value();
  for (const geo::WardRow& row : answer.rows) EncodeRow(call, answer, row, *response.add_rows());
  EncodeDays(call.query.before, *response.mutable_before());
  EncodeDays(call.query.after, *response.mutable_after());
  EncodeCount(answer.unknown_hour, *response.mutable_unknown_hour());
  EncodeDispersion(answer.dispersion, answer.widened, *response.mutable_dispersion());
  BuildContext(call.snapshot, *call.data, FactsOf(call, answer), disclosed.rule(), *response.mutable_context());
  return response.rows_size();
}

}  // namespace server
