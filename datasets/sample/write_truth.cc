#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "datasets/sample/offence_kinds.h"
#include "datasets/sample/write_places.h"
#include "geo/types/check.h"

namespace sample {
namespace {

constexpr const char* kDayNames[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::string Numbers(const std::array<int, kYears>& values) {
  std::string text;
  for (const int value : values) text += fmt::format("{}{}", text.empty() ? "" : ", ", value);
  return "[" + text + "]";
}

std::string Days(int mask) {
  std::string text;
  for (int day = 0; day < 7; ++day) {
    if ((mask >> day & 1) != 0) text += fmt::format("{}\"{}\"", text.empty() ? "" : ", ", kDayNames[day]);
  }
  return "[" + text + "]";
}

std::string Hotspots() {
  std::string text;
  for (const PlantedHotspot& spot : PlantedHotspots()) {
    std::vector<int> hot;
    for (int i = 0; i < kYears; ++i) {
      if (spot.police[static_cast<std::size_t>(i)] > 0) hot.push_back(kFirstYear + i);
    }
    fmt::format_to(std::back_inserter(text),
                   "{}    {{\"id\": \"{}\", \"title\": \"{}\", \"category\": \"{}\", \"begin\": \"{:02d}:00\", \"end\": \"{:02d}:00\", \"weekdays\": {},\n"
                   "     \"easting_m\": {:.0f}, \"northing_m\": {:.0f}, \"core_radius_m\": {:.0f}, \"spread_m\": {:.0f}, \"years\": [{}],\n"
                   "     \"police_per_year\": {}, \"council_per_year\": {}, \"persistence_2024\": \"{}\", \"moved_to\": \"{}\"}}",
                   text.empty() ? "" : ",\n", spot.id, spot.title, InfoOf(spot.kind).id, spot.window.begin_hour, spot.window.end_hour,
                   Days(spot.window.weekdays), spot.easting_m, spot.northing_m, spot.core_radius_m, spot.spread_m, fmt::join(hot, ", "), Numbers(spot.police),
                   Numbers(spot.council), spot.persistence, spot.moved_to);
  }
  return text;
}

// Every source, category and ward whose expected number differs between 2023 and 2024. In all others it is the same, to rounding.
std::string WardChanges(const IncidentHistory& history, const WardMap& wards) {
  ExpectedCounts expected = history.expected;
  std::string text;
  for (const bool council : {false, true}) {
    for (int kind = 0; kind < kKinds; ++kind) {
      for (std::size_t ward = 0; ward < wards.wards.size(); ++ward) {
        const double before = expected.at(council, kind, 2023, static_cast<int>(ward)), after = expected.at(council, kind, 2024, static_cast<int>(ward));
        if (before == 0) continue;
        const double factor = after / before;
        if (std::abs(factor - 1) < 1e-9) continue;
        WARDWATCH_CHECK(std::abs(factor - 1) > 0.15, "{} in {} changes by a factor of {}, too little to be found", InfoOf(kind).id, wards.wards[ward].name,
                        factor);
        fmt::format_to(std::back_inserter(text),
                       "{}    {{\"source\": \"{}\", \"category\": \"{}\", \"ward\": \"{}\", \"name\": \"{}\", \"direction\": \"{}\", \"factor\": {:.3f}, "
                       "\"expected_2023\": {:.1f}, \"expected_2024\": {:.1f}}}",
                       text.empty() ? "" : ",\n", council ? "tidewick-council" : "tidewick-police", council ? "council-anti-social-behaviour" : InfoOf(kind).id,
                       wards.wards[ward].code, wards.wards[ward].name, factor > 1 ? "higher" : "lower", factor, before, after);
      }
    }
  }
  return text;
}

std::string Sites(const SitingTruth& truth, const Furniture& furniture) {
  std::string text;
  int cumulative = 0;
  for (const CameraSite& site : truth.sites) {
    const LampColumn& column = furniture.columns[site.column];
    cumulative += site.marginal;
    fmt::format_to(std::back_inserter(text),
                   "{}      {{\"column\": \"{}\", \"easting_m\": {:.0f}, \"northing_m\": {:.0f}, \"hotspot\": \"{}\", \"marginal\": {}, \"cumulative\": {}}}",
                   text.empty() ? "" : ",\n", column.id, column.at.easting_m(), column.at.northing_m(), site.hotspot, site.marginal, cumulative);
  }
  return text;
}

constexpr const char* kBreaks = R"(    {"id": "council-app", "source": "tidewick-council", "categories": ["council-anti-social-behaviour"],
     "from": "2022-03-01", "factor": 2},
    {"id": "burglary-definition", "source": "tidewick-police", "categories": ["burglary"], "from": "2021-04-01", "factor": 1.3},
    {"id": "pandemic-asb", "source": "", "categories": ["anti-social-behaviour", "council-anti-social-behaviour"],
     "from": "2020-04-01", "to": "2021-04-01", "factor": 1.6})";

}  // namespace

void WriteTruth(const IncidentHistory& history, const WardMap& now, const Furniture& furniture, OutputFolder& out) {
  const SitingTruth sites = FindBestSites(furniture, history.police);
  std::string text = "{\n  \"schema\": 1,\n  \"authority\": \"Tidewick\",\n  \"hotspots\": [\n" + Hotspots() + "\n  ],\n";
  text += "  \"ward_changes\": {\n    \"vintage\": \"wards-2023\", \"before\": \"2023\", \"after\": \"2024\",\n    \"changed\": [\n" +
          WardChanges(history, now) + "\n    ]\n  },\n";
  fmt::format_to(
      std::back_inserter(text),
      "  \"camera_sites\": {{\n    \"category\": \"violence-and-sexual-offences\", \"year\": 2024, \"begin\": \"20:00\", \"end\": \"06:00\",\n"
      "    \"weekdays\": [\"thu\", \"fri\", \"sat\"], \"range_m\": {:.0f}, \"new_cameras\": {},\n"
      "    \"demand\": {}, \"covered_by_working_cameras\": {}, \"runner_up\": {{\"column\": \"{}\", \"marginal\": {}}},\n    \"sites\": [\n{}\n    ]\n  }},\n",
      kViewRange_m, kNewCameras, sites.demand, sites.covered_already, sites.runner_up_column, sites.runner_up, Sites(sites, furniture));
  text += std::string("  \"breaks\": [\n") + kBreaks + "\n  ],\n  \"snapped\": {\"dataset\": \"sample-open\", \"snap_points\": 2500}\n}\n";
  out.write("truth.json", text);
}

}  // namespace sample
