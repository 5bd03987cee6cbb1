#include "server/codec/significance_codec.h"

#include <fmt/format.h>

#include <limits>

#include "server/codec/density_codec.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

using geo::Inference;
using geo::LocalStatistic;
using Spec = v1::SignificanceSpec;

geo::Result<void> DecodeChoices(const Spec& spec, geo::SignificanceQuery& query) {
  switch (spec.statistic()) {
    case v1::LOCAL_STATISTIC_UNSPECIFIED:
    case v1::LOCAL_STATISTIC_GI_STAR:
      query.statistic = LocalStatistic::kGiStar;
      break;
    case v1::LOCAL_STATISTIC_NONE:
      query.statistic = LocalStatistic::kNone;
      break;
    case v1::LOCAL_STATISTIC_GI:
      query.statistic = LocalStatistic::kGi;
      break;
    case v1::LOCAL_STATISTIC_LOCAL_MORAN:
      query.statistic = LocalStatistic::kLocalMoran;
      break;
    default:
      return geo::Fail(UnknownEnum("significance.statistic", spec.statistic(),
                                   "LOCAL_STATISTIC_NONE (1), LOCAL_STATISTIC_GI_STAR (2), LOCAL_STATISTIC_GI (3) or LOCAL_STATISTIC_LOCAL_MORAN (4)"));
  }
  switch (spec.multiple_testing()) {
    case v1::MULTIPLE_TESTING_UNSPECIFIED:
    case v1::MULTIPLE_TESTING_BENJAMINI_HOCHBERG:
      query.correct = true;
      break;
    case v1::MULTIPLE_TESTING_NONE:
      query.correct = false;
      break;
    default:
      return geo::Fail(
          UnknownEnum("significance.multiple_testing", spec.multiple_testing(), "MULTIPLE_TESTING_BENJAMINI_HOCHBERG (1) or MULTIPLE_TESTING_NONE (2)"));
  }
  query.row_standardised = spec.row_standardised();
  return {};
}

geo::Result<void> DecodeInference(const Spec& spec, geo::SignificanceQuery& query) {
  switch (spec.inference()) {
    case v1::INFERENCE_UNSPECIFIED:
    case v1::INFERENCE_AUTOMATIC:
      query.inference = Inference::kAutomatic;
      break;
    case v1::INFERENCE_NORMAL:
    case v1::INFERENCE_NORMAL_AND_EQUAL_CHANCE:
      if (query.statistic == LocalStatistic::kLocalMoran) {
        return geo::Fail(NotTogether("significance.inference",
                                     "is the normal distribution with local Moran, whose distribution is not normal; send permutation, "
                                     "or leave it out"));
      }
      query.inference = spec.inference() == v1::INFERENCE_NORMAL ? Inference::kNormal : Inference::kNormalAndEqualChance;
      break;
    case v1::INFERENCE_PERMUTATION:
      query.inference = Inference::kPermutation;
      break;
    default:
      return geo::Fail(UnknownEnum("significance.inference", spec.inference(),
                                   "INFERENCE_AUTOMATIC (1), INFERENCE_NORMAL (2), INFERENCE_PERMUTATION (3) or INFERENCE_NORMAL_AND_EQUAL_CHANCE (4)"));
  }
  if (spec.permutations() != 0) {
    const auto permutations = DecodeInteger("significance.permutations", spec.permutations(), limits::kMinPermutations, limits::kMaxPermutations);
    if (!permutations) return geo::Fail(permutations.error());
    query.permutations = static_cast<int>(*permutations);
  } else {
    query.permutations = limits::kDefaultPermutations;
  }
  const auto seed = DecodeInteger("significance.seed", spec.seed() == 0 ? limits::kDefaultSeed : spec.seed(), 1, std::numeric_limits<std::int64_t>::max());
  if (!seed) return geo::Fail(seed.error());
  query.seed = static_cast<std::uint64_t>(*seed);
  return {};
}

