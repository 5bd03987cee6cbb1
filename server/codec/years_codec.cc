#include "server/codec/years_codec.h"

#include <fmt/format.h>

#include "geo/change/denominators.h"
#include "server/codec/change_codec.h"
#include "server/codec/comparison_codec.h"
#include "server/codec/period_codec.h"
#include "server/codec/question_codec.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

using Periods = google::protobuf::RepeatedPtrField<v1::Period>;

geo::Result<std::vector<geo::Period>> DecodePeriods(const Periods& sent) {
  if (sent.size() < limits::kMinPeriods || sent.size() > limits::kMaxPeriods) {
    return geo::Fail(
        geo::InvalidArgument("periods", fmt::format("has {} entries; send {} to {}, in order of time", sent.size(), limits::kMinPeriods, limits::kMaxPeriods)));
  }
  std::vector<geo::Period> periods;
  for (int i = 0; i < sent.size(); ++i) {
    const std::string field = fmt::format("periods[{}]", i);
    const auto period = DecodePeriod(sent[i], field);
    if (!period) return geo::Fail(period.error());
    if (!periods.empty() && period->begin < periods.back().end) {
      const bool overlaps = periods.back().begin < period->end;
      return geo::Fail(geo::InvalidArgument(
          field, fmt::format("is {}, which {} periods[{}], {}; {}", geo::FormatPeriod(*period), overlaps ? "overlaps" : "is earlier than", i - 1,
                             geo::FormatPeriod(periods.back()), overlaps ? "an incident may be counted once only" : "send them in order of time")));
    }
    periods.push_back(*period);
  }
  return periods;
}

geo::Result<void> DecodeHow(const v1::CompareYearsRequest& request, YearsCall& call) {
  geo::YearsQuery& query = call.query;
  const auto baseline = DecodeInteger("baseline", request.baseline(), 0, static_cast<std::int64_t>(query.periods.size()) - 1);
  if (!baseline) return geo::Fail(baseline.error());
  query.baseline = static_cast<std::size_t>(*baseline);
  const auto fdr = DecodeFalseDiscoveryRate(request.false_discovery_rate());
  if (!fdr) return geo::Fail(fdr.error());
  query.false_discovery_rate = *fdr;
  query.by_category = request.by_category();
  if (request.denominator().empty()) {
    query.denominator = geo::kResidentsMeasure;
  } else {
    if (auto known = geo::CheckDenominator(*call.data, query.vintage, request.denominator(), "denominator"); !known) return geo::Fail(known.error());
    query.denominator = request.denominator();
  }
  const auto spread = DecodeSpread(request.spread());
  if (!spread) return geo::Fail(spread.error());
  query.spread = *spread;
  const auto seed = DecodeSeed(request.seed());
  if (!seed) return geo::Fail(seed.error());
  query.seed = *seed;
  return {};
}

Parameters ParametersOf(const YearsCall& call) {
  const geo::YearsQuery& query = call.query;
  Parameters parameters;
  for (std::size_t i = 0; i < query.periods.size(); ++i) parameters.emplace_back(fmt::format("periods[{}]", i), geo::FormatPeriod(query.periods[i]));
  parameters.emplace_back("baseline", fmt::format("{}", query.baseline));
  AddFilterParameters(query.filter, *call.data, parameters);
  parameters.emplace_back("vintage", call.data->record.vintages[query.vintage].id);
  parameters.emplace_back("false_discovery_rate", fmt::format("{}", query.false_discovery_rate));
  parameters.emplace_back("by_category", query.by_category ? "true" : "false");
  parameters.emplace_back("denominator", query.denominator);
  parameters.emplace_back("spread", NameOf(query.spread));
  parameters.emplace_back("seed", fmt::format("{}", query.seed));
  return parameters;
}

void EncodeBrief(const geo::BriefChange& change, geo::WardRow::Kind kind, v1::BriefChange& out) {
  if (change.ratio) out.set_ratio(*change.ratio);
  if (change.percent) out.set_percent(*change.percent);
  out.set_p_value(change.p_value);
  out.set_q_value(change.q_value);
  out.set_verdict(EncodeVerdict(kind, change.verdict));
}

void EncodeCell(const geo::YearCell& cell, geo::WardRow::Kind kind, v1::YearCell& out) {
  EncodeCount(cell.incidents, *out.mutable_incidents());
  EncodeCount(cell.crimes, *out.mutable_crimes());
  EncodeRate(cell.rate, *out.mutable_rate());
  if (cell.rank) EncodeRank(*cell.rank, *out.mutable_rank());
  if (cell.from_previous) EncodeBrief(*cell.from_previous, kind, *out.mutable_from_previous());
  if (cell.from_baseline) EncodeBrief(*cell.from_baseline, kind, *out.mutable_from_baseline());
}

