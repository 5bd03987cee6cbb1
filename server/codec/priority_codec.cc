#include "server/codec/priority_codec.h"

#include <fmt/format.h>

#include <algorithm>

#include "geo/change/verdict.h"
#include "geo/incidents/workstream_filter.h"
#include "server/codec/cells_codec.h"
#include "server/codec/change_codec.h"
#include "server/codec/comparison_codec.h"
#include "server/codec/period_codec.h"
#include "server/codec/plan_codec.h"
#include "server/codec/position_codec.h"
#include "server/codec/priority_reasons.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

constexpr NumberRange kWeightRange{0, limits::kMaxPlanWeight, 1, "", false};

geo::Result<void> DecodeChosen(const v1::RankPrioritiesRequest& request, const geo::DatasetRecord& record, geo::PriorityQuery& query) {
  google::protobuf::RepeatedPtrField<std::string> ids;
  for (const v1::WorkstreamWeight& chosen : request.workstreams()) *ids.Add() = chosen.workstream();
  const auto indices = DecodeWorkstreams(ids, "workstreams", record);
  if (!indices) return geo::Fail(indices.error());
  for (const std::size_t index : *indices) query.workstreams.push_back({index, record.workstreams[index].targeting ? 1.0 : 0.0});
  for (int i = 0; i < request.workstreams_size(); ++i) {
    if (!request.workstreams(i).has_weight()) continue;
    const auto weight = DecodeGivenNumber(fmt::format("workstreams[{}].weight", i), request.workstreams(i).weight(), kWeightRange);
    if (!weight) return geo::Fail(weight.error());
    const auto index = DecodeWorkstream(request.workstreams(i).workstream(), "workstreams", record);
    const geo::Workstream& of = record.workstreams[*index];
    if (*weight > 0 && std::all_of(of.entries.begin(), of.entries.end(), [](const auto& entry) { return entry.weight == 0; })) {
      return geo::Fail({geo::ErrorCode::kInvalidArgument, fmt::format("workstreams[{}].weight", i), "WEIGHTS_ARE_ZERO",
                        fmt::format("is {}, and each category of {} weighs 0, a layer apart: it would rank nothing; leave the weight out to have it shown", *weight, of.id)});
    }
    for (auto& chosen : query.workstreams) chosen.weight = chosen.workstream == *index ? *weight : chosen.weight;
  }
  return {};
}

geo::Result<void> DecodeParts(const v1::PartWeights& parts, geo::PriorityQuery& query) {
  struct Part {
    std::size_t part;
    const char* field;
    bool given;
    double sent;
  };
  for (const Part& part : {Part{geo::kVolumePart, "part_weights.volume", parts.has_volume(), parts.volume()},
                           Part{geo::kHarmPart, "part_weights.harm", parts.has_harm(), parts.harm()},
                           Part{geo::kPersistencePart, "part_weights.persistence", parts.has_persistence(), parts.persistence()},
                           Part{geo::kTrendPart, "part_weights.trend", parts.has_trend(), parts.trend()},
                           Part{geo::kConcernPart, "part_weights.concern", parts.has_concern(), parts.concern()}}) {
    if (!part.given) continue;
    const auto weight = DecodeGivenNumber(part.field, part.sent, kWeightRange);
    if (!weight) return geo::Fail(weight.error());
    query.part_weights[part.part] = *weight;
  }
  return {};
}

