#include "server/codec/profile_codec.h"

#include <fmt/format.h>

#include <algorithm>

#include "geo/change/explain_change.h"
#include "geo/incidents/workstream_filter.h"
#include "geo/types/sha256.h"
#include "server/codec/change_codec.h"
#include "server/codec/comparison_codec.h"
#include "server/codec/draft_codec.h"
#include "server/codec/period_codec.h"
#include "server/codec/plan_codec.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

geo::Result<void> DecodeCellList(const v1::CellList& list, ProfileCall& call) {
  if (list.cells().empty()) return geo::Fail(Missing("cells.cells", "name the cells of the place: \"s250:r702:c2291\""));
  if (list.cells_size() > limits::kProfileCells) return geo::Fail(TooMany("cells.cells", list.cells_size(), limits::kProfileCells));
  for (int i = 0; i < list.cells_size(); ++i) {
    const std::string field = fmt::format("cells.cells[{}]", i);
    const auto cell = geo::ParseCell(list.cells(i));
    if (!cell) {
      geo::Error error = cell.error();
      error.field = field;
      return geo::Fail(std::move(error));
    }
    if (i > 0 && !(cell->first == call.query.grid)) {
      return geo::Fail(geo::InvalidArgument(field, fmt::format("is {}, of another grid than {}; name cells of one grid", Quoted(list.cells(i)), list.cells(0))));
    }
    call.query.grid = cell->first;
    if (std::find(call.query.cells.begin(), call.query.cells.end(), cell->second) != call.query.cells.end()) return geo::Fail(Repeated(field, list.cells(i)));
    call.query.cells.push_back(cell->second);
  }
  std::sort(call.query.cells.begin(), call.query.cells.end());
  call.query.unit = geo::PlaceUnit::kCells;
  call.title = list.cells_size() == 1 ? list.cells(0) : fmt::format("{} cells", list.cells_size());
  for (const std::string& cell : list.cells()) call.parameters.emplace_back("cells.cells", cell);
  return {};
}

geo::Result<void> DecodeAreas(const v1::AreaSelection& selection, ProfileCall& call) {
  auto areas = DecodeAreaSelection(selection, "areas", *call.question.data);
  if (!areas) return geo::Fail(areas.error());
  call.query.vintage = areas->vintage;
  call.query.areas = std::move(areas->areas);
  call.query.unit = geo::PlaceUnit::kAreas;
  const geo::AreaSet& set = call.question.data->vintages[call.query.vintage].areas;
  call.title = call.query.areas.size() == 1 ? set.areas()[call.query.areas.front()].name : fmt::format("{} areas", call.query.areas.size());
  call.parameters.emplace_back("areas.codes", FormatAreaCodes(call.query.areas, set));
  return {};
}

// A shape travels as a draft does, and its faults are told under its own name.
geo::Error OfShape(geo::Error error) {
  constexpr std::string_view kDraft = "draft";
  if (error.field.starts_with(kDraft)) error.field.replace(0, kDraft.size(), "shape");
  const std::size_t at = error.message.find("draft.crs");
  if (at != std::string::npos) error.message.replace(at, kDraft.size(), "shape");
  return error;
}

geo::Result<void> DecodePlace(const v1::ProfilePlaceRequest& request, ProfileCall& call) {
  switch (request.place_case()) {
    case v1::ProfilePlaceRequest::kAreas:
      return DecodeAreas(request.areas(), call);
    case v1::ProfilePlaceRequest::kCells:
      return DecodeCellList(request.cells(), call);
    case v1::ProfilePlaceRequest::kShape:
      if (auto fit = CheckDrawnPlace(request.shape()); !fit) return geo::Fail(OfShape(fit.error()));
      call.shape = request.shape();
      call.query.unit = geo::PlaceUnit::kShape;
      call.title = request.shape().id();
      call.parameters.emplace_back("shape.id", request.shape().id());
      call.parameters.emplace_back("shape.geojson", fmt::format("{} bytes, SHA-256 {}", request.shape().geojson().size(), geo::Sha256Hex(request.shape().geojson())));
      return {};
    case v1::ProfilePlaceRequest::PLACE_NOT_SET:
      break;
  }
  return geo::Fail(Missing("place", "send `areas`, `cells` or `shape`"));
}