std::string IdsOf(const std::vector<geo::CrossedBreak>& breaks) {
  std::string ids;
  for (const geo::CrossedBreak& crossed : breaks) ids += (ids.empty() ? "" : ", ") + crossed.id;
  return ids;
}

ContextFacts FactsOf(const YearsCall& call, const geo::YearsAnswer& answer) {
  const geo::YearsQuery& query = call.query;
  ContextFacts facts;
  facts.parameters = call.parameters;
  facts.method =
      "All periods recounted on one set of boundaries; every incident is in exactly one row. Each period compared with the one before and with the baseline by "
      "the conditional binomial test of rates per day (Przyborowski and Wilenski 1940); false discoveries controlled over all tests of the answer (Benjamini "
      "and Hochberg 1995). Rank intervals at 90 % by draws from what each rate may be (Goldstein and Spiegelhalter 1996)." +
      WideningMethod(answer.dispersion, answer.widened);
  facts.vintage = call.data->record.vintages[query.vintage].id;
  facts.sources = query.filter.sources;
  facts.selection = {answer.incidents, answer.located, answer.hour_unknown, answer.unknown_hour};
  for (const geo::Period& period : query.periods) geo::AddUnknownBreaks(geo::BreaksCrossed(*call.data, query.filter, period), facts.breaks);
  for (const auto& decisive : answer.from_previous) geo::AddUnknownBreaks(decisive, facts.breaks);
  for (const auto& decisive : answer.from_baseline) geo::AddUnknownBreaks(decisive, facts.breaks);
  facts.tests_made = answer.tests_made;
  facts.seed = static_cast<std::int64_t>(query.seed);
  return facts;
}

}  // namespace

geo::Result<YearsCall> DecodeCompareYears(const v1::CompareYearsRequest& request, const geo::Snapshot& snapshot) {
  YearsCall call;
  call.snapshot = snapshot.id;
  const auto data = DecodeDataset(request.dataset(), "dataset", snapshot);
  if (!data) return geo::Fail(data.error());
  call.data = *data;
  geo::YearsQuery& query = call.query;
  auto periods = DecodePeriods(request.periods());
  if (!periods) return geo::Fail(periods.error());
  query.periods = std::move(*periods);
  auto filter = DecodeFilter(request.filter(), *call.data);
  if (!filter) return geo::Fail(filter.error());
  query.filter = std::move(*filter);
  query.filter.period = query.periods.back();
  const auto vintage = DecodeVintage(request.vintage(), "vintage", *call.data, query.periods.back().end - 1);
  if (!vintage) return geo::Fail(vintage.error());
  query.vintage = *vintage;
  if (auto same = CheckAreasOfVintage(query.filter, query.vintage, *call.data, "the comparison"); !same) return geo::Fail(same.error());
  if (auto how = DecodeHow(request, call); !how) return geo::Fail(how.error());
  call.parameters = ParametersOf(call);
  return call;
}

geo::Result<geo::YearsAnswer> ComputeYears(const YearsCall& call, const geo::StopSignal& stop) { return geo::CompareYears(*call.data, call.query, stop); }

void EncodeRank(const geo::RankRange& rank, v1::RankInterval& out) {
  out.set_rank(rank.rank);
  out.set_low(rank.low);
  out.set_high(rank.high);
}

geo::Result<std::int64_t> EncodeCompareYears(const YearsCall& call, const geo::Disclosed<geo::YearsAnswer>& disclosed, v1::CompareYearsResponse& response) {
  const geo::YearsAnswer& answer = disclosed.value();
  for (const geo::YearsRow& row : answer.rows) {
    v1::YearsRow& out = *response.add_rows();
    EncodeRowName(*call.data, call.query.vintage, row.kind, row.area, row.category, out);
    for (const geo::YearCell& cell : row.cells) EncodeCell(cell, row.kind, *out.add_cells());
  }
  for (const geo::Period& period : call.query.periods) EncodeDays(period, *response.add_periods());
  for (std::size_t i = 1; i < answer.from_previous.size(); ++i) response.add_breaks_from_previous(IdsOf(answer.from_previous[i]));
  for (const auto& breaks : answer.from_baseline) response.add_breaks_from_baseline(IdsOf(breaks));
  EncodeDispersion(answer.dispersion, answer.widened, *response.mutable_dispersion());
  EncodeCount(answer.unknown_hour, *response.mutable_unknown_hour());
  BuildContext(call.snapshot, *call.data, FactsOf(call, answer), disclosed.rule(), *response.mutable_context());
  return response.rows_size();
}

}  // namespace server