geo::Result<void> DecodePlaces(const v1::RankPrioritiesRequest& request, const geo::DatasetSnapshot& data, geo::PriorityQuery& query) {
  if (request.places() != v1::PLACE_UNIT_UNSPECIFIED && request.places() != v1::PLACE_UNIT_CELLS && request.places() != v1::PLACE_UNIT_AREAS) {
    return geo::Fail(UnknownEnum("places", request.places(), "PLACE_UNIT_CELLS (1) or PLACE_UNIT_AREAS (2)"));
  }
  query.unit = request.places() == v1::PLACE_UNIT_AREAS ? geo::PlaceUnit::kAreas : geo::PlaceUnit::kCells;
  if (query.unit == geo::PlaceUnit::kAreas && request.has_cells()) return geo::Fail(NotTogether("cells", "are given, and places are areas; send one of them"));
  double size_m = 0;
  for (const auto& chosen : query.workstreams) size_m = std::max(size_m, data.record.workstreams[chosen.workstream].cell_size_m);
  const auto cells = DecodeCells(request.cells(), size_m);
  if (!cells) return geo::Fail(cells.error());
  query.cells = *cells;
  const auto vintage = DecodeVintage(request.vintage(), "vintage", data, query.period.end - 1);
  if (!vintage) return geo::Fail(vintage.error());
  query.vintage = *vintage;
  if (!request.has_areas()) return {};
  auto areas = DecodeAreaSelection(request.areas(), "areas", data);
  if (!areas) return geo::Fail(areas.error());
  if (areas->vintage != query.vintage) {
    return geo::Fail(geo::InvalidArgument("areas.vintage", fmt::format("is {}, and the ranking is on {}; name the same set of boundaries in both",
                                                                       data.record.vintages[areas->vintage].id, data.record.vintages[query.vintage].id)));
  }
  query.areas = std::move(areas->areas);
  return {};
}

geo::Result<void> DecodeCapacity(const v1::RankPrioritiesRequest& request, geo::PriorityQuery& query) {
  if (!request.has_capacity()) return {};
  const v1::Capacity& capacity = request.capacity();
  const auto hours = DecodeGivenNumber("capacity.hours_per_week", capacity.hours_per_week(), {0, limits::kMaxCapacityHours, 0, "hours", true, "no visits, with `capacity`"});
  if (!hours) return geo::Fail(hours.error());
  const double usual = query.blocks ? query.blocks->block_hours : limits::kDefaultVisitHours;
  const auto visit = DecodeNumber("capacity.visit_hours", capacity.visit_hours(), {0, limits::kMaxVisitHours, usual, "hours", true});
  if (!visit) return geo::Fail(visit.error());
  const auto teams = DecodeInteger("capacity.teams", capacity.teams() == 0 ? 1 : capacity.teams(), 1, limits::kMaxTeams);
  if (!teams) return geo::Fail(teams.error());
  if (query.blocks && *visit > query.blocks->block_hours) {
    return geo::Fail(geo::InvalidArgument("capacity.visit_hours", fmt::format("is {} hours, longer than a block of {}; ask for longer blocks or shorter visits",
                                                                              *visit, query.blocks->block_hours)));
  }
  if (*hours < *visit) {
    return geo::Fail(geo::InvalidArgument("capacity.hours_per_week", fmt::format("is {} hours, less than one visit of {}; ask for shorter visits", *hours, *visit)));
  }
  if (*hours / *visit > limits::kMaxVisits) {
    return geo::Fail(geo::InvalidArgument("capacity.hours_per_week", fmt::format("holds {:.6g} visits of {} hours, over {}; ask for fewer hours or longer visits",
                                                                                 *hours / *visit, *visit, limits::kMaxVisits)));
  }
  query.capacity_hours = *hours;
  query.visit_hours = *visit;
  query.teams = static_cast<int>(*teams);
  return {};
}

geo::Result<void> DecodeNumbers(const v1::RankPrioritiesRequest& request, geo::PriorityQuery& query) {
  const auto limit = DecodeInteger("limit", request.limit() == 0 ? limits::kDefaultPriorities : request.limit(), 1, limits::kMaxPriorities);
  if (!limit) return geo::Fail(limit.error());
  query.listed = static_cast<int>(*limit);
  const auto draws = DecodeInteger("draws", request.draws() == 0 ? limits::kDefaultPlanDraws : request.draws(), limits::kMinDraws, limits::kMaxDraws);
  if (!draws) return geo::Fail(draws.error());
  query.draws = static_cast<int>(*draws);
  query.weight_spread = limits::kDefaultWeightSpread;
  if (request.has_weight_spread()) {
    const auto spread = DecodeGivenNumber("weight_spread", request.weight_spread(), {0, limits::kMaxWeightSpread, limits::kDefaultWeightSpread, ""});
    if (!spread) return geo::Fail(spread.error());
    query.weight_spread = *spread;
  }
  const auto seed = DecodeSeed(request.seed());
  if (!seed) return geo::Fail(seed.error());
  query.seed = *seed;
  const auto fdr = DecodeFalseDiscoveryRate(request.false_discovery_rate());
  if (!fdr) return geo::Fail(fdr.error());
  query.false_discovery_rate = *fdr;
  return {};
}