void EncodeChangeOf(const ProfileCall& call, const geo::PlaceProfile& profile, const geo::WorkstreamProfile& told, v1::Change& out) {
  geo::WardRow row;
  row.kind = geo::WardRow::Kind::kArea;
  row.before.incidents = told.before;
  row.after.incidents = told.incidents;
  row.change = told.change;
  geo::WardQuery query;
  query.before = geo::YearsEarlier(call.query.period, 1);
  query.after = call.query.period;
  query.false_discovery_rate = call.query.false_discovery_rate;
  geo::WardAnswer answer;
  answer.breaks = told.breaks;
  answer.tests_made = profile.tests_made;
  answer.dispersion = profile.dispersion;
  answer.widened = profile.dispersion.widening() > 1;
  EncodeChange({told.change, row.kind, told.before, told.incidents}, geo::ExplainChange(row, query, answer), out);
}

void EncodeWorkstream(const ProfileCall& call, const geo::PlaceProfile& profile, const geo::WorkstreamProfile& told, v1::WorkstreamProfile& out) {
  const geo::Workstream& of = call.question.data->record.workstreams[told.workstream];
  out.set_workstream(of.id);
  out.set_title(of.title);
  out.set_proxy(geo::ProxyOf(call.question.data->record, told.workstream));
  out.set_caveat(of.caveat);
  out.set_targeting(of.targeting);
  EncodeCount(told.incidents, *out.mutable_incidents());
  EncodeCount(told.crimes, *out.mutable_crimes());
  out.set_weight(told.weight);
  EncodeCount(told.incidents_everywhere, *out.mutable_incidents_everywhere());
  EncodeRate(told.per_km2, *out.mutable_rate_per_km2());
  for (const geo::Rate& rate : told.rates) EncodeRate(rate, *out.add_rates());
  if (told.rank) {
    out.set_rank(*told.rank);
    out.set_peers(told.peers);
  }
  EncodeCount(told.before, *out.mutable_before());
  EncodeChangeOf(call, profile, told, *out.mutable_change());
  out.set_years_hot(told.years_hot);
  out.set_years_covered(told.years_covered);
  for (const geo::BlockShare& block : told.blocks) {
    v1::HourShare& share = *out.add_hours();
    EncodeTimeOfWeek(geo::WindowOf(call.query.blocks, block.block), *share.mutable_hours());
    share.set_share(block.share);
  }
  EncodeCount(told.hour_unknown, *out.mutable_hour_unknown());
  out.set_positions(told.positions);
  out.set_positions_with_half(told.positions_with_half);
  out.set_top_position_share(told.top_position_share);
  if (!call.query.weight_table) return;
  out.set_harm(told.harm);
  out.set_harm_without_largest(told.harm_without_largest);
  EncodeCount(told.unweighted, *out.mutable_unweighted());
}

ContextFacts FactsOf(const ProfileCall& call, const geo::PlaceProfile& profile) {
  const geo::DatasetRecord& record = call.question.data->record;
  ContextFacts facts = FactsOfQuestion(call.question);
  facts.parameters = call.parameters;
  facts.vintage = record.vintages[call.query.vintage].id;
  facts.method =
      "Counts of each workstream in the place; rates with exact Poisson intervals below 10 and Byar's from 10; the change from the same days a year before by the "
      "conditional binomial test (Przyborowski and Wilenski 1940), corrected over all peers and workstreams (Benjamini and Hochberg 1995); hours by the share of "
      "each time window (aoristic, Ratcliffe 2000)." +
      HarmMethod(record, call.query.weight_table) + WideningMethod(profile.dispersion, true);
  facts.sources = SourcesOfWorkstreams(record, call.query.workstreams);
  facts.selection = {profile.incidents, profile.located, profile.hour_unknown, profile.unknown_hour};
  facts.breaks = profile.breaks;
  facts.tests_made = profile.tests_made;
  return facts;
}

}  // namespace

