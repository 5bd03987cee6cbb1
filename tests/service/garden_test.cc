// N6: degenerate questions have defined answers or clear refusals, and no reply holds a NaN or an infinity.
#include <fmt/format.h>
#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "geo/geometry/validity.h"
#include "tests/service/streamed_answers.h"
#include "tests/support/geojson_region.h"

namespace service_test {
namespace {

void ExpectFinite(const google::protobuf::Message& message, std::int64_t& numbers) {
  const auto& reflection = *message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const auto* field : fields) {
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) {
        ExpectFinite(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i) : reflection.GetMessage(message, field), numbers);
      } else if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_DOUBLE) {
        const double value = field->is_repeated() ? reflection.GetRepeatedDouble(message, field, i) : reflection.GetDouble(message, field);
        EXPECT_TRUE(std::isfinite(value)) << field->full_name() << " is " << value;
        ++numbers;
      }
    }
  }
}

struct Plot {
  const char* name;
  geo::DrawnDataset town;
  std::int64_t least_regions = 0;  // places drawn over all questions: so many at least
};

geo::DrawnDataset Wards() {
  geo::DrawnDataset town;
  town.record().id = "town";
  const auto wards = town.add_vintage("wards-2022", geo::DayOf(2022, 5, 1));
  for (int i = 0; i < 6; ++i) town.add_square(wards, fmt::format("E0{}", i), 500'000 + 1000 * (i % 3), 200'000 + 1000 * (i / 3), 1000);
  town.record().weight_tables = {{"zero", "Zero", "1", "days", "nobody", {{"robbery", 0}}}};
  return town;
}

constexpr geo::LocalMinute kNoon = geo::kMinutesPerDay / 2;

void AddAt(geo::DrawnDataset& town, geo::GridPoint at, int n) {
  for (int i = 0; i < n; ++i) {
    const geo::LocalMinute from = geo::DayOf(2023, 1 + i % 12, 1) * geo::kMinutesPerDay + kNoon;
    town.add({at, from, from + 1, 0, 0});
  }
}

// What can be odd about data.
std::vector<Plot> Plots() {
  const auto middle = geo::GridPoint::FromMeters(501'550, 200'950);
  const auto outside = geo::GridPoint::FromMeters(490'000, 190'000);
  std::vector<Plot> plots;
  plots.push_back({"one point", Wards()});
  AddAt(plots.back().town, middle, 1);
  plots.push_back({"all on one place", Wards()});
  AddAt(plots.back().town, middle, 500);
  plots.push_back({"all outside", Wards()});
  AddAt(plots.back().town, outside, 50);
  plots.push_back({"none located", Wards()});
  AddAt(plots.back().town, geo::kUnlocated, 50);
  plots.push_back({"one in each cell: no variance", Wards(), 100});
  for (int e = 0; e < 12; ++e) {
    for (int n = 0; n < 8; ++n) AddAt(plots.back().town, geo::GridPoint::FromMeters(500'125 + 250 * e, 200'125 + 250 * n), 1);
  }
  plots.push_back({"on one line", Wards()});
  for (int i = 0; i < 40; ++i) AddAt(plots.back().town, geo::GridPoint::FromMeters(500'100 + 50 * i, 200'500), 2);
  plots.push_back({"two far places", Wards(), 20});
  AddAt(plots.back().town, geo::GridPoint::FromMeters(500'000, 200'000), 30);
  AddAt(plots.back().town, geo::GridPoint::FromMeters(502'999.999, 201'999.999), 30);
  plots.push_back({"nothing but another category", Wards()});
  for (int i = 0; i < 12; ++i)
    plots.back().town.add({middle, geo::DayOf(2023, 1 + i, 1) * geo::kMinutesPerDay, geo::DayOf(2023, 1 + i, 2) * geo::kMinutesPerDay, 1, 0});
  return plots;
}

