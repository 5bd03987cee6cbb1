#include "server/codec/ward_codec.h"

#include <cmath>
#include <fmt/format.h>

#include <algorithm>

#include "geo/change/explain_change.h"
#include "server/codec/period_codec.h"
#include "server/codec/question_codec.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

v1::RowKind EncodeKind(geo::WardRow::Kind kind) {
  switch (kind) {
    case geo::WardRow::Kind::kArea:
      return v1::ROW_KIND_AREA;
    case geo::WardRow::Kind::kOutside:
      return v1::ROW_KIND_OUTSIDE;
    case geo::WardRow::Kind::kUnlocated:
      return v1::ROW_KIND_UNLOCATED;
    case geo::WardRow::Kind::kTotal:
      return v1::ROW_KIND_TOTAL;
  }
  return v1::ROW_KIND_UNSPECIFIED;
}

v1::Verdict EncodeVerdict(const geo::WardRow& row) {
  // Outside and unlocated are not places, so no verdict is given on them.
  if (row.kind == geo::WardRow::Kind::kOutside || row.kind == geo::WardRow::Kind::kUnlocated) return v1::VERDICT_UNSPECIFIED;
  switch (row.change.verdict) {
    case geo::Verdict::kHigher:
      return v1::VERDICT_HIGHER;
    case geo::Verdict::kLower:
      return v1::VERDICT_LOWER;
    case geo::Verdict::kNoClearChange:
      return v1::VERDICT_NO_CLEAR_CHANGE;
    case geo::Verdict::kTooFewToSay:
      return v1::VERDICT_TOO_FEW_TO_SAY;
    case geo::Verdict::kNotComparable:
      return v1::VERDICT_NOT_COMPARABLE;
  }
  return v1::VERDICT_UNSPECIFIED;
}

void EncodePeriodCount(const geo::PeriodCount& count, v1::PeriodCount& out) {
  EncodeCount(count.incidents, *out.mutable_incidents());
  EncodeCount(count.crimes, *out.mutable_crimes());
  out.set_weight(count.weight);
  if (count.population) out.set_residents(*count.population);
  out.set_residents_year(count.population_year);
  if (!count.rate_per_1000) return;
  out.set_rate_per_1000_per_year(*count.rate_per_1000);
  out.mutable_rate_interval()->set_low(count.rate_low);
  out.mutable_rate_interval()->set_high(count.rate_high);
}

void EncodeRow(const WardCall& call, const geo::WardAnswer& answer, const geo::WardRow& row, v1::WardRow& out) {
  out.set_kind(EncodeKind(row.kind));
  if (row.kind == geo::WardRow::Kind::kArea) {
    const geo::Area& area = call.data->vintages[call.query.vintage].areas.areas()[row.area];
    out.set_area_code(area.code);
    out.set_area_title(area.name);
  }
  EncodePeriodCount(row.before, *out.mutable_before());
  EncodePeriodCount(row.after, *out.mutable_after());
  v1::Change& change = *out.mutable_change();
  EncodeCount(row.change.difference, *change.mutable_difference());
  if (row.change.ratio) change.set_ratio(*row.change.ratio);
  // Without a single incident nothing bounds the ratio.
  if (row.before.incidents + row.after.incidents > 0) {
    change.mutable_ratio_interval()->set_low(row.change.ratio_low);
    if (std::isfinite(row.change.ratio_high)) change.mutable_ratio_interval()->set_high(row.change.ratio_high);
  }
  if (row.change.percent) change.set_percent(*row.change.percent);
  change.set_p_value(row.change.p_value);
  change.set_q_value(row.change.q_value);
  change.set_verdict(EncodeVerdict(row));
  change.set_explanation(geo::ExplainChange(row, call.query, answer));
}

