#include "server/codec/crosswalk_codec.h"

#include <fmt/format.h>

#include <algorithm>

#include "server/codec/change_codec.h"
#include "server/codec/comparison_codec.h"
#include "server/codec/period_codec.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

// A table belongs to one set of boundaries: none is in force by default.
geo::Result<std::size_t> DecodeNamedVintage(const std::string& id, std::string_view field, const geo::DatasetSnapshot& data) {
  if (!id.empty() || data.vintages.empty()) return DecodeVintage(id, field, data, data.record.as_at);
  std::vector<std::string> known;
  for (const geo::VintageRecord& vintage : data.record.vintages) known.push_back(vintage.id);
  return geo::Fail(Missing(field, "name a set of boundaries; there is: " + Listed(known)));
}

geo::Result<void> DecodeVintages(const v1::CrosswalkCountsRequest& request, CrosswalkCall& call) {
  const auto from = DecodeNamedVintage(request.from_vintage(), "from_vintage", *call.data);
  if (!from) return geo::Fail(from.error());
  const auto to = DecodeNamedVintage(request.to_vintage(), "to_vintage", *call.data);
  if (!to) return geo::Fail(to.error());
  call.query.from_vintage = *from;
  call.query.to_vintage = *to;
  if (*from != *to) return {};
  return geo::Fail({geo::ErrorCode::kInvalidArgument, "to_vintage", "SAME_VINTAGE",
                    fmt::format("is {}, as from_vintage is; name another set of boundaries", Quoted(request.to_vintage()))});
}

geo::Result<void> DecodeCounts(const v1::CrosswalkCountsRequest& request, CrosswalkCall& call) {
  if (request.counts().empty()) return geo::Fail(Missing("counts", "send at least one line of the published table"));
  if (request.counts_size() > limits::kPublishedCounts) return geo::Fail(TooMany("counts", request.counts_size(), limits::kPublishedCounts));
  const geo::AreaSet& set = call.data->vintages[call.query.from_vintage].areas;
  call.query.counts.assign(set.areas().size(), std::nullopt);
  for (int i = 0; i < request.counts_size(); ++i) {
    const v1::PublishedCount& line = request.counts(i);
    const std::string field = fmt::format("counts[{}].code", i);
    if (line.code().empty()) return geo::Fail(Missing(field, "send the code of an area of from_vintage"));
    const auto area = DecodeAreaCode(line.code(), field, set);
    if (!area) return geo::Fail(area.error());
    if (call.query.counts[*area]) return geo::Fail(Repeated(field, line.code()));
    const auto count =
        DecodeGivenNumber(fmt::format("counts[{}].count", i), line.count(), {0, limits::kMaxPublishedCount, 0, "", false, "an area without any"});
    if (!count) return geo::Fail(count.error());
    call.query.counts[*area] = *count;
  }
  return {};
}

geo::Result<geo::CrosswalkWeight> DecodeWeight(v1::CrosswalkWeight weight) {
  switch (weight) {
    case v1::CROSSWALK_WEIGHT_UNSPECIFIED:
    case v1::CROSSWALK_WEIGHT_GROUND:
      return geo::CrosswalkWeight::kGround;
    case v1::CROSSWALK_WEIGHT_INCIDENTS:
      return geo::CrosswalkWeight::kIncidents;
    case v1::CROSSWALK_WEIGHT_RESIDENTS:
      return geo::CrosswalkWeight::kResidents;
    default:
      return geo::Fail(UnknownEnum("weight", weight, "CROSSWALK_WEIGHT_GROUND (1), CROSSWALK_WEIGHT_INCIDENTS (2) or CROSSWALK_WEIGHT_RESIDENTS (3)"));
  }
}

const char* NameOf(geo::CrosswalkWeight weight) {
  switch (weight) {
    case geo::CrosswalkWeight::kGround:
      return "ground";
    case geo::CrosswalkWeight::kIncidents:
      return "incidents";
    case geo::CrosswalkWeight::kResidents:
      return "residents";
  }
  return "";
}

// What each weight needs, and what it does not take.
geo::Result<void> DecodeBasis(const v1::CrosswalkCountsRequest& request, CrosswalkCall& call) {
  const auto weight = DecodeWeight(request.weight());
  if (!weight) return geo::Fail(weight.error());
  geo::CrosswalkQuery& query = call.query;
  query.weight = *weight;
  const std::string other = fmt::format("is given, and the weight is {}, which does not use it; leave it out, or send ", NameOf(*weight));
  if (*weight == geo::CrosswalkWeight::kIncidents) {
    const auto period = DecodePeriod(request.period(), "period");
    if (!period) return geo::Fail(period.error());
    auto filter = DecodeFilterEverywhere(request.filter(), *call.data, "is given, and a table of all areas is moved; leave it out");
    if (!filter) return geo::Fail(filter.error());
    query.filter = std::move(*filter);
    query.filter.period = *period;
  } else {
    if (request.has_period()) return geo::Fail(NotTogether("period", other + "CROSSWALK_WEIGHT_INCIDENTS"));
    if (request.has_filter()) return geo::Fail(NotTogether("filter", other + "CROSSWALK_WEIGHT_INCIDENTS"));
  }
  if (*weight == geo::CrosswalkWeight::kResidents) {
    const auto blocks = DecodeNamedVintage(request.block_vintage(), "block_vintage", *call.data);
    if (!blocks) return geo::Fail(blocks.error());
    query.block_vintage = *blocks;
  } else if (!request.block_vintage().empty()) {
    return geo::Fail(NotTogether("block_vintage", other + "CROSSWALK_WEIGHT_RESIDENTS"));
  }
  query.least_share = limits::kDefaultLeastShare;
  if (!request.has_least_share()) return {};
  const auto share = DecodeGivenNumber("least_share", request.least_share(), {0, limits::kMaxLeastShare, limits::kDefaultLeastShare, ""});
  if (!share) return geo::Fail(share.error());
  query.least_share = *share;
  return {};
}