geo::Result<ProfileCall> DecodeProfilePlace(const v1::ProfilePlaceRequest& request, const geo::Snapshot& snapshot) {
  ProfileCall call;
  auto question = DecodeQuestion(QuestionFields{request.dataset(), request.period(), v1::IncidentFilter::default_instance(), request.vintage()}, snapshot);
  if (!question) return geo::Fail(question.error());
  call.question = std::move(*question);
  const geo::DatasetSnapshot& data = *call.question.data;
  geo::ProfileQuery& query = call.query;
  query.period = call.question.filter.period;
  const auto vintage = DecodeVintage(request.vintage(), "vintage", data, query.period.end - 1);
  if (!vintage) return geo::Fail(vintage.error());
  query.vintage = *vintage;
  call.parameters.emplace_back("period", geo::FormatPeriod(query.period));
  if (auto place = DecodePlace(request, call); !place) return geo::Fail(place.error());
  if (query.vintage != *vintage && !request.vintage().empty()) {
    return geo::Fail(geo::InvalidArgument("areas.vintage", fmt::format("is {}, and vintage is {}; name the same set of boundaries in both, or leave vintage out",
                                                                       data.record.vintages[query.vintage].id, data.record.vintages[*vintage].id)));
  }
  auto workstreams = DecodeWorkstreams(request.workstreams(), "workstreams", data.record);
  if (!workstreams) return geo::Fail(workstreams.error());
  query.workstreams = std::move(*workstreams);
  const auto table = DecodeHarmTable(request.weight_table(), data.record);
  if (!table) return geo::Fail(table.error());
  query.weight_table = *table;
  const auto blocks = DecodeHourBlocks(request.hours());
  if (!blocks) return geo::Fail(blocks.error());
  if (!*blocks) return geo::Fail(geo::InvalidArgument("hours.block_hours", "is 168, the whole week, of which a profile would say nothing; send 24 or less"));
  query.blocks = **blocks;
  const auto fdr = DecodeFalseDiscoveryRate(request.false_discovery_rate());
  if (!fdr) return geo::Fail(fdr.error());
  query.false_discovery_rate = *fdr;
  query.threads = limits::kAnswerThreads;
  for (const std::size_t workstream : query.workstreams) call.parameters.emplace_back("workstreams", data.record.workstreams[workstream].id);
  call.parameters.emplace_back("weight_table", query.weight_table ? data.record.weight_tables[*query.weight_table].id : "none");
  call.parameters.emplace_back("vintage", data.record.vintages[query.vintage].id);
  call.parameters.emplace_back("hours", FormatHourBlocks(query.blocks));
  call.parameters.emplace_back("false_discovery_rate", fmt::format("{}", query.false_discovery_rate));
  return call;
}

geo::Result<geo::PlaceProfile> ComputeProfile(const ProfileCall& call, const geo::StopSignal& stop) {
  if (!call.shape) return geo::ProfilePlace(*call.question.data, call.query, stop);
  auto draft = DecodeDraft(*call.shape, stop);
  if (!draft) return geo::Fail(OfShape(draft.error()));
  if (draft->areas.size() != 1) {
    return geo::Fail({geo::ErrorCode::kInvalidArgument, "shape.geojson", "TOO_MANY",
                      fmt::format("has {} features; a place is one: send one Polygon or MultiPolygon", draft->areas.size())});
  }
  geo::ProfileQuery query = call.query;
  query.shape = std::move(draft->areas.front().shape);
  return geo::ProfilePlace(*call.question.data, query, stop);
}

geo::Result<std::int64_t> EncodeProfilePlace(const ProfileCall& call, const geo::Disclosed<geo::PlaceProfile>& disclosed, v1::ProfilePlaceResponse& response) {
  const geo::PlaceProfile& profile = disclosed.value();
  for (const geo::WorkstreamProfile& told : profile.workstreams) EncodeWorkstream(call, profile, told, *response.add_workstreams());
  for (const geo::CannotSay& cannot : profile.cannot_say) {
    v1::CannotSay& out = *response.add_cannot_say();
    out.set_workstream(call.question.data->record.workstreams[cannot.workstream].id);
    out.set_what(cannot.what);
    out.set_reason(cannot.reason);
    out.set_message(cannot.message);
  }
  response.set_area_km2(profile.area_km2);
  EncodeDays(call.query.period, *response.mutable_period());
  EncodeDays(geo::YearsEarlier(call.query.period, 1), *response.mutable_before());
  response.set_title(call.title);
  EncodeDispersion(profile.dispersion, true, *response.mutable_dispersion());
  BuildContext(call.question.snapshot, *call.question.data, FactsOf(call, profile), disclosed.rule(), *response.mutable_context());
  return response.workstreams_size();
}

}  // namespace server
