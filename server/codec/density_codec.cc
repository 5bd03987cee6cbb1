#include "server/codec/density_codec.h"

#include <fmt/format.h>

#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

constexpr std::string_view kKernels =
    "KERNEL_QUARTIC (1), KERNEL_GAUSSIAN (2), KERNEL_EPANECHNIKOV (3), KERNEL_TRIANGULAR (4), KERNEL_UNIFORM (5), KERNEL_TRIWEIGHT (6) or "
    "KERNEL_NEGATIVE_EXPONENTIAL (7)";
constexpr std::string_view kRules =
    "BANDWIDTH_RULE_SILVERMAN (1), BANDWIDTH_RULE_SCOTT (2), BANDWIDTH_RULE_REFERENCE (3), BANDWIDTH_RULE_ARCGIS (4), BANDWIDTH_RULE_LEAST_SQUARES (5), "
    "BANDWIDTH_RULE_LIKELIHOOD (6), BANDWIDTH_RULE_DIGGLE (7) or BANDWIDTH_RULE_CRONIE_VAN_LIESHOUT (8)";
constexpr std::string_view kCorrections = "EDGE_CORRECTION_NONE (1), EDGE_CORRECTION_UNIFORM (2) or EDGE_CORRECTION_DIGGLE (3)";

geo::Result<geo::KernelShape> DecodeKernel(v1::Kernel kernel) {
  using geo::KernelShape;
  switch (kernel) {
    case v1::KERNEL_UNSPECIFIED:
    case v1::KERNEL_QUARTIC:
      return KernelShape::kQuartic;
    case v1::KERNEL_GAUSSIAN:
      return KernelShape::kGaussian;
    case v1::KERNEL_EPANECHNIKOV:
      return KernelShape::kEpanechnikov;
    case v1::KERNEL_TRIANGULAR:
      return KernelShape::kTriangular;
    case v1::KERNEL_UNIFORM:
      return KernelShape::kUniform;
    case v1::KERNEL_TRIWEIGHT:
      return KernelShape::kTriweight;
    case v1::KERNEL_NEGATIVE_EXPONENTIAL:
      return KernelShape::kNegativeExponential;
    default:
      return geo::Fail(UnknownEnum("density.kernel", kernel, kKernels));
  }
}

geo::Result<geo::BandwidthRule> DecodeRule(v1::BandwidthRule rule) {
  using geo::BandwidthRule;
  switch (rule) {
    case v1::BANDWIDTH_RULE_SILVERMAN:
      return BandwidthRule::kSilverman;
    case v1::BANDWIDTH_RULE_SCOTT:
      return BandwidthRule::kScott;
    case v1::BANDWIDTH_RULE_REFERENCE:
      return BandwidthRule::kReference;
    case v1::BANDWIDTH_RULE_ARCGIS:
      return BandwidthRule::kArcGis;
    case v1::BANDWIDTH_RULE_LEAST_SQUARES:
      return BandwidthRule::kLeastSquares;
    case v1::BANDWIDTH_RULE_LIKELIHOOD:
      return BandwidthRule::kLikelihood;
    case v1::BANDWIDTH_RULE_DIGGLE:
      return BandwidthRule::kDiggle;
    case v1::BANDWIDTH_RULE_CRONIE_VAN_LIESHOUT:
      return BandwidthRule::kCronieVanLieshout;
    default:
      return geo::Fail(UnknownEnum("density.rule", rule, kRules));
  }
}

geo::Result<geo::EdgeCorrection> DecodeEdgeCorrection(v1::EdgeCorrection correction) {
  switch (correction) {
    case v1::EDGE_CORRECTION_UNSPECIFIED:
    case v1::EDGE_CORRECTION_NONE:
      return geo::EdgeCorrection::kNone;
    case v1::EDGE_CORRECTION_UNIFORM:
      return geo::EdgeCorrection::kUniform;
    case v1::EDGE_CORRECTION_DIGGLE:
      return geo::EdgeCorrection::kDiggle;
    default:
      return geo::Fail(UnknownEnum("density.edge_correction", correction, kCorrections));
  }
}

geo::Result<void> DecodeBandwidth(const v1::DensitySpec& density, geo::DensityQuery& query) {
  query.bandwidth_m = limits::kDefaultBandwidthM;
  if (density.bandwidth_case() == v1::DensitySpec::kRule) {
    const auto rule = DecodeRule(density.rule());
    if (!rule) return geo::Fail(rule.error());
    query.rule = *rule;
  } else if (density.bandwidth_case() == v1::DensitySpec::kBandwidthM) {
    const auto bandwidth =
        DecodeGivenNumber("density.bandwidth_m", density.bandwidth_m(), {limits::kMinBandwidthM, limits::kMaxBandwidthM, limits::kDefaultBandwidthM, "m"});
    if (!bandwidth) return geo::Fail(bandwidth.error());
    query.bandwidth_m = *bandwidth;
  }
  return {};
}

std::string_view NameOf(geo::EdgeCorrection correction) {
  switch (correction) {
    case geo::EdgeCorrection::kNone:
      return "none";
    case geo::EdgeCorrection::kUniform:
      return "uniform";
    case geo::EdgeCorrection::kDiggle:
      return "diggle";
  }
  return "";
}