void Echo(PriorityCall& call) {
  const geo::PriorityQuery& query = call.query;
  const geo::DatasetSnapshot& data = *call.question.data;
  auto& out = call.parameters;
  out.emplace_back("period", geo::FormatPeriod(query.period));
  for (const auto& chosen : query.workstreams) out.emplace_back("workstreams." + data.record.workstreams[chosen.workstream].id, fmt::format("{}", chosen.weight));
  const char* const parts[] = {"volume", "harm", "persistence", "trend", "concern"};
  for (std::size_t part = 0; part < geo::kScoreParts; ++part) out.emplace_back(fmt::format("part_weights.{}", parts[part]), fmt::format("{}", query.part_weights[part]));
  out.emplace_back("weight_table", query.weight_table ? data.record.weight_tables[*query.weight_table].id : "none");
  out.emplace_back("vintage", data.record.vintages[query.vintage].id);
  out.emplace_back("areas.codes", query.areas.empty() ? fmt::format("all ({})", data.vintages[query.vintage].areas.areas().size())
                                                      : FormatAreaCodes(query.areas, data.vintages[query.vintage].areas));
  if (query.unit == geo::PlaceUnit::kCells) {
    out.emplace_back("cells.shape", query.cells.shape() == geo::CellShape::kSquare ? "square" : "hexagon");
    out.emplace_back("cells.cell_size_m", fmt::format("{}", query.cells.size_m()));
  }
  out.emplace_back("places", query.unit == geo::PlaceUnit::kCells ? "cells" : "areas");
  out.emplace_back("hours", FormatHourBlocks(query.blocks));
  out.emplace_back("limit", fmt::format("{}", query.listed));
  if (query.capacity_hours) {
    out.emplace_back("capacity.hours_per_week", fmt::format("{}", *query.capacity_hours));
    out.emplace_back("capacity.visit_hours", fmt::format("{}", query.visit_hours));
    out.emplace_back("capacity.teams", fmt::format("{}", query.teams));
  }
  out.emplace_back("draws", fmt::format("{}", query.draws));
  out.emplace_back("weight_spread", fmt::format("{}", query.weight_spread));
  out.emplace_back("seed", fmt::format("{}", query.seed));
  out.emplace_back("false_discovery_rate", fmt::format("{}", query.false_discovery_rate));
}

void EncodeScore(const geo::DatasetRecord& record, const geo::WorkstreamScore& score, v1::WorkstreamScore& out) {
  out.set_workstream(record.workstreams[score.workstream].id);
  out.set_incidents(score.incidents);
  out.set_weight(score.weight);
  EncodeCount(score.place_incidents, *out.mutable_place_incidents());
  EncodeCount(score.place_incidents_before, *out.mutable_place_incidents_before());
  out.set_volume_percentile(score.volume_percentile);
  out.set_harm_percentile(score.harm_percentile);
  out.set_years_hot(score.years_hot);
  out.set_years_covered(score.years_covered);
  out.set_trend(EncodeVerdict(score.trend));
  out.set_under_minimum(score.under_minimum);
  v1::ScorePoints& points = *out.mutable_points();
  points.set_volume(score.points[geo::kVolumePart]);
  points.set_harm(score.points[geo::kHarmPart]);
  points.set_persistence(score.points[geo::kPersistencePart]);
  points.set_trend(score.points[geo::kTrendPart]);
  points.set_concern(score.points[geo::kConcernPart]);
}

