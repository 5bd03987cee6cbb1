// Flags of hotspots, surface, places and area-hotspots, through the real command line, to what is asked.
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "server/cli/command_line.h"
#include "server/cli/request_options.h"
#include "wardwatch/v1/hotspot_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

std::optional<CommandLine> Parsed(const std::string& arguments) {
  CommandLine line;
  CLI::App app("test", "wardwatch");
  AddCommands(app, line);
  try {
    app.parse(arguments);
  } catch (const CLI::ParseError&) {
    return std::nullopt;
  }
  return line;
}

template <class Request>
std::string Asked(const std::string& arguments, geo::Result<Request> (*make)(const CommandLine&, const std::string&)) {
  const auto line = Parsed(arguments);
  if (!line) return "usage";
  const auto request = make(*line, "datasets/medway");
  return request ? request->ShortDebugString() : request.error().field + " refused";
}

const std::string kBase = "dataset: \"datasets/medway\" period { calendar_year: 2024 }";
std::string Hotspots(const std::string& arguments) { return Asked("hotspots --period 2024 " + arguments, &MakeHotspotsRequest); }
std::string Surface(const std::string& arguments) { return Asked("surface --period 2024 " + arguments, &MakeSurfaceRequest); }
std::string Places(const std::string& arguments) { return Asked("places --period 2024 " + arguments, &MakePlacesRequest); }
std::string Areas(const std::string& arguments) { return Asked("area-hotspots --period 2024 " + arguments, &MakeAreaHotspotsRequest); }

TEST(HotspotRequests, WhatIsNotSaidIsLeftToTheServer) {
  EXPECT_EQ(Hotspots(""), kBase);
  EXPECT_EQ(Surface(""), kBase);
  EXPECT_EQ(Places(""), "surface { " + kBase + " }");
  EXPECT_EQ(Areas(""), kBase);
}

TEST(HotspotRequests, DensityFlagsArrive) {
  EXPECT_EQ(Hotspots("--kernel triangular --bandwidth 350.5 --decay 0.25 --edge diggle --adaptive"),
            kBase + " density { kernel: KERNEL_TRIANGULAR bandwidth_m: 350.5 triangular_decay: 0.25 edge_correction: EDGE_CORRECTION_DIGGLE adaptive: true }");
  EXPECT_EQ(Surface("--kernel negative-exponential --edge none"),
            kBase + " density { kernel: KERNEL_NEGATIVE_EXPONENTIAL edge_correction: EDGE_CORRECTION_NONE }");
  // In a oneof, so that 0 arrives and is judged by the server.
  EXPECT_EQ(Hotspots("--bandwidth 0"), kBase + " density { bandwidth_m: 0 }");
}

TEST(HotspotRequests, EveryKernelAndRuleHasItsName) {
  for (int value = api::Kernel_MIN + 1; value <= api::Kernel_MAX; ++value) {
    std::string word = api::Kernel_Name(static_cast<api::Kernel>(value)).substr(7);
    for (char& c : word) c = c == '_' ? '-' : static_cast<char>(std::tolower(c));
    EXPECT_EQ(Hotspots("--kernel " + word), kBase + " density { kernel: " + api::Kernel_Name(static_cast<api::Kernel>(value)) + " }");
  }
  for (int value = api::BandwidthRule_MIN + 1; value <= api::BandwidthRule_MAX; ++value) {
    std::string word = api::BandwidthRule_Name(static_cast<api::BandwidthRule>(value)).substr(15);
    for (char& c : word) c = c == '_' ? '-' : static_cast<char>(std::tolower(c));
    EXPECT_EQ(Hotspots("--bandwidth " + word), kBase + " density { rule: " + api::BandwidthRule_Name(static_cast<api::BandwidthRule>(value)) + " }");
  }
  for (const char* word : {"silvermann", "500m", "unspecified", "nan", "inf", ""}) {
    EXPECT_NE(Hotspots(std::string("--bandwidth=") + word).find("refused"), *word == '\0' ? 0 : std::string::npos) << word;
  }
}

TEST(HotspotRequests, SignificanceFlagsArrive) {
  EXPECT_EQ(Hotspots("--statistic local-moran --rings 2 --adjacency rook --row-standardised --fdr 0.1 --permutations 9999 --seed 7 --inference permutation"),
            kBase +
                " significance { statistic: LOCAL_STATISTIC_LOCAL_MORAN rings: 2 adjacency: ADJACENCY_ROOK row_standardised: true false_discovery_rate: 0.1 "
                "permutations: 9999 seed: 7 inference: INFERENCE_PERMUTATION }");
  EXPECT_EQ(Hotspots("--distance 750 --no-correction"), kBase + " significance { distance_m: 750 multiple_testing: MULTIPLE_TESTING_NONE }");
  EXPECT_EQ(Hotspots("--statistic none"), kBase + " significance { statistic: LOCAL_STATISTIC_NONE }");
  EXPECT_EQ(Hotspots("--rings 1 --distance 750"), "usage");
  // 0 would reach the server as "not said" and be answered with the default.
  EXPECT_EQ(Hotspots("--fdr 0"), "--fdr refused");
  EXPECT_EQ(Hotspots("--permutations 0"), "--permutations refused");
  EXPECT_EQ(Hotspots("--seed 0"), "--seed refused");
}