ContextFacts FactsOf(const WardCall& call, const geo::WardAnswer& answer) {
  const geo::WardQuery& query = call.query;
  ContextFacts facts;
  facts.parameters = call.parameters;
  facts.method =
      "Both periods recounted on one set of boundaries; every incident is in exactly one row. Rates of the two periods compared by the conditional binomial "
      "test (Przyborowski and Wilenski 1940) with Clopper-Pearson intervals at 95 % (1934); false discoveries controlled over the areas tested (Benjamini and "
      "Hochberg 1995). Rates with intervals at 95 %: exact Poisson below 10 incidents (Garwood 1936), Byar's approximation from 10 (Breslow and Day 1987).";
  facts.vintage = call.data->record.vintages[query.vintage].id;
  facts.sources = query.filter.sources;
  facts.selection = {answer.incidents, answer.located, answer.hour_unknown, answer.unknown_hour};
  // All that the dates meet; of them, and of the rules that changed between the periods, the answer's own decide "not comparable".
  facts.breaks = geo::BreaksCrossed(*call.data, query.filter, query.before);
  geo::AddUnknownBreaks(geo::BreaksCrossed(*call.data, query.filter, query.after), facts.breaks);
  geo::AddUnknownBreaks(answer.breaks, facts.breaks);
  facts.tests_made = answer.tests_made;
  return facts;
}

geo::Result<void> DecodePeriods(const v1::CompareWardsRequest& request, geo::WardQuery& query) {
  const auto before = DecodePeriod(request.before(), "before");
  if (!before) return geo::Fail(before.error());
  const auto after = DecodePeriod(request.after(), "after");
  if (!after) return geo::Fail(after.error());
  if (before->begin < after->end && after->begin < before->end) {
    return geo::Fail(geo::InvalidArgument(
        "after", fmt::format("is {}, which overlaps before, {}; an incident may be counted once only", geo::FormatPeriod(*after), geo::FormatPeriod(*before))));
  }
  if (after->begin < before->begin) {
    return geo::Fail(
        geo::InvalidArgument("after", fmt::format("is {}, earlier than before, {}; swap the two", geo::FormatPeriod(*after), geo::FormatPeriod(*before))));
  }
  query.before = *before;
  query.after = *after;
  return {};
}

}  // namespace

geo::Result<WardCall> DecodeCompareWards(const v1::CompareWardsRequest& request, const geo::Snapshot& snapshot) {
  WardCall call;
  call.snapshot = snapshot.id;
  const auto data = DecodeDataset(request.dataset(), "dataset", snapshot);
  if (!data) return geo::Fail(data.error());
  call.data = *data;
  geo::WardQuery& query = call.query;
  if (auto periods = DecodePeriods(request, query); !periods) return geo::Fail(periods.error());
  auto filter = DecodeFilter(request.filter(), *call.data);
  if (!filter) return geo::Fail(filter.error());
  query.filter = std::move(*filter);
  query.filter.period = query.after;
  const auto vintage = DecodeVintage(request.vintage(), "vintage", *call.data, query.after.end - 1);
  if (!vintage) return geo::Fail(vintage.error());
  query.vintage = *vintage;
  if (auto same = CheckAreasOfVintage(query.filter, query.vintage, *call.data, "the comparison"); !same) return geo::Fail(same.error());
  const auto fdr =
      DecodeNumber("false_discovery_rate", request.false_discovery_rate(), {0, limits::kMaxFalseDiscoveryRate, limits::kDefaultFalseDiscoveryRate, "", true});
  if (!fdr) return geo::Fail(fdr.error());
  query.false_discovery_rate = *fdr;
  call.parameters.emplace_back("before", geo::FormatPeriod(query.before));
  call.parameters.emplace_back("after", geo::FormatPeriod(query.after));
  AddFilterParameters(query.filter, *call.data, call.parameters);
  call.parameters.emplace_back("vintage", call.data->record.vintages[query.vintage].id);
  call.parameters.emplace_back("false_discovery_rate", fmt::format("{}", query.false_discovery_rate));
  return call;
}

geo::Result<geo::WardAnswer> ComputeWards(const WardCall& call, const geo::StopSignal& stop) { return geo::CompareWards(*call.data, call.query, stop); }

geo::Result<std::int64_t> EncodeCompareWards(const WardCall& call, const geo::Disclosed<geo::WardAnswer>& disclosed, v1::CompareWardsResponse& response) {
  const geo::WardAnswer& answer = disclosed.value();
  for (const geo::WardRow& row : answer.rows) EncodeRow(call, answer, row, *response.add_rows());
  EncodeDays(call.query.before, *response.mutable_before());
  EncodeDays(call.query.after, *response.mutable_after());
  EncodeCount(answer.unknown_hour, *response.mutable_unknown_hour());
  BuildContext(call.snapshot, *call.data, FactsOf(call, answer), disclosed.rule(), *response.mutable_context());
  return response.rows_size();
}

}  // namespace server