// What can be odd about a question; each on top of the dataset and its year.
const char* const kHotspots[] = {
    "",
    "filter { categories: 'robbery' }",
    "density { bandwidth_m: 10 } cells { cell_size_m: 1000 }",
    "density { bandwidth_m: 5000 kernel: KERNEL_GAUSSIAN edge_correction: EDGE_CORRECTION_UNIFORM }",
    "density { bandwidth_m: 500 edge_correction: EDGE_CORRECTION_DIGGLE } cells { cell_size_m: 100 }",
    "density { adaptive: true kernel: KERNEL_NEGATIVE_EXPONENTIAL bandwidth_m: 10 }",
    "density { rule: BANDWIDTH_RULE_SILVERMAN }",
    "density { rule: BANDWIDTH_RULE_SCOTT adaptive: true }",
    "density { rule: BANDWIDTH_RULE_REFERENCE kernel: KERNEL_UNIFORM }",
    "density { rule: BANDWIDTH_RULE_ARCGIS }",
    "density { rule: BANDWIDTH_RULE_LEAST_SQUARES }",
    "density { rule: BANDWIDTH_RULE_LIKELIHOOD }",
    "density { rule: BANDWIDTH_RULE_DIGGLE }",
    "density { rule: BANDWIDTH_RULE_CRONIE_VAN_LIESHOUT }",
    "significance { rings: 100 } selection: CELL_SELECTION_ANALYSED",
    "significance { distance_m: 100000 } selection: CELL_SELECTION_ANALYSED",
    "significance { distance_m: 1 statistic: LOCAL_STATISTIC_GI } selection: CELL_SELECTION_ANALYSED",
    "significance { statistic: LOCAL_STATISTIC_GI inference: INFERENCE_NORMAL row_standardised: true } selection: CELL_SELECTION_ANALYSED",
    "significance { statistic: LOCAL_STATISTIC_LOCAL_MORAN permutations: 99 } selection: CELL_SELECTION_ANALYSED cells { shape: CELL_SHAPE_HEXAGON }",
    "significance { inference: INFERENCE_PERMUTATION permutations: 99 false_discovery_rate: 1e-12 } selection: CELL_SELECTION_SIGNIFICANT",
    "cells { cell_size_m: 100000 } selection: CELL_SELECTION_ANALYSED",
    "weight_table: 'zero' selection: CELL_SELECTION_ANALYSED",
    "filter { areas { vintage: 'wards-2022' codes: 'E00' } } selection: CELL_SELECTION_ANALYSED",
};
const char* const kSurfaces[] = {
    "",
    "cell_size_m: 1000 density { bandwidth_m: 10 }",
    "cell_size_m: 100000",
    "unmasked: true density { kernel: KERNEL_UNIFORM bandwidth_m: 5000 }",
    "density { edge_correction: EDGE_CORRECTION_DIGGLE }",
    "density { edge_correction: EDGE_CORRECTION_UNIFORM bandwidth_m: 3000 }",
    "density { adaptive: true kernel: KERNEL_GAUSSIAN }",
    "density { rule: BANDWIDTH_RULE_SILVERMAN }",
    "weight_table: 'zero'",
    "filter { categories: 'robbery' }",
    "extent { min_easting_m: 0 min_northing_m: 0 max_easting_m: 1 max_northing_m: 1 }",
    "extent { min_easting_m: -2000000 min_northing_m: -2000000 max_easting_m: -1999999 max_northing_m: -1999999 } unmasked: true",
};
const char* const kComparisons[] = {
    "comparison { before { calendar_year: 2022 } measure: SURFACE_MEASURE_RATIO floor_per_km2_per_year: 0 }",
    "comparison { before { calendar_year: 2022 } measure: SURFACE_MEASURE_LOG_RATIO floor_per_km2_per_year: 0 }",
    "comparison { before { calendar_year: 2022 } }",
};
const char* const kLevels[] = {
    "",
    "levels { density_per_km2_per_year: 1e12 } levels { density_per_km2_per_year: 1e-300 }",
    "levels { volume_share: 1 } levels { incident_share: 1 } levels { volume_share: 1e-9 } levels { incident_share: 1e-9 }",
    "peaks: 1000 peak_distance_m: 0.001",
};
const char* const kAreas[] = {
    "",
    "measure: AREA_MEASURE_PER_KM2 significance { statistic: LOCAL_STATISTIC_LOCAL_MORAN permutations: 99 adjacency: ADJACENCY_ROOK }",
    "significance { distance_m: 100000 statistic: LOCAL_STATISTIC_GI }",
    "significance { distance_m: 0.001 inference: INFERENCE_PERMUTATION permutations: 99 }",
    "filter { areas { vintage: 'wards-2022' codes: 'E01' codes: 'E02' codes: 'E03' } }",
    "filter { areas { vintage: 'wards-2022' codes: 'E01' } }",
    "weight_table: 'zero'",
};

template <class Request>
Request Parsed(const std::string& text) {
  Request request;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request)) << text;
  return request;
}