TEST(HotspotRequests, ListsAndWeights) {
  EXPECT_EQ(Hotspots("--list significant --weights tidewick-harm-2025"), kBase + " selection: CELL_SELECTION_SIGNIFICANT weight_table: \"tidewick-harm-2025\"");
  EXPECT_EQ(Hotspots("--list hot"), kBase + " selection: CELL_SELECTION_HOT");
  EXPECT_EQ(Hotspots("--list analysed"), kBase + " selection: CELL_SELECTION_ANALYSED");
  EXPECT_EQ(Hotspots("--list all"), "usage");
  EXPECT_EQ(Hotspots("--list significant --statistic none"), "--list refused");
}

TEST(HotspotRequests, SurfaceFlagsArrive) {
  EXPECT_EQ(Surface("--cell-size 50 --extent 565000,165000.5,580000,172000 --unmasked --weights w --compare 2023 --measure log-ratio --floor 0"),
            kBase +
                " cell_size_m: 50 extent { min_easting_m: 565000 min_northing_m: 165000.5 max_easting_m: 580000 max_northing_m: 172000 } comparison { before { "
                "calendar_year: 2023 } measure: SURFACE_MEASURE_LOG_RATIO floor_per_km2_per_year: 0 } unmasked: true weight_table: \"w\"");
  EXPECT_EQ(Surface("--measure ratio"), "usage");
  EXPECT_EQ(Surface("--compare 2023x"), "--compare refused");
  EXPECT_EQ(Surface("--cell-size 0"), "--cell-size refused");
  for (const char* extent : {"1,2,3", "1,2,3,4,5", "3,2,1,4", "1,4,3,2", "1,2,3,4,", "a,2,3,4", "1,,3,4"}) {
    EXPECT_EQ(Surface(std::string("--extent=") + extent), "--extent refused") << extent;
  }
}

TEST(HotspotRequests, PlacesFlagsArrive) {
  EXPECT_EQ(
      Places("--level density:20,volume:0.5 --level incidents:0.25 --peaks 5 --peak-distance 300 --bandwidth scott"),
      "surface { " + kBase +
          " density { rule: BANDWIDTH_RULE_SCOTT } } levels { density_per_km2_per_year: 20 } levels { volume_share: 0.5 } levels { incident_share: 0.25 } "
          "peaks: 5 peak_distance_m: 300");
  for (const char* level : {"20", "density", "density:", "density:many", "area:2", ":2", "density:nan"}) {
    EXPECT_EQ(Places(std::string("--level ") + level), "--level refused") << level;
  }
  EXPECT_EQ(Places("--peaks 0"), "--peaks refused");
  EXPECT_EQ(Places("--compare 2023"), "usage");
}

TEST(HotspotRequests, AreaFlagsArrive) {
  EXPECT_EQ(Areas("--measure per-1000-residents --statistic gi --distance 2000 --weights w --vintage wards-2023"),
            kBase +
                " vintage: \"wards-2023\" measure: AREA_MEASURE_PER_1000_RESIDENTS significance { statistic: LOCAL_STATISTIC_GI distance_m: 2000 } "
                "weight_table: \"w\"");
  EXPECT_EQ(Areas("--measure per-km2"), kBase + " measure: AREA_MEASURE_PER_KM2");
  EXPECT_EQ(Areas("--rings 1"), "usage");
  EXPECT_EQ(Areas("--statistic none"), "usage");
}

TEST(HotspotRequests, PicturesAreOfSurfacesOnly) {
  for (const char* format : {"png", "tiff"}) {
    EXPECT_TRUE(Parsed(std::string("surface --period 2024 --format ") + format)) << format;
    for (const char* command : {"hotspots", "places", "area-hotspots"}) {
      EXPECT_FALSE(Parsed(std::string(command) + " --period 2024 --format " + format)) << command;
    }
  }
  EXPECT_EQ(Parsed("surface --period 2024 --format tiff")->common.format, Format::kTiff);
  EXPECT_EQ(Parsed("surface --period 2024 --format png")->common.format, Format::kPng);
}

TEST(HotspotRequests, FieldsLeadBackToFlags) {
  EXPECT_EQ(FlagOfField("density.bandwidth_m"), "--bandwidth");
  EXPECT_EQ(FlagOfField("surface.density.kernel"), "--kernel");
  EXPECT_EQ(FlagOfField("question.significance.permutations"), "--permutations");
  EXPECT_EQ(FlagOfField("surface.cell_size_m"), "--cell-size");
  EXPECT_EQ(FlagOfField("levels[2].volume_share"), "--level");
  EXPECT_EQ(FlagOfField("comparison.before.days"), "--compare");
  EXPECT_EQ(FlagOfField("peak_distance_m"), "--peak-distance");
  EXPECT_EQ(FlagOfField("weight_table"), "--weights");
  EXPECT_EQ(FlagOfField("selection"), "--list");
}

}  // namespace
}  // namespace server