geo::Result<void> DecodeAdjacency(const Spec& spec, TestedPlaces places, geo::SignificanceQuery& query) {
  if (spec.adjacency() == v1::ADJACENCY_UNSPECIFIED) return {};
  if (spec.adjacency() != v1::ADJACENCY_QUEEN && spec.adjacency() != v1::ADJACENCY_ROOK) {
    return geo::Fail(UnknownEnum("significance.adjacency", spec.adjacency(), "ADJACENCY_QUEEN (1) or ADJACENCY_ROOK (2)"));
  }
  if (query.distance_m) {
    return geo::Fail(NotTogether("significance.adjacency", "is given with distance_m, which does not ask who touches whom; leave one of the two out"));
  }
  if (places == TestedPlaces::kHexagons) {
    return geo::Fail(NotTogether("significance.adjacency", "is given with hexagons, which touch along edges alone; leave it out"));
  }
  query.adjacency = spec.adjacency() == v1::ADJACENCY_ROOK ? geo::Adjacency::kRook : geo::Adjacency::kQueen;
  return {};
}

geo::Result<void> DecodeNeighbourhood(const Spec& spec, TestedPlaces places, geo::SignificanceQuery& query) {
  if (spec.neighbourhood_case() == Spec::kRings) {
    if (places == TestedPlaces::kAreas) {
      return geo::Fail(NotTogether("significance.rings", "is given, and areas have none; leave it out for those that touch, or send distance_m"));
    }
    const auto rings = DecodeInteger("significance.rings", spec.rings(), 1, limits::kMaxRings);
    if (!rings) return geo::Fail(rings.error());
    query.rings = static_cast<int>(*rings);
  } else if (spec.neighbourhood_case() == Spec::kDistanceM) {
    const auto distance = DecodeGivenNumber("significance.distance_m", spec.distance_m(),
                                            {0, limits::kMaxNeighbourDistanceM, 0, "m", true, places == TestedPlaces::kAreas ? "those that touch" : "1 ring"});
    if (!distance) return geo::Fail(distance.error());
    query.distance_m = *distance;
  } else if (places != TestedPlaces::kAreas) {
    query.rings = 1;
  }
  return DecodeAdjacency(spec, places, query);
}

v1::SignificanceStatus EncodeStatus(geo::LocalStatus status) {
  switch (status) {
    case geo::LocalStatus::kDefined:
      return v1::SIGNIFICANCE_STATUS_DEFINED;
    case geo::LocalStatus::kNoNeighbours:
      return v1::SIGNIFICANCE_STATUS_NO_NEIGHBOURS;
    case geo::LocalStatus::kNoVariance:
      return v1::SIGNIFICANCE_STATUS_NO_VARIANCE;
    case geo::LocalStatus::kWholeSet:
      return v1::SIGNIFICANCE_STATUS_WHOLE_SET;
    case geo::LocalStatus::kTooFew:
      return v1::SIGNIFICANCE_STATUS_TOO_FEW;
  }
  return v1::SIGNIFICANCE_STATUS_UNSPECIFIED;
}

v1::LocalStatistic EncodeStatistic(LocalStatistic statistic) {
  switch (statistic) {
    case LocalStatistic::kNone:
      return v1::LOCAL_STATISTIC_NONE;
    case LocalStatistic::kGiStar:
      return v1::LOCAL_STATISTIC_GI_STAR;
    case LocalStatistic::kGi:
      return v1::LOCAL_STATISTIC_GI;
    case LocalStatistic::kLocalMoran:
      return v1::LOCAL_STATISTIC_LOCAL_MORAN;
  }
  return v1::LOCAL_STATISTIC_UNSPECIFIED;
}