void EncodeRow(const CrosswalkCall& call, const geo::CrosswalkAnswer& answer, std::size_t i, v1::CrosswalkRow& out) {
  const auto areas = call.data->vintages[call.query.to_vintage].areas.areas();
  out.set_kind(i < areas.size() ? v1::ROW_KIND_AREA : v1::ROW_KIND_OUTSIDE);
  if (i < areas.size()) {
    out.set_area_code(areas[i].code);
    out.set_area_title(areas[i].name);
  }
  const geo::CrosswalkEstimate& row = answer.areas[i];
  out.set_estimate(row.estimate);
  out.set_low(row.low);
  out.set_high(row.high);
  out.set_not_published(row.not_published);
}

ContextFacts FactsOf(const CrosswalkCall& call, const geo::CrosswalkAnswer& answer) {
  const geo::CrosswalkQuery& query = call.query;
  ContextFacts facts;
  facts.parameters = call.parameters;
  const char* basis = "shared ground";
  if (query.weight == geo::CrosswalkWeight::kIncidents) basis = "the dataset's own incidents of the period, and by shared ground where an area has none";
  if (query.weight == geo::CrosswalkWeight::kResidents) basis = "residents of smaller areas, spread evenly over the ground of each";
  facts.method = fmt::format(
      "Each published count is divided among the new areas by {} (areal interpolation, Goodchild and Lam 1980). Low and high: what a new area holds when every "
      "old count that it shares lies wholly elsewhere, or wholly in it.",
      basis);
  facts.vintage = call.data->record.vintages[query.to_vintage].id;
  if (query.weight == geo::CrosswalkWeight::kIncidents) {
    facts.sources = query.filter.sources;
    facts.selection = {answer.incidents, answer.located, 0, 0};
    facts.breaks = geo::BreaksCrossed(*call.data, query.filter, query.filter.period);
  }
  return facts;
}

void AddParameters(CrosswalkCall& call) {
  const geo::CrosswalkQuery& query = call.query;
  const auto& vintages = call.data->record.vintages;
  Parameters& parameters = call.parameters;
  parameters.emplace_back("from_vintage", vintages[query.from_vintage].id);
  parameters.emplace_back("to_vintage", vintages[query.to_vintage].id);
  const auto published = std::count_if(query.counts.begin(), query.counts.end(), [](const auto& count) { return count.has_value(); });
  parameters.emplace_back("counts", fmt::format("{} of {} areas", published, query.counts.size()));
  parameters.emplace_back("weight", NameOf(query.weight));
  if (query.weight == geo::CrosswalkWeight::kIncidents) {
    parameters.emplace_back("period", geo::FormatPeriod(query.filter.period));
    AddFilterParameters(query.filter, *call.data, parameters);
  }
  if (query.weight == geo::CrosswalkWeight::kResidents) parameters.emplace_back("block_vintage", vintages[query.block_vintage].id);
  parameters.emplace_back("least_share", fmt::format("{}", query.least_share));
}

}  // namespace

geo::Result<CrosswalkCall> DecodeCrosswalkCounts(const v1::CrosswalkCountsRequest& request, const geo::Snapshot& snapshot) {
  CrosswalkCall call;
  call.snapshot = snapshot.id;
  const auto data = DecodeDataset(request.dataset(), "dataset", snapshot);
  if (!data) return geo::Fail(data.error());
  call.data = *data;
  if (auto vintages = DecodeVintages(request, call); !vintages) return geo::Fail(vintages.error());
  if (auto counts = DecodeCounts(request, call); !counts) return geo::Fail(counts.error());
  if (auto basis = DecodeBasis(request, call); !basis) return geo::Fail(basis.error());
  AddParameters(call);
  return call;
}

geo::Result<geo::CrosswalkAnswer> ComputeCrosswalk(const CrosswalkCall& call, const geo::StopSignal& stop) {
  return geo::CrosswalkCounts(*call.data, call.query, stop);
}

geo::Result<std::int64_t> EncodeCrosswalkCounts(const CrosswalkCall& call, const geo::Disclosed<geo::CrosswalkAnswer>& disclosed,
                                                v1::CrosswalkCountsResponse& response) {
  const geo::CrosswalkAnswer& answer = disclosed.value();
  const auto& counts = call.query.counts;
  for (std::size_t i = 0; i < answer.areas.size(); ++i) EncodeRow(call, answer, i, *response.add_rows());
  v1::CrosswalkRow& total = *response.add_rows();
  total.set_kind(v1::ROW_KIND_TOTAL);
  total.set_estimate(answer.total);
  total.set_low(answer.total);
  total.set_high(answer.total);
  total.set_not_published(static_cast<std::int32_t>(std::count(counts.begin(), counts.end(), std::nullopt)));
  const auto from = call.data->vintages[call.query.from_vintage].areas.areas();
  const auto to = call.data->vintages[call.query.to_vintage].areas.areas();
  for (const geo::CrosswalkShare& share : answer.shares) {
    // What was not published has nothing to move; its successors' rows say so.
    if (!counts[share.from]) continue;
    v1::CrosswalkShare& out = *response.add_shares();
    out.set_from_code(from[share.from].code);
    if (share.to != geo::kOutside) out.set_to_code(to[share.to].code);
    out.set_share(share.share);
    out.set_count(share.share * *counts[share.from]);
  }
  BuildContext(call.snapshot, *call.data, FactsOf(call, answer), disclosed.rule(), *response.mutable_context());
  return response.rows_size();
}

}  // namespace server