// Answered, or refused with a reason and a sentence: never a failure of our own.
bool ExpectDefined(const grpc::Status& status, const grpc::ClientContext& context) {
  if (status.ok()) return true;
  EXPECT_TRUE(status.error_code() == grpc::StatusCode::FAILED_PRECONDITION || status.error_code() == grpc::StatusCode::INVALID_ARGUMENT ||
              status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED)
      << status.error_code() << ' ' << status.error_message();
  EXPECT_NE(Detail(context, "wardwatch-reason"), "");
  EXPECT_GT(status.error_message().size(), 20U);
  return false;
}

struct Garden {
  explicit Garden(const Plot& plot) : running([snapshot = plot.town.build()] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(snapshot); }) {}
  RunningServer running;
  std::int64_t numbers = 0, answers = 0, refusals = 0, regions = 0;
  const std::string base = "dataset: 'datasets/town' period { calendar_year: 2023 } ";

  void tally(bool answered) { ++(answered ? answers : refusals); }
  void hotspots(const std::string& more) {
    SCOPED_TRACE(more);
    grpc::ClientContext context;
    v1::FindHotspotsResponse response;
    tally(ExpectDefined(running.clients->hotspots->FindHotspots(&context, Parsed<v1::FindHotspotsRequest>(base + more), &response), context));
    ExpectFinite(response, numbers);
  }
  void surface(const std::string& more) {
    SCOPED_TRACE(more);
    grpc::ClientContext context;
    const auto answer = ReadSurface(*running.clients, context, Parsed<v1::ComputeSurfaceRequest>(base + more));
    tally(ExpectDefined(answer.status, context));
    ExpectFinite(answer.header, numbers);
    for (const double value : answer.values) EXPECT_TRUE(std::isfinite(value));
    if (answer.context) {
      EXPECT_EQ(answer.hash, answer.context->answer_hash());
    }
  }
  void places(const std::string& surface, const std::string& levels) {
    SCOPED_TRACE(surface + " / " + levels);
    grpc::ClientContext context;
    v1::FindPlacesResponse response;
    const auto request = Parsed<v1::FindPlacesRequest>("surface { " + base + surface + " } " + levels);
    tally(ExpectDefined(running.clients->hotspots->FindPlaces(&context, request, &response), context));
    ExpectFinite(response, numbers);
    for (const auto& place : response.places()) {
      const auto geometry = nlohmann::json::parse(place.geometry_geojson());
      const geo::Polygon region = support::InUnitsOf1e9(geometry["coordinates"]);
      const auto valid = geo::CheckValid({{region}});
      EXPECT_TRUE(valid) << place.id() << ": " << valid.error().message;
      for (std::size_t ring = 0; ring < region.rings.size(); ++ring) EXPECT_EQ(geo::IsAnticlockwise(region.rings[ring]), ring == 0);
      ++regions;
    }
  }
  void areas(const std::string& more) {
    SCOPED_TRACE(more);
    grpc::ClientContext context;
    v1::FindAreaHotspotsResponse response;
    tally(ExpectDefined(running.clients->hotspots->FindAreaHotspots(&context, Parsed<v1::FindAreaHotspotsRequest>(base + more), &response), context));
    ExpectFinite(response, numbers);
  }
};

class N6_Garden : public ::testing::TestWithParam<std::size_t> {};

TEST_P(N6_Garden, HasDefinedAnswersWithoutNan) {
  const auto plots = Plots();
  const Plot& plot = plots[GetParam()];
  SCOPED_TRACE(plot.name);
  Garden garden(plot);
  for (const char* question : kHotspots) garden.hotspots(question);
  for (const char* question : kSurfaces) garden.surface(question);
  for (const char* question : kComparisons) garden.surface(question);
  for (const char* surface : kSurfaces) {
    if (std::string_view(surface).find("unmasked") != std::string_view::npos) continue;
    for (const char* levels : kLevels) garden.places(surface, levels);
  }
  for (const char* question : kAreas) garden.areas(question);
  EXPECT_GT(garden.answers, garden.refusals);
  EXPECT_GT(garden.numbers, 1000);
  EXPECT_GE(garden.regions, plot.least_regions);
}

INSTANTIATE_TEST_SUITE_P(Plots, N6_Garden, ::testing::Range<std::size_t>(0, 8));

TEST(N6_GardenPlots, AreAllWalkedThrough) { EXPECT_EQ(Plots().size(), 8U); }

}  // namespace
}  // namespace service_test