v1::LocalMoranClass EncodeClass(geo::LocalMoranClass quadrant) {
  switch (quadrant) {
    case geo::LocalMoranClass::kNotSignificant:
      return v1::LOCAL_MORAN_CLASS_UNSPECIFIED;
    case geo::LocalMoranClass::kHighHigh:
      return v1::LOCAL_MORAN_CLASS_HIGH_HIGH;
    case geo::LocalMoranClass::kLowLow:
      return v1::LOCAL_MORAN_CLASS_LOW_LOW;
    case geo::LocalMoranClass::kHighLow:
      return v1::LOCAL_MORAN_CLASS_HIGH_LOW;
    case geo::LocalMoranClass::kLowHigh:
      return v1::LOCAL_MORAN_CLASS_LOW_HIGH;
  }
  return v1::LOCAL_MORAN_CLASS_UNSPECIFIED;
}

v1::Inference EncodeInference(const geo::SignificanceSummary& summary) {
  if (summary.used.statistic == LocalStatistic::kLocalMoran) return v1::INFERENCE_PERMUTATION;
  switch (summary.used.inference) {
    case Inference::kAutomatic:  // nothing was analysed, so nothing was inferred
      return v1::INFERENCE_UNSPECIFIED;
    case Inference::kNormal:
      return v1::INFERENCE_NORMAL;
    case Inference::kNormalAndEqualChance:
      return v1::INFERENCE_NORMAL_AND_EQUAL_CHANCE;
    case Inference::kPermutation:
      return v1::INFERENCE_PERMUTATION;
  }
  return v1::INFERENCE_UNSPECIFIED;
}

void EncodeGlobalMoran(const geo::GlobalMoran& global, v1::GlobalMoran& out) {
  out.set_status(EncodeStatus(global.status));
  if (global.status != geo::LocalStatus::kDefined) return;
  out.set_i(global.i);
  out.set_expected(global.expected);
  out.set_variance(global.variance_randomisation);
  out.set_z(global.z);
  out.set_p_value(global.p);
}

std::string_view NameOf(LocalStatistic statistic) {
  switch (statistic) {
    case LocalStatistic::kNone:
      return "none";
    case LocalStatistic::kGiStar:
      return "Gi*";
    case LocalStatistic::kGi:
      return "Gi";
    case LocalStatistic::kLocalMoran:
      return "local Moran";
  }
  return "";
}

std::string_view NameOf(Inference inference) {
  switch (inference) {
    case Inference::kAutomatic:
      return "automatic";
    case Inference::kNormal:
      return "normal";
    case Inference::kPermutation:
      return "permutation";
    case Inference::kNormalAndEqualChance:
      return "normal and equal chance";
  }
  return "";
}

}  // namespace

geo::Result<geo::SignificanceQuery> DecodeSignificance(const Spec& significance, TestedPlaces places) {
  geo::SignificanceQuery query;
  if (auto choices = DecodeChoices(significance, query); !choices) return geo::Fail(choices.error());
  if (auto neighbourhood = DecodeNeighbourhood(significance, places, query); !neighbourhood) return geo::Fail(neighbourhood.error());
  const auto rate = DecodeNumber("significance.false_discovery_rate", significance.false_discovery_rate(),
                                 {0, limits::kMaxFalseDiscoveryRate, limits::kDefaultFalseDiscoveryRate, "", true});
  if (!rate) return geo::Fail(rate.error());
  query.rate = *rate;
  if (auto inference = DecodeInference(significance, query); !inference) return geo::Fail(inference.error());
  return query;
}

void AddSignificanceParameters(const geo::SignificanceQuery& query, TestedPlaces places, Parameters& parameters) {
  parameters.emplace_back("significance.statistic", NameOf(query.statistic));
  if (query.statistic == LocalStatistic::kNone) return;
  if (query.rings) parameters.emplace_back("significance.rings", fmt::format("{}", *query.rings));
  if (query.distance_m) parameters.emplace_back("significance.distance_m", fmt::format("{}", *query.distance_m));
  if (!query.distance_m && places != TestedPlaces::kHexagons) {
    parameters.emplace_back("significance.adjacency", query.adjacency == geo::Adjacency::kRook ? "rook" : "queen");
  }
  const bool moran = query.statistic == LocalStatistic::kLocalMoran;
  parameters.emplace_back("significance.row_standardised", query.row_standardised || moran ? "true" : "false");
  parameters.emplace_back("significance.multiple_testing", query.correct ? "Benjamini-Hochberg" : "none");
  parameters.emplace_back("significance.false_discovery_rate", fmt::format("{}", query.rate));
  parameters.emplace_back("significance.inference", moran ? "permutation" : NameOf(query.inference));
  if (moran) {
    parameters.emplace_back("significance.permutations", fmt::format("{}", query.permutations));
    parameters.emplace_back("significance.seed", fmt::format("{}", query.seed));
  }
}

