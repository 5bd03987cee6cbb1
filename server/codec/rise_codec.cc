#include "server/codec/rise_codec.h"

#include <fmt/format.h>

#include <algorithm>

#include "geo/change/explain_change.h"
#include "server/codec/change_codec.h"
#include "server/codec/comparison_codec.h"
#include "server/codec/refusal.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

geo::Result<void> DecodePlaces(const v1::CheckRiseRequest& request, RiseCall& call) {
  if (!request.has_place()) return geo::Fail(Missing("place", "name the vintage and codes of the areas whose change is asked about"));
  auto place = DecodeAreaSelection(request.place(), "place", *call.data);
  if (!place) return geo::Fail(place.error());
  geo::RiseQuery& query = call.query;
  query.vintage = place->vintage;
  query.place = std::move(place->areas);
  const geo::AreaSet& set = call.data->vintages[query.vintage].areas;
  if (!request.has_peers()) {
    for (std::size_t area = 0; area < set.areas().size(); ++area) {
      const auto index = static_cast<geo::AreaIndex>(area);
      if (!std::binary_search(query.place.begin(), query.place.end(), index)) query.peers.push_back(index);
    }
    return {};
  }
  auto peers = DecodeAreaSelection(request.peers(), "peers", *call.data);
  if (!peers) return geo::Fail(peers.error());
  if (peers->vintage != query.vintage) {
    const auto& vintages = call.data->record.vintages;
    return geo::Fail(geo::InvalidArgument("peers.vintage", fmt::format("is {}, and the place is on {}; name the same set of boundaries in both",
                                                                       vintages[peers->vintage].id, vintages[query.vintage].id)));
  }
  for (const geo::AreaIndex area : peers->areas) {
    if (!std::binary_search(query.place.begin(), query.place.end(), area)) continue;
    return geo::Fail(NotTogether(
        "peers.codes", fmt::format("names {}, which is in the place; nothing can be compared with itself: name it once", Quoted(set.areas()[area].code))));
  }
  query.peers = std::move(peers->areas);
  return {};
}

v1::ComparisonKind EncodeComparisonKind(geo::RiseComparison::Kind kind) {
  switch (kind) {
    case geo::RiseComparison::Kind::kPeers:
      return v1::COMPARISON_KIND_PEERS;
    case geo::RiseComparison::Kind::kRest:
      return v1::COMPARISON_KIND_REST;
    case geo::RiseComparison::Kind::kSource:
      return v1::COMPARISON_KIND_SOURCE;
    case geo::RiseComparison::Kind::kPeer:
      return v1::COMPARISON_KIND_PEER;
    case geo::RiseComparison::Kind::kCategory:
      return v1::COMPARISON_KIND_CATEGORY;
  }
  return v1::COMPARISON_KIND_UNSPECIFIED;
}

// A place and what it is compared with are told as a total is: by p alone, for theirs are no discoveries among many.
void EncodeRiseChange(const RiseCall& call, const geo::RiseAnswer& answer, const geo::PeriodCount& before, const geo::PeriodCount& after,
                      const geo::Change& change, v1::Change& out) {
  geo::WardRow row;
  row.kind = geo::WardRow::Kind::kTotal;
  row.before = before;
  row.after = after;
  row.change = change;
  geo::WardQuery query;
  query.before = call.query.before;
  query.after = call.query.after;
  geo::WardAnswer told;
  told.breaks = answer.breaks;
  told.tests_made = answer.tests_made;
  told.dispersion = answer.dispersion;
  EncodeChange({change, row.kind, before.incidents, after.incidents}, geo::ExplainChange(row, query, told), out);
}

void EncodeName(const RiseCall& call, const geo::RiseComparison& compared, v1::RiseComparison& out) {
  switch (compared.kind) {
    case geo::RiseComparison::Kind::kPeers:
      out.set_title(fmt::format("{} {} together", call.query.peers.size(), call.query.peers.size() == 1 ? "peer" : "peers"));
      return;
    case geo::RiseComparison::Kind::kRest:
      out.set_title("everything but the place");
      return;
    case geo::RiseComparison::Kind::kSource:
      out.set_id(call.data->record.sources[compared.index].id);
      out.set_title(call.data->record.sources[compared.index].title);
      return;
    case geo::RiseComparison::Kind::kPeer: {
      const geo::Area& area = call.data->vintages[call.query.vintage].areas.areas()[compared.index];
      out.set_id(area.code);
      out.set_title(area.name);
      return;
    }
    case geo::RiseComparison::Kind::kCategory:
      out.set_id(call.data->record.categories[compared.index].id);
      out.set_title(call.data->record.categories[compared.index].title);
      return;
  }
}

