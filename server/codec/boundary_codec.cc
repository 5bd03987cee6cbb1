#include "server/codec/boundary_codec.h"

#include <fmt/format.h>

#include "geo/change/explain_change.h"
#include "geo/types/sha256.h"
#include "server/codec/change_codec.h"
#include "server/codec/comparison_codec.h"
#include "server/codec/period_codec.h"
#include "server/codec/refusal.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

geo::Result<void> DecodeNewBoundaries(const v1::CompareBoundariesRequest& request, BoundaryCall& call) {
  geo::BoundaryQuery& query = call.query;
  const auto& vintages = call.data->record.vintages;
  if (request.to_case() == v1::CompareBoundariesRequest::kDraft) {
    if (auto fit = CheckDraft(request.draft()); !fit) return fit;
    for (const geo::VintageRecord& vintage : vintages) {
      if (vintage.id != request.draft().id()) continue;
      return geo::Fail(geo::InvalidArgument("draft.id", fmt::format("is {}, the id of a loaded vintage; give the draft another", Quoted(vintage.id))));
    }
    query.draft_id = request.draft().id();
    call.draft = request.draft();
    return {};
  }
  const auto to = DecodeVintage(request.to_vintage(), "to_vintage", *call.data, query.after.end - 1);
  if (!to) return geo::Fail(to.error());
  query.to_vintage = *to;
  if (query.to_vintage != query.from_vintage) return {};
  return geo::Fail({geo::ErrorCode::kInvalidArgument, "to_vintage", "SAME_VINTAGE",
                    fmt::format("is {}, and so is from_vintage: nothing has moved; name two sets of boundaries, or send a draft", vintages[*to].id)});
}

const std::string& NewBoundariesOf(const BoundaryCall& call) { return call.draft ? call.query.draft_id : call.data->record.vintages[call.query.to_vintage].id; }

void EncodeBoundaryChange(const BoundaryCall& call, const geo::BoundaryAnswer& answer, const geo::BoundaryRow& row, v1::Change& out) {
  geo::WardRow ward;
  ward.kind = row.kind;
  ward.before.incidents = row.before_on_new;
  ward.after.incidents = row.after_on_new;
  ward.change = *row.change;
  geo::WardQuery query;
  query.before = call.query.before;
  query.after = call.query.after;
  geo::WardAnswer told;
  told.tests_made = answer.tests_made;
  told.breaks = answer.breaks;
  told.dispersion = answer.dispersion;
  told.widened = answer.widened;
  EncodeChange({ward.change, ward.kind, row.before_on_new, row.after_on_new}, geo::ExplainChange(ward, query, told), out);
}

void EncodeRow(const BoundaryCall& call, const geo::BoundaryAnswer& answer, const geo::BoundaryRow& row, v1::BoundaryRow& out) {
  out.set_kind(EncodeKind(row.kind));
  if (row.to != geo::kOutside) {
    out.set_area_code(answer.to_areas_named[row.to].code);
    out.set_area_title(answer.to_areas_named[row.to].name);
  }
  if (row.from != geo::kOutside) {
    out.set_predecessor_code(answer.from_areas_named[row.from].code);
    out.set_predecessor_title(answer.from_areas_named[row.from].name);
  }
  out.set_predecessor_share_kept(row.predecessor_share_kept);
  EncodeCount(row.before_on_old, *out.mutable_before_on_old());
  EncodeCount(row.before_on_new, *out.mutable_before_on_new());
  EncodeCount(row.after_on_new, *out.mutable_after_on_new());
  EncodeCount(row.after_on_new - row.before_on_old, *out.mutable_naive_difference());
  EncodeCount(row.before_on_new - row.before_on_old, *out.mutable_boundary_moved());
  EncodeCount(row.after_on_new - row.before_on_new, *out.mutable_incidents_changed());
  if (row.change) EncodeBoundaryChange(call, answer, row, *out.mutable_change());
  out.set_area_km2(row.area_m2 / 1e6);
}

void EncodeFlow(const geo::BoundaryAnswer& answer, const geo::BoundaryFlow& flow, v1::BoundaryFlow& out) {
  if (flow.from != geo::kOutside) out.set_from_code(answer.from_areas_named[flow.from].code);
  if (flow.to != geo::kOutside) out.set_to_code(answer.to_areas_named[flow.to].code);
  EncodeCount(flow.before, *out.mutable_before());
  EncodeCount(flow.after, *out.mutable_after());
  out.set_area_km2(flow.area_m2 / 1e6);
  out.set_share_of_from(flow.share_of_from);
  out.set_share_of_to(flow.share_of_to);
}