void EncodeSignificance(const geo::PlaceSignificance& significance, const geo::SignificanceQuery& asked, v1::Significance& out) {
  if (!significance.analysed) return out.set_status(v1::SIGNIFICANCE_STATUS_NOT_ANALYSED);
  out.set_status(EncodeStatus(significance.status));
  if (significance.status != geo::LocalStatus::kDefined) return;
  out.set_statistic(significance.statistic);
  out.set_p_value(significance.p);
  out.set_q_value(significance.q);
  if (asked.statistic == LocalStatistic::kLocalMoran) {
    if (significance.significant) out.set_moran_class(EncodeClass(significance.quadrant));
  } else {
    out.set_confidence_class(significance.confidence);
  }
  out.set_significant(significance.significant);
}

void EncodeSummary(const geo::SignificanceSummary& summary, v1::SignificanceSummary& out) {
  out.set_statistic(EncodeStatistic(summary.used.statistic));
  out.set_neighbourhood(summary.neighbourhood);
  out.set_multiple_testing(summary.used.correct ? v1::MULTIPLE_TESTING_BENJAMINI_HOCHBERG : v1::MULTIPLE_TESTING_NONE);
  out.set_false_discovery_rate(summary.used.rate);
  out.set_analysed(static_cast<std::int32_t>(summary.analysed));
  out.set_tests(static_cast<std::int32_t>(summary.tests));
  out.set_hot(static_cast<std::int32_t>(summary.hot));
  out.set_cold(static_cast<std::int32_t>(summary.cold));
  out.set_outliers(static_cast<std::int32_t>(summary.outliers));
  if (summary.global) EncodeGlobalMoran(*summary.global, *out.mutable_global_moran());
  out.set_inference(EncodeInference(summary));
  if (PermutationsDrawn(summary)) out.set_permutations(summary.used.permutations);
  out.set_mean(summary.mean);
  for (const geo::AnswerWarning& warning : summary.warnings) EncodeWarning(warning, *out.add_warnings());
}

bool PermutationsDrawn(const geo::SignificanceSummary& summary) { return summary.tests > 0 && summary.used.statistic == LocalStatistic::kLocalMoran; }

std::string SignificanceMethod(const geo::SignificanceSummary& summary) {
  const bool moran = summary.used.statistic == LocalStatistic::kLocalMoran;
  if (summary.tests == 0) return fmt::format("Significance: {} was asked for, and no test could be made.", NameOf(summary.used.statistic));
  std::string text = moran ? "Significance: local Moran (Anselin 1995)"
                           : fmt::format("Significance: Getis-Ord {} (Getis and Ord 1992, Ord and Getis 1995)", NameOf(summary.used.statistic));
  text += fmt::format(", two-sided, over {} tests of {} analysed places; ", summary.tests, summary.analysed);
  if (moran) {
    text += fmt::format("p by {} conditional permutations (North, Curtis and Sham 2002)", summary.used.permutations);
    if (summary.used.correct) text += ", by more where a place's tail holds under ten of them (Besag and Clifford 1991)";
  } else if (summary.used.inference == Inference::kPermutation) {
    text += "p counted out over all arrangements of the values";
  } else if (summary.used.inference == Inference::kNormalAndEqualChance) {
    text += "p the larger of the normal distribution's and that of incidents thrown at random over the places (binomial)";
  } else {
    text += "p by the normal distribution";
  }
  return text + (summary.used.correct ? "; false discoveries controlled over all of them (Benjamini and Hochberg 1995)." : "; not corrected for many tests.");
}

}  // namespace server
