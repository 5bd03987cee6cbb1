#include "server/codec/area_hotspot_codec.h"

#include <fmt/format.h>

#include <algorithm>

#include "server/codec/refusal.h"
#include "server/codec/significance_codec.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

geo::Result<geo::AreaMeasure> DecodeMeasure(v1::AreaMeasure measure) {
  switch (measure) {
    case v1::AREA_MEASURE_UNSPECIFIED:
    case v1::AREA_MEASURE_COUNT:
      return geo::AreaMeasure::kCount;
    case v1::AREA_MEASURE_PER_KM2:
      return geo::AreaMeasure::kPerKm2;
    case v1::AREA_MEASURE_PER_1000_RESIDENTS:
      return geo::AreaMeasure::kPer1000Residents;
    default:
      return geo::Fail(UnknownEnum("measure", measure, "AREA_MEASURE_COUNT (1), AREA_MEASURE_PER_KM2 (2) or AREA_MEASURE_PER_1000_RESIDENTS (3)"));
  }
}

const char* NameOf(geo::AreaMeasure measure) {
  switch (measure) {
    case geo::AreaMeasure::kCount:
      return "count";
    case geo::AreaMeasure::kPerKm2:
      return "per km2";
    case geo::AreaMeasure::kPer1000Residents:
      return "per 1,000 residents";
  }
  return "";
}

ContextFacts FactsOf(const AreaHotspotCall& call, const geo::AreaHotspotAnswer& answer) {
  ContextFacts facts = FactsOfQuestion(call.question);
  facts.parameters = call.parameters;
  const std::string of = call.query.measure == geo::AreaMeasure::kCount ? "" : fmt::format(", {}", NameOf(call.query.measure));
  facts.method = fmt::format("Incidents counted in areas{}. {}{}", of, SignificanceMethod(answer.significance), WeightMethod(call.question));
  const std::int64_t located = answer.incidents - answer.unlocated;
  facts.selection = {answer.incidents, located, answer.hour_unknown, answer.unknown_hour};
  facts.breaks = answer.breaks;
  facts.tests_made = static_cast<int>(answer.significance.tests);
  if (PermutationsDrawn(answer.significance)) facts.seed = static_cast<std::int64_t>(answer.significance.used.seed);
  return facts;
}

void EncodeArea(const AreaHotspotCall& call, const geo::AreaHotspot& area, v1::AreaHotspot& out) {
  const geo::Area& known = call.question.data->vintages[call.query.vintage].areas.areas()[area.area];
  out.set_area_code(known.code);
  out.set_area_title(known.name);
  EncodeCount(area.incidents, *out.mutable_count());
  out.set_weight(area.weight);
  if (call.question.filter.weights) out.set_weight_without_largest(std::max(0.0, area.weight - area.heaviest));
  out.set_value(area.value);
  out.set_neighbours(area.neighbours);
  EncodeSignificance(area.significance, call.query.significance, *out.mutable_significance());
}

}  // namespace

geo::Result<AreaHotspotCall> DecodeFindAreaHotspots(const v1::FindAreaHotspotsRequest& request, const geo::Snapshot& snapshot) {
  AreaHotspotCall call;
  auto question = DecodeQuestion(request, snapshot);
  if (!question) return geo::Fail(question.error());
  call.question = std::move(*question);
  // There is nothing to test without areas: this refuses where other questions go on.
  const auto vintage = DecodeVintage(request.vintage(), "vintage", *call.question.data, call.question.filter.period.end - 1);
  if (!vintage) return geo::Fail(vintage.error());
  call.query.vintage = *vintage;
  call.query.filter = call.question.filter;
  const auto same = CheckAreasOfVintage(call.query.filter, *vintage, *call.question.data, "the answer");
  if (!same) return geo::Fail(same.error());
  const auto measure = DecodeMeasure(request.measure());
  if (!measure) return geo::Fail(measure.error());
  call.query.measure = *measure;
  const auto significance = DecodeSignificance(request.significance(), TestedPlaces::kAreas);
  if (!significance) return geo::Fail(significance.error());
  if (significance->statistic == geo::LocalStatistic::kNone) {
    return geo::Fail(NotTogether("significance.statistic", "is none, which leaves nothing to find; send a statistic, or ask CompareWards for counts"));
  }
  call.query.significance = *significance;
  auto page = DecodePage(request, snapshot.id, limits::kDefaultAreaPage, limits::kMaxPage);
  if (!page) return geo::Fail(page.error());
  call.page = std::move(*page);
  AddQuestionParameters(call.question, call.parameters);
  call.parameters.emplace_back("vintage", call.question.data->record.vintages[*vintage].id);
  call.parameters.emplace_back("measure", NameOf(call.query.measure));
  AddSignificanceParameters(call.query.significance, TestedPlaces::kAreas, call.parameters);
  return call;
}

geo::Result<geo::AreaHotspotAnswer> ComputeAreaHotspots(const AreaHotspotCall& call, const geo::StopSignal& stop) {
  return geo::FindAreaHotspots(*call.question.data, call.query, stop);
}

geo::Result<std::int64_t> EncodeFindAreaHotspots(const AreaHotspotCall& call, const geo::Disclosed<geo::AreaHotspotAnswer>& disclosed,
                                                 v1::FindAreaHotspotsResponse& response) {
  const geo::AreaHotspotAnswer& answer = disclosed.value();
  const std::size_t begin = std::min(call.page.offset, answer.areas.size());
  const std::size_t end = begin + std::min(call.page.size, answer.areas.size() - begin);
  for (std::size_t i = begin; i < end; ++i) EncodeArea(call, answer.areas[i], *response.add_areas());
  if (end < answer.areas.size()) response.set_next_page_token(FormatPageToken(call.page.ticket, end));
  EncodeSummary(answer.significance, *response.mutable_significance());
  EncodeCount(answer.incidents, *response.mutable_incidents());
  EncodeCount(answer.outside, *response.mutable_outside());
  EncodeCount(answer.unlocated, *response.mutable_unlocated());
  EncodeCount(answer.unknown_hour, *response.mutable_unknown_hour());
  EncodeCount(answer.unweighted, *response.mutable_unweighted());
  BuildContext(call.page.ticket.snapshot, *call.question.data, FactsOf(call, answer), disclosed.rule(), *response.mutable_context());
  return static_cast<std::int64_t>(end - begin);
}

}  // namespace server