geo::Result<void> EncodePlace(const PriorityCall& call, const geo::PriorityAnswer& answer, std::int32_t place, v1::Priority& out) {
  const geo::AreaSet& set = call.question.data->vintages[call.query.vintage].areas;
  geo::AreaIndex area = geo::kOutside;
  if (answer.places.unit == geo::PlaceUnit::kCells) {
    const geo::CellId cell = answer.places.cells[static_cast<std::size_t>(place)];
    const geo::GridPoint centre = answer.places.grid.centre_of(cell);
    out.set_cell(answer.places.grid.format(cell));
    if (auto placed = EncodePosition(centre, *out.mutable_centre()); !placed) return placed;
    area = set.locate(centre);
  } else {
    area = answer.places.areas[static_cast<std::size_t>(place)];
  }
  if (area < set.areas().size()) {
    out.set_area_code(set.areas()[area].code);
    out.set_area_title(set.areas()[area].name);
  }
  return {};
}

geo::Result<void> EncodePriority(const PriorityCall& call, const geo::PriorityAnswer& answer, std::size_t index, v1::Priority& out) {
  const geo::Candidate& candidate = answer.candidates[index];
  const geo::DatasetRecord& record = call.question.data->record;
  out.set_rank(candidate.rank);
  out.set_rank_low(candidate.rank_low);
  out.set_rank_high(candidate.rank_high);
  out.set_score(candidate.score);
  if (auto placed = EncodePlace(call, answer, candidate.place, out); !placed) return placed;
  if (candidate.block >= 0) EncodeTimeOfWeek(geo::WindowOf(*call.query.blocks, candidate.block), *out.mutable_hours());
  for (const geo::WorkstreamScore& score : candidate.workstreams) EncodeScore(record, score, *out.add_workstreams());
  EncodeCount(candidate.incidents, *out.mutable_incidents());
  out.set_weight(candidate.weight);
  if (answer.harm_told) {
    out.set_harm(candidate.harm);
    out.set_harm_without_largest(candidate.harm_without_largest);
    EncodeCount(candidate.unweighted, *out.mutable_unweighted());
  }
  for (std::size_t visit = 0; visit < answer.assigned.size(); ++visit) {
    if (answer.assigned[visit].candidate == index) out.set_visit(static_cast<int>(visit) + 1);
  }
  for (std::string& reason : PriorityReasons(record, candidate, answer.harm_told)) out.add_reasons(std::move(reason));
  return {};
}

void EncodeTotals(const PriorityCall& call, const geo::PriorityAnswer& answer, v1::RankPrioritiesResponse& response) {
  const geo::DatasetRecord& record = call.question.data->record;
  for (const geo::StreamCoverage& stream : answer.streams) {
    const geo::Workstream& of = record.workstreams[stream.workstream];
    v1::WorkstreamTotal& out = *response.add_workstreams();
    out.set_workstream(of.id);
    out.set_title(of.title);
    for (const auto& chosen : call.query.workstreams) {
      if (chosen.workstream == stream.workstream) out.set_weight(chosen.weight);
    }
    out.set_proxy(geo::ProxyOf(record, stream.workstream));
    out.set_caveat(of.caveat);
    EncodeCount(stream.incidents, *out.mutable_incidents());
    EncodeCount(stream.located, *out.mutable_located());
    EncodeCount(stream.in_places, *out.mutable_in_places());
    EncodeCount(stream.hour_unknown, *out.mutable_hour_unknown());
    if (answer.coverage) out.set_covered(stream.covered);
  }
  for (const geo::LeftOut& left : answer.left_out) {
    v1::LeftOut& out = *response.add_left_out();
    out.set_workstream(record.workstreams[left.workstream].id);
    out.set_reason(left.reason);
    out.set_message(left.message);
  }
  if (!answer.coverage) return;
  v1::PlanCoverage& coverage = *response.mutable_coverage();
  coverage.set_targeted(answer.coverage->targeted);
  coverage.set_covered(answer.coverage->covered);
  coverage.set_elsewhere(answer.coverage->elsewhere);
  coverage.set_outside(answer.coverage->outside);
  coverage.set_unlocated(answer.coverage->unlocated);
  coverage.set_hour_unknown(answer.coverage->hour_unknown);
  coverage.set_hours_used(answer.hours_used);
  coverage.set_visits(static_cast<int>(answer.assigned.size()));
}