void EncodeComparison(const RiseCall& call, const geo::RiseAnswer& answer, const geo::RiseComparison& compared, v1::RiseComparison& out) {
  out.set_kind(EncodeComparisonKind(compared.kind));
  EncodeName(call, compared, out);
  EncodePeriodCount(compared.before, *out.mutable_before());
  EncodePeriodCount(compared.after, *out.mutable_after());
  EncodeRiseChange(call, answer, compared.before, compared.after, compared.change, *out.mutable_change());
  if (!compared.against) return;
  if (compared.against->ratio) {
    out.set_ratio_of_ratios(*compared.against->ratio);
    EncodeInterval(compared.against->low, compared.against->high, *out.mutable_ratio_of_ratios_interval());
  }
  out.set_p_value(compared.against->p_value);
}

ContextFacts FactsOf(const RiseCall& call, const geo::RiseAnswer& answer) {
  const geo::RiseQuery& query = call.query;
  ContextFacts facts;
  facts.parameters = call.parameters;
  facts.method =
      "The place's change by the conditional binomial test of rates per day (Przyborowski and Wilenski 1940), beside that of its peers, of the rest, of each "
      "source and category. Whether it changed otherwise than another by the ratio of ratios, conditional on the sums (Fisher 1935), its normal form for large "
      "counts (Woolf 1955)." +
      WideningMethod(answer.dispersion, true);
  facts.vintage = call.data->record.vintages[query.vintage].id;
  facts.sources = query.filter.sources;
  facts.selection = {answer.incidents, answer.located, answer.hour_unknown, answer.unknown_hour};
  facts.breaks = BreaksOf(*call.data, query.filter, {query.before, query.after}, answer.breaks);
  facts.tests_made = answer.tests_made;
  return facts;
}

}  // namespace

geo::Result<RiseCall> DecodeCheckRise(const v1::CheckRiseRequest& request, const geo::Snapshot& snapshot) {
  RiseCall call;
  call.snapshot = snapshot.id;
  const auto data = DecodeDataset(request.dataset(), "dataset", snapshot);
  if (!data) return geo::Fail(data.error());
  call.data = *data;
  geo::RiseQuery& query = call.query;
  const auto periods = DecodeTwoPeriods(request.before(), request.after());
  if (!periods) return geo::Fail(periods.error());
  query.before = periods->before;
  query.after = periods->after;
  auto filter = DecodeFilterEverywhere(request.filter(), *call.data, "is given, and the place and its peers say where; leave it out and send `place`");
  if (!filter) return geo::Fail(filter.error());
  query.filter = std::move(*filter);
  query.filter.period = query.after;
  if (auto places = DecodePlaces(request, call); !places) return geo::Fail(places.error());
  const auto fdr = DecodeFalseDiscoveryRate(request.false_discovery_rate());
  if (!fdr) return geo::Fail(fdr.error());
  query.false_discovery_rate = *fdr;
  const geo::AreaSet& set = call.data->vintages[query.vintage].areas;
  call.parameters.emplace_back("before", geo::FormatPeriod(query.before));
  call.parameters.emplace_back("after", geo::FormatPeriod(query.after));
  AddFilterParameters(query.filter, *call.data, call.parameters);
  call.parameters.emplace_back("place.vintage", call.data->record.vintages[query.vintage].id);
  call.parameters.emplace_back("place.codes", FormatAreaCodes(query.place, set));
  call.parameters.emplace_back("peers.codes", query.peers.empty() ? "none" : FormatAreaCodes(query.peers, set));
  call.parameters.emplace_back("false_discovery_rate", fmt::format("{}", query.false_discovery_rate));
  return call;
}

geo::Result<geo::RiseAnswer> ComputeRise(const RiseCall& call, const geo::StopSignal& stop) { return geo::CheckRise(*call.data, call.query, stop); }

geo::Result<std::int64_t> EncodeCheckRise(const RiseCall& call, const geo::Disclosed<geo::RiseAnswer>& disclosed, v1::CheckRiseResponse& response) {
  const geo::RiseAnswer& answer = disclosed.value();
  EncodePeriodCount(answer.before, *response.mutable_before());
  EncodePeriodCount(answer.after, *response.mutable_after());
  EncodeRiseChange(call, answer, answer.before, answer.after, answer.change, *response.mutable_change());
  for (const geo::RiseComparison& compared : answer.comparisons) EncodeComparison(call, answer, compared, *response.add_comparisons());
  EncodeDispersion(answer.dispersion, true, *response.mutable_dispersion());
  for (const std::string& reason : answer.reasons) response.add_reasons(reason);
  if (answer.peers_as_extreme) response.set_peers_as_extreme(*answer.peers_as_extreme);
  BuildContext(call.snapshot, *call.data, FactsOf(call, answer), disclosed.rule(), *response.mutable_context());
  return response.comparisons_size();
}

}  // namespace server