ContextFacts FactsOf(const BoundaryCall& call, const BoundaryOutcome& outcome) {
  const geo::BoundaryQuery& query = call.query;
  const geo::BoundaryAnswer& answer = outcome.answer;
  ContextFacts facts;
  facts.parameters = call.parameters;
  if (outcome.draft) {
    facts.parameters.emplace_back("draft.areas", fmt::format("{}", answer.to_areas_named.size()));
    facts.parameters.emplace_back("draft.overlaps", outcome.draft->overlaps);
    if (!outcome.draft->placed_by.empty()) facts.parameters.emplace_back("draft.transformation", outcome.draft->placed_by);
  }
  facts.method =
      "Both periods counted point by point on the new boundaries, and the earlier one on the old: what a comparison of published tables would show is split "
      "into "
      "what the boundaries moved and what the incidents changed. Predecessors by shared ground, never by name. Changes on the new boundaries by the "
      "conditional binomial test (Przyborowski and Wilenski 1940); false discoveries controlled over the new areas (Benjamini and Hochberg 1995)." +
      WideningMethod(answer.dispersion, answer.widened);
  facts.vintage = NewBoundariesOf(call);
  facts.sources = query.filter.sources;
  facts.selection = {answer.incidents, answer.located, answer.hour_unknown, answer.unknown_hour};
  facts.breaks = BreaksOf(*call.data, query.filter, {query.before, query.after}, answer.breaks);
  facts.tests_made = answer.tests_made;
  return facts;
}

void AddParameters(BoundaryCall& call) {
  const geo::BoundaryQuery& query = call.query;
  Parameters& parameters = call.parameters;
  parameters.emplace_back("before", geo::FormatPeriod(query.before));
  parameters.emplace_back("after", geo::FormatPeriod(query.after));
  AddFilterParameters(query.filter, *call.data, parameters);
  parameters.emplace_back("from_vintage", call.data->record.vintages[query.from_vintage].id);
  if (call.draft) {
    parameters.emplace_back("draft.id", query.draft_id);
    parameters.emplace_back("draft.geojson", fmt::format("{} bytes, SHA-256 {}", call.draft->geojson().size(), geo::Sha256Hex(call.draft->geojson())));
    parameters.emplace_back("draft.crs", call.draft->crs().empty() ? "EPSG:4326" : call.draft->crs());
    parameters.emplace_back("draft.code_property", call.draft->code_property());
    parameters.emplace_back("draft.name_property", call.draft->name_property().empty() ? call.draft->code_property() : call.draft->name_property());
  } else {
    parameters.emplace_back("to_vintage", NewBoundariesOf(call));
  }
  parameters.emplace_back("false_discovery_rate", fmt::format("{}", query.false_discovery_rate));
}

}  // namespace

geo::Result<BoundaryCall> DecodeCompareBoundaries(const v1::CompareBoundariesRequest& request, const geo::Snapshot& snapshot) {
  BoundaryCall call;
  call.snapshot = snapshot.id;
  const auto data = DecodeDataset(request.dataset(), "dataset", snapshot);
  if (!data) return geo::Fail(data.error());
  call.data = *data;
  geo::BoundaryQuery& query = call.query;
  const auto periods = DecodeTwoPeriods(request.before(), request.after());
  if (!periods) return geo::Fail(periods.error());
  query.before = periods->before;
  query.after = periods->after;
  auto filter = DecodeFilterEverywhere(request.filter(), *call.data, "is given, and sums over some areas alone would not be conserved; leave it out");
  if (!filter) return geo::Fail(filter.error());
  query.filter = std::move(*filter);
  query.filter.period = query.after;
  const auto from = DecodeVintage(request.from_vintage(), "from_vintage", *call.data, query.before.begin);
  if (!from) return geo::Fail(from.error());
  query.from_vintage = *from;
  if (auto to = DecodeNewBoundaries(request, call); !to) return geo::Fail(to.error());
  const auto fdr = DecodeFalseDiscoveryRate(request.false_discovery_rate());
  if (!fdr) return geo::Fail(fdr.error());
  query.false_discovery_rate = *fdr;
  AddParameters(call);
  return call;
}

geo::Result<BoundaryOutcome> ComputeBoundaries(const BoundaryCall& call, const geo::StopSignal& stop) {
  BoundaryOutcome outcome;
  geo::BoundaryQuery query = call.query;
  if (call.draft) {
    auto draft = DecodeDraft(*call.draft, stop);
    if (!draft) return geo::Fail(draft.error());
    query.draft = std::move(draft->areas);
    outcome.draft = std::move(*draft);
    outcome.draft->areas.clear();
  }
  auto answer = geo::CompareBoundaries(*call.data, query, stop);
  if (!answer) return geo::Fail(answer.error());
  outcome.answer = std::move(*answer);
  return outcome;
}

geo::Result<std::int64_t> EncodeCompareBoundaries(const BoundaryCall& call, const geo::Disclosed<BoundaryOutcome>& disclosed,
                                                  v1::CompareBoundariesResponse& response) {
  const geo::BoundaryAnswer& answer = disclosed.value().answer;
  for (const geo::BoundaryRow& row : answer.rows) EncodeRow(call, answer, row, *response.add_rows());
  for (const geo::BoundaryFlow& flow : answer.flows) EncodeFlow(answer, flow, *response.add_flows());
  response.set_from_vintage(call.data->record.vintages[call.query.from_vintage].id);
  response.set_to_vintage(NewBoundariesOf(call));
  EncodeDays(call.query.before, *response.mutable_before());
  EncodeDays(call.query.after, *response.mutable_after());
  EncodeDispersion(answer.dispersion, answer.widened, *response.mutable_dispersion());
  EncodeCount(answer.unknown_hour, *response.mutable_unknown_hour());
  BuildContext(call.snapshot, *call.data, FactsOf(call, disclosed.value()), disclosed.rule(), *response.mutable_context());
  return response.rows_size();
}

}  // namespace server
