#include "server/codec/density_codec.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <set>

namespace server {
namespace {

namespace v1 = ::wardwatch::v1;
using ::testing::HasSubstr;

v1::DensitySpec Spec(const std::string& text) {
  v1::DensitySpec spec;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &spec)) << text;
  return spec;
}

std::string ValueOf(const Parameters& parameters, const std::string& name) {
  for (const auto& [known, value] : parameters) {
    if (known == name) return value;
  }
  return "(absent)";
}

TEST(DensityCodec, NothingSaidIsTheDefault) {
  const auto query = DecodeDensity({});
  ASSERT_TRUE(query);
  EXPECT_EQ(query->kernel, geo::KernelShape::kQuartic);
  EXPECT_EQ(query->bandwidth_m, 500);
  EXPECT_FALSE(query->rule);
  EXPECT_EQ(query->edge_correction, geo::EdgeCorrection::kNone);
  EXPECT_FALSE(query->adaptive);
  Parameters parameters;
  AddDensityParameters(*query, parameters);
  EXPECT_EQ(ValueOf(parameters, "density.kernel"), "quartic");
  EXPECT_EQ(ValueOf(parameters, "density.bandwidth_m"), "500");
  EXPECT_EQ(ValueOf(parameters, "density.edge_correction"), "none");
  EXPECT_EQ(ValueOf(parameters, "density.adaptive"), "false");
  EXPECT_EQ(ValueOf(parameters, "density.triangular_decay"), "(absent)");
}

TEST(DensityCodec, EveryKernelThereAndBack) {
  for (int kernel = v1::KERNEL_QUARTIC; kernel <= v1::KERNEL_NEGATIVE_EXPONENTIAL; ++kernel) {
    v1::DensitySpec spec;
    spec.set_kernel(static_cast<v1::Kernel>(kernel));
    const auto query = DecodeDensity(spec);
    ASSERT_TRUE(query) << kernel;
    EXPECT_EQ(EncodeKernel(query->kernel), kernel);
  }
}

TEST(DensityCodec, EveryRuleIsItsOwn) {
  std::set<geo::BandwidthRule> rules;
  for (int rule = v1::BANDWIDTH_RULE_SILVERMAN; rule <= v1::BANDWIDTH_RULE_CRONIE_VAN_LIESHOUT; ++rule) {
    v1::DensitySpec spec;
    spec.set_rule(static_cast<v1::BandwidthRule>(rule));
    const auto query = DecodeDensity(spec);
    ASSERT_TRUE(query && query->rule) << rule;
    rules.insert(*query->rule);
    Parameters parameters;
    AddDensityParameters(*query, parameters);
    EXPECT_EQ(ValueOf(parameters, "density.rule"), geo::NameOf(*query->rule));
    EXPECT_EQ(ValueOf(parameters, "density.bandwidth_m"), "(absent)");
  }
  EXPECT_EQ(rules.size(), 8U);
}

TEST(DensityCodec, AllThatMayBeSaid) {
  const auto query = DecodeDensity(Spec("kernel: KERNEL_TRIANGULAR triangular_decay: 0.25 bandwidth_m: 10 edge_correction: EDGE_CORRECTION_DIGGLE"));
  ASSERT_TRUE(query);
  EXPECT_EQ(query->triangular_decay, 0.25);
  EXPECT_EQ(query->bandwidth_m, 10);
  EXPECT_EQ(query->edge_correction, geo::EdgeCorrection::kDiggle);
  EXPECT_TRUE(DecodeDensity(Spec("adaptive: true rule: BANDWIDTH_RULE_DIGGLE"))->adaptive);
}

struct Refused {
  const char* text;
  const char* field;
  const char* reason;
  const char* says;
};

TEST(DensityCodec, WhatMakesNoSenseIsRefusedByName) {
  for (const Refused& refused : {
           Refused{"kernel: 8", "density.kernel", "UNKNOWN_VALUE", "KERNEL_NEGATIVE_EXPONENTIAL (7)"},
           {"rule: 0", "density.rule", "UNKNOWN_VALUE", "BANDWIDTH_RULE_SILVERMAN (1)"},
           {"rule: 9", "density.rule", "UNKNOWN_VALUE", "is 9"},
           {"bandwidth_m: 0", "density.bandwidth_m", "OUT_OF_RANGE", "is 0; send from 10 to 5000 m"},
           {"bandwidth_m: -0.0", "density.bandwidth_m", "OUT_OF_RANGE", "10 to 5000 m"},
           {"bandwidth_m: 9.999", "density.bandwidth_m", "OUT_OF_RANGE", "9.999"},
           {"bandwidth_m: 5000.001", "density.bandwidth_m", "OUT_OF_RANGE", "5000.001"},
           {"bandwidth_m: nan", "density.bandwidth_m", "OUT_OF_RANGE", "nan"},
           {"bandwidth_m: inf", "density.bandwidth_m", "OUT_OF_RANGE", "inf"},
           {"kernel: KERNEL_TRIANGULAR triangular_decay: 1.5", "density.triangular_decay", "OUT_OF_RANGE", "0 to 1"},
           {"kernel: KERNEL_TRIANGULAR triangular_decay: nan", "density.triangular_decay", "OUT_OF_RANGE", "nan"},
           {"triangular_decay: 0.5", "density.triangular_decay", "NOT_TOGETHER", "quartic"},
           {"edge_correction: 4", "density.edge_correction", "UNKNOWN_VALUE", "EDGE_CORRECTION_DIGGLE (3)"},
           {"adaptive: true edge_correction: EDGE_CORRECTION_UNIFORM", "density.adaptive", "NOT_TOGETHER", "uniform"},
       }) {
    SCOPED_TRACE(refused.text);
    const auto query = DecodeDensity(Spec(refused.text));
    ASSERT_FALSE(query);
    EXPECT_EQ(query.error().code, geo::ErrorCode::kInvalidArgument);
    EXPECT_EQ(query.error().field, refused.field);
    EXPECT_EQ(query.error().reason, refused.reason);
    EXPECT_THAT(query.error().message, HasSubstr(refused.says));
  }
}

TEST(DensityCodec, WhatWasUsedIsSaid) {
  geo::DensityUsed used;
  used.kernel = {geo::KernelShape::kGaussian, 123'457, 0};
  used.why = "as asked";
  used.adaptive = true;
  used.narrowest_m = 12.5;
  used.widest_m = 900;
  used.positions = 77;
  used.warnings = {{"BANDWIDTH_UNDER_CELL", "text"}};
  v1::DensityUsed out;
  EncodeDensityUsed(used, out);
  EXPECT_EQ(out.kernel(), v1::KERNEL_GAUSSIAN);
  EXPECT_EQ(out.bandwidth_m(), 123.457);
  EXPECT_EQ(out.why(), "as asked");
  EXPECT_EQ(out.narrowest_bandwidth_m(), 12.5);
  EXPECT_EQ(out.widest_bandwidth_m(), 900);
  EXPECT_EQ(out.positions(), 77);
  ASSERT_EQ(out.warnings_size(), 1);
  EXPECT_EQ(out.warnings(0).code(), "BANDWIDTH_UNDER_CELL");
  EXPECT_THAT(DensityMethod(used), HasSubstr("gaussian kernel"));
  EXPECT_THAT(DensityMethod(used), HasSubstr("Abramson 1982"));
  used.adaptive = false;
  used.edge_correction = geo::EdgeCorrection::kDiggle;
  EXPECT_THAT(DensityMethod(used), HasSubstr("Diggle 1985"));
}

}  // namespace
}  // namespace server