ContextFacts FactsOf(const PriorityCall& call, const geo::PriorityAnswer& answer) {
  const geo::DatasetRecord& record = call.question.data->record;
  ContextFacts facts = FactsOfQuestion(call.question);
  facts.parameters = call.parameters;
  facts.vintage = record.vintages[call.query.vintage].id;
  facts.method =
      "Score of 100: over workstreams, their weight times the weighted sum of volume percentile, harm percentile and, times the volume percentile, the share of "
      "years hot, the trend against the year before and residents' concern; over what all weights could give. Rank intervals at 90 % from draws of all weights "
      "and of concerns within their own intervals. Incidents in an hour block by the share of their time window (aoristic, Ratcliffe 2000). Visits: the best "
      "score first while hours and teams last." +
      HarmMethod(record, call.query.weight_table) + WideningMethod(answer.dispersion, true);
  if (call.query.unit == geo::PlaceUnit::kCells) facts.cell_origin = CellOriginOf(call.query.cells);
  std::vector<std::size_t> chosen;
  for (const auto& stream : call.query.workstreams) chosen.push_back(stream.workstream);
  facts.sources = SourcesOfWorkstreams(record, chosen);
  facts.selection = {answer.incidents, answer.located, answer.hour_unknown_incidents, answer.unknown_hour};
  facts.breaks = answer.breaks;
  facts.tests_made = answer.tests_made;
  facts.seed = static_cast<std::int64_t>(call.query.seed);
  return facts;
}

}  // namespace

geo::Result<PriorityCall> DecodeRankPriorities(const v1::RankPrioritiesRequest& request, const geo::Snapshot& snapshot) {
  PriorityCall call;
  auto question = DecodeQuestion(QuestionFields{request.dataset(), request.period(), v1::IncidentFilter::default_instance(), request.vintage()}, snapshot);
  if (!question) return geo::Fail(question.error());
  call.question = std::move(*question);
  const geo::DatasetSnapshot& data = *call.question.data;
  geo::PriorityQuery& query = call.query;
  query.period = call.question.filter.period;
  if (auto chosen = DecodeChosen(request, data.record, query); !chosen) return geo::Fail(chosen.error());
  if (auto parts = DecodeParts(request.part_weights(), query); !parts) return geo::Fail(parts.error());
  const auto table = DecodeHarmTable(request.weight_table(), data.record);
  if (!table) return geo::Fail(table.error());
  query.weight_table = *table;
  if (auto places = DecodePlaces(request, data, query); !places) return geo::Fail(places.error());
  const auto blocks = DecodeHourBlocks(request.hours());
  if (!blocks) return geo::Fail(blocks.error());
  query.blocks = *blocks;
  if (auto capacity = DecodeCapacity(request, query); !capacity) return geo::Fail(capacity.error());
  if (auto numbers = DecodeNumbers(request, query); !numbers) return geo::Fail(numbers.error());
  query.threads = limits::kAnswerThreads;
  Echo(call);
  return call;
}

geo::Result<geo::PriorityAnswer> ComputePriorities(const PriorityCall& call, const geo::StopSignal& stop) {
  return geo::RankPriorities(*call.question.data, call.query, stop);
}

geo::Result<std::int64_t> EncodeRankPriorities(const PriorityCall& call, const geo::Disclosed<geo::PriorityAnswer>& disclosed,
                                               v1::RankPrioritiesResponse& response) {
  const geo::PriorityAnswer& answer = disclosed.value();
  for (std::size_t i = 0; i < answer.candidates.size(); ++i) {
    if (auto encoded = EncodePriority(call, answer, i, *response.add_priorities()); !encoded) return geo::Fail(encoded.error());
  }
  response.set_listed(static_cast<int>(answer.listed));
  response.set_scored(answer.scored);
  EncodeDays(call.query.period, *response.mutable_period());
  EncodeTotals(call, answer, response);
  response.set_hours_told(answer.hours_told);
  BuildContext(call.question.snapshot, *call.question.data, FactsOf(call, answer), disclosed.rule(), *response.mutable_context());
  return response.priorities_size();
}

}  // namespace server