v1::EdgeCorrection EncodeEdgeCorrection(geo::EdgeCorrection correction) {
  switch (correction) {
    case geo::EdgeCorrection::kNone:
      return v1::EDGE_CORRECTION_NONE;
    case geo::EdgeCorrection::kUniform:
      return v1::EDGE_CORRECTION_UNIFORM;
    case geo::EdgeCorrection::kDiggle:
      return v1::EDGE_CORRECTION_DIGGLE;
  }
  return v1::EDGE_CORRECTION_UNSPECIFIED;
}

}  // namespace

geo::Result<geo::DensityQuery> DecodeDensity(const v1::DensitySpec& density) {
  geo::DensityQuery query;
  const auto kernel = DecodeKernel(density.kernel());
  if (!kernel) return geo::Fail(kernel.error());
  query.kernel = *kernel;
  if (auto bandwidth = DecodeBandwidth(density, query); !bandwidth) return geo::Fail(bandwidth.error());
  const auto decay = DecodeNumber("density.triangular_decay", density.triangular_decay(), {0, 1, 0});
  if (!decay) return geo::Fail(decay.error());
  query.triangular_decay = *decay;
  if (query.triangular_decay != 0 && query.kernel != geo::KernelShape::kTriangular) {
    return geo::Fail(NotTogether("density.triangular_decay", fmt::format("is {} with the {} kernel; it belongs to the triangular kernel: send that, or leave "
                                                                         "the decay out",
                                                                         query.triangular_decay, NameOf(query.kernel))));
  }
  const auto correction = DecodeEdgeCorrection(density.edge_correction());
  if (!correction) return geo::Fail(correction.error());
  query.edge_correction = *correction;
  query.adaptive = density.adaptive();
  if (query.adaptive && query.edge_correction != geo::EdgeCorrection::kNone) {
    return geo::Fail(NotTogether("density.adaptive", fmt::format("is true with edge correction {}; each position would need a correction of its own: leave one "
                                                                 "of the two out",
                                                                 NameOf(query.edge_correction))));
  }
  return query;
}

void AddDensityParameters(const geo::DensityQuery& query, Parameters& parameters) {
  parameters.emplace_back("density.kernel", NameOf(query.kernel));
  if (query.rule) {
    parameters.emplace_back("density.rule", geo::NameOf(*query.rule));
  } else {
    parameters.emplace_back("density.bandwidth_m", fmt::format("{}", query.bandwidth_m));
  }
  if (query.kernel == geo::KernelShape::kTriangular) parameters.emplace_back("density.triangular_decay", fmt::format("{}", query.triangular_decay));
  parameters.emplace_back("density.edge_correction", NameOf(query.edge_correction));
  parameters.emplace_back("density.adaptive", query.adaptive ? "true" : "false");
}

v1::Kernel EncodeKernel(geo::KernelShape shape) {
  switch (shape) {
    case geo::KernelShape::kQuartic:
      return v1::KERNEL_QUARTIC;
    case geo::KernelShape::kGaussian:
      return v1::KERNEL_GAUSSIAN;
    case geo::KernelShape::kEpanechnikov:
      return v1::KERNEL_EPANECHNIKOV;
    case geo::KernelShape::kTriangular:
      return v1::KERNEL_TRIANGULAR;
    case geo::KernelShape::kUniform:
      return v1::KERNEL_UNIFORM;
    case geo::KernelShape::kTriweight:
      return v1::KERNEL_TRIWEIGHT;
    case geo::KernelShape::kNegativeExponential:
      return v1::KERNEL_NEGATIVE_EXPONENTIAL;
  }
  return v1::KERNEL_UNSPECIFIED;
}

void EncodeWarning(const geo::AnswerWarning& warning, v1::Warning& out) {
  out.set_code(warning.code);
  out.set_text(warning.text);
}

void EncodeDensityUsed(const geo::DensityUsed& used, v1::DensityUsed& out) {
  out.set_kernel(EncodeKernel(used.kernel.shape));
  out.set_bandwidth_m(static_cast<double>(used.kernel.bandwidth_mm) / 1000);
  out.set_why(used.why);
  out.set_triangular_decay(used.kernel.triangular_decay);
  out.set_edge_correction(EncodeEdgeCorrection(used.edge_correction));
  out.set_adaptive(used.adaptive);
  if (used.adaptive) {
    out.set_narrowest_bandwidth_m(used.narrowest_m);
    out.set_widest_bandwidth_m(used.widest_m);
  }
  out.set_positions(static_cast<std::int32_t>(used.positions));
  for (const geo::AnswerWarning& warning : used.warnings) EncodeWarning(warning, *out.add_warnings());
}

std::string DensityMethod(const geo::DensityUsed& used) {
  const char* source = "Silverman 1986, Density Estimation, ch. 4";
  if (used.kernel.shape == geo::KernelShape::kTriangular || used.kernel.shape == geo::KernelShape::kNegativeExponential) {
    source = "Levine 2015, CrimeStat, ch. 10";
  }
  std::string text = fmt::format("Density: {} kernel of mass 1 ({}), exact, at the centres of the cells", NameOf(used.kernel.shape), source);
  if (used.adaptive) text += "; bandwidths of the positions' own, by the inverse square root of a pilot density (Abramson 1982)";
  switch (used.edge_correction) {
    case geo::EdgeCorrection::kNone:
      return text + "; no edge correction.";
    case geo::EdgeCorrection::kUniform:
      return text + "; divided by the kernel's mass inside the outline (Jones 1993).";
    case geo::EdgeCorrection::kDiggle:
      return text + "; each incident weighs more by the mass that it loses beyond the outline (Diggle 1985).";
  }
  return text;
}

}  // namespace server
