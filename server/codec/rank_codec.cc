#include "server/codec/rank_codec.h"

#include <fmt/format.h>

#include "server/codec/change_codec.h"
#include "server/codec/comparison_codec.h"
#include "server/codec/period_codec.h"
#include "server/codec/refusal.h"
#include "server/codec/years_codec.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

v1::FunnelClass EncodeClass(geo::FunnelClass funnel_class) {
  switch (funnel_class) {
    case geo::FunnelClass::kNone:
      return v1::FUNNEL_CLASS_UNSPECIFIED;
    case geo::FunnelClass::kWithin:
      return v1::FUNNEL_CLASS_WITHIN;
    case geo::FunnelClass::kAbove95:
      return v1::FUNNEL_CLASS_ABOVE_95;
    case geo::FunnelClass::kAbove998:
      return v1::FUNNEL_CLASS_ABOVE_998;
    case geo::FunnelClass::kBelow95:
      return v1::FUNNEL_CLASS_BELOW_95;
    case geo::FunnelClass::kBelow998:
      return v1::FUNNEL_CLASS_BELOW_998;
  }
  return v1::FUNNEL_CLASS_UNSPECIFIED;
}

v1::RankLabel EncodeLabel(geo::RankLabel label) {
  switch (label) {
    case geo::RankLabel::kNone:
      return v1::RANK_LABEL_UNSPECIFIED;
    case geo::RankLabel::kRobust:
      return v1::RANK_LABEL_ROBUST;
    case geo::RankLabel::kDependsOnDenominator:
      return v1::RANK_LABEL_DEPENDS_ON_DENOMINATOR;
    case geo::RankLabel::kNotRankable:
      return v1::RANK_LABEL_NOT_RANKABLE;
  }
  return v1::RANK_LABEL_UNSPECIFIED;
}

void EncodeWard(const RankCall& call, const geo::RankAnswer& answer, const geo::RankedWard& ward, v1::RankedWard& out) {
  const geo::Area& area = call.question.data->vintages[call.query.vintage].areas.areas()[ward.area];
  out.set_area_code(area.code);
  out.set_area_title(area.name);
  EncodeCount(ward.incidents, *out.mutable_incidents());
  EncodeCount(ward.crimes, *out.mutable_crimes());
  if (ward.expected) {
    out.set_expected(*ward.expected);
    EncodeInterval(ward.limits.low_95, ward.limits.high_95, *out.mutable_limits_95());
    EncodeInterval(ward.limits.low_998, ward.limits.high_998, *out.mutable_limits_998());
  }
  if (ward.ratio) out.set_ratio(*ward.ratio);
  out.set_funnel_class(EncodeClass(ward.funnel_class));
  for (const geo::DenominatorRank& rank : ward.denominators) {
    v1::DenominatorRank& encoded = *out.add_denominators();
    EncodeRate(rank.rate, *encoded.mutable_rate());
    if (rank.smoothed_rate) encoded.set_smoothed_rate_per_year(*rank.smoothed_rate);
    if (rank.rank) EncodeRank(*rank.rank, *encoded.mutable_rank());
  }
  out.set_label(EncodeLabel(ward.label));
  out.set_explanation(geo::ExplainRank(ward, answer));
}

ContextFacts FactsOf(const RankCall& call, const geo::RankAnswer& answer) {
  ContextFacts facts = FactsOfQuestion(call.question);
  facts.parameters = call.parameters;
  facts.parameters.emplace_back("denominators", Joined(answer.denominators));
  facts.method = fmt::format(
      "Each area's count against what the rate of the whole by {} would give, in funnel limits of interpolated Poisson quantiles (Spiegelhalter 2005); rates "
      "smoothed by empirical Bayes (Marshall 1991); rank intervals at 90 % by draws from what each rate may be (Goldstein and Spiegelhalter 1996).",
      answer.denominators.empty() ? "residents" : answer.denominators.front());
  if (answer.widened && answer.dispersion.widening() > 1) {
    facts.method += fmt::format(" The areas vary {:.3g} times as much as Poisson counts would, and limits and intervals were widened for it.",
                                answer.dispersion.widening());
  }
  facts.selection = {answer.incidents, answer.located, answer.hour_unknown, answer.unknown_hour};
  facts.breaks = geo::BreaksCrossed(*call.question.data, call.query.filter, call.query.filter.period);
  facts.seed = static_cast<std::int64_t>(call.query.seed);
  return facts;
}

}  // namespace

geo::Result<RankCall> DecodeRankWards(const v1::RankWardsRequest& request, const geo::Snapshot& snapshot) {
  RankCall call;
  auto question = DecodeQuestion(request, snapshot);
  if (!question) return geo::Fail(question.error());
  call.question = std::move(*question);
  const geo::DatasetSnapshot& data = *call.question.data;
  geo::RankQuery& query = call.query;
  query.filter = call.question.filter;
  // There is nothing to rank without areas: this refuses where other questions go on.
  const auto vintage = DecodeVintage(request.vintage(), "vintage", data, query.filter.period.end - 1);
  if (!vintage) return geo::Fail(vintage.error());
  query.vintage = *vintage;
  if (auto same = CheckAreasOfVintage(query.filter, query.vintage, data, "the ranking"); !same) return geo::Fail(same.error());
  auto denominators = DecodeDenominators(request.denominators(), data, query.vintage, false);
  if (!denominators) return geo::Fail(denominators.error());
  query.denominators = std::move(*denominators);
  const auto spread = DecodeSpread(request.spread());
  if (!spread) return geo::Fail(spread.error());
  query.spread = *spread;
  const auto draws = DecodeInteger("draws", request.draws() == 0 ? limits::kDefaultDraws : request.draws(), limits::kMinDraws, limits::kMaxDraws);
  if (!draws) return geo::Fail(draws.error());
  query.draws = static_cast<int>(*draws);
  const auto seed = DecodeSeed(request.seed());
  if (!seed) return geo::Fail(seed.error());
  query.seed = *seed;
  AddQuestionParameters(call.question, call.parameters);
  call.parameters.emplace_back("vintage", data.record.vintages[query.vintage].id);
  call.parameters.emplace_back("spread", NameOf(query.spread));
  call.parameters.emplace_back("draws", fmt::format("{}", query.draws));
  call.parameters.emplace_back("seed", fmt::format("{}", query.seed));
  return call;
}

geo::Result<geo::RankAnswer> ComputeRanks(const RankCall& call, const geo::StopSignal& stop) { return geo::RankWards(*call.question.data, call.query, stop); }

geo::Result<std::int64_t> EncodeRankWards(const RankCall& call, const geo::Disclosed<geo::RankAnswer>& disclosed, v1::RankWardsResponse& response) {
  const geo::RankAnswer& answer = disclosed.value();
  for (const geo::RankedWard& ward : answer.wards) EncodeWard(call, answer, ward, *response.add_wards());
  EncodeDays(call.query.filter.period, *response.mutable_period());
  for (const std::string& denominator : answer.denominators) response.add_denominators(denominator);
  EncodeDispersion(answer.dispersion, answer.widened, *response.mutable_dispersion());
  EncodeCount(answer.outside + answer.unlocated, *response.mutable_not_in_areas());
  EncodeCount(answer.unknown_hour, *response.mutable_unknown_hour());
  BuildContext(call.question.snapshot, *call.question.data, FactsOf(call, answer), disclosed.rule(), *response.mutable_context());
  return response.wards_size();
}

}  // namespace server
