// Flags of hotspots, surface, places and area-hotspots to requests.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

#include "server/cli/question_parts.h"
#include "wardwatch/v1/hotspot_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

// The whole text as a finite number.
std::optional<double> NumberIn(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

// "cronie-van-lieshout" with "BANDWIDTH_RULE_" is BANDWIDTH_RULE_CRONIE_VAN_LIESHOUT: the words of the flags are those of the contract. False for no such name.
template <class Enum, class Parse>
bool ReadWord(std::string_view word, std::string_view prefix, const Parse& parse, Enum& out) {
  std::string name(prefix);
  for (const char c : word) name += c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return parse(name, &out);
}

// A proto3 number without presence cannot tell 0 from "not said": 0 would silently become the default, so it is refused here.
template <class Number>
geo::Result<void> NotZero(const std::optional<Number>& value, const char* flag) {
  if (value && *value == 0) return geo::Fail(BadFlag(flag, "0 is out of range"));
  return {};
}

geo::Result<void> FillDensity(const DensityFlags& flags, api::DensitySpec& out) {
  api::Kernel kernel{};
  if (!flags.kernel.empty() && ReadWord(flags.kernel, "KERNEL_", api::Kernel_Parse, kernel)) out.set_kernel(kernel);
  if (!flags.bandwidth.empty()) {
    api::BandwidthRule rule{};
    if (const auto metres = NumberIn(flags.bandwidth)) {
      out.set_bandwidth_m(*metres);
    } else if (flags.bandwidth != "unspecified" && ReadWord(flags.bandwidth, "BANDWIDTH_RULE_", api::BandwidthRule_Parse, rule)) {
      out.set_rule(rule);
    } else {
      return geo::Fail(BadFlag("--bandwidth", fmt::format("\"{}\" is neither a number of metres nor one of silverman, scott, reference, arcgis, least-squares, "
                                                          "likelihood, diggle, cronie-van-lieshout",
                                                          flags.bandwidth)));
    }
  }
  if (flags.decay) out.set_triangular_decay(*flags.decay);
  api::EdgeCorrection edge{};
  if (!flags.edge.empty() && ReadWord(flags.edge, "EDGE_CORRECTION_", api::EdgeCorrection_Parse, edge)) out.set_edge_correction(edge);
  out.set_adaptive(flags.adaptive);
  return {};
}

geo::Result<void> FillSignificance(const SignificanceFlags& flags, api::SignificanceSpec& out) {
  api::LocalStatistic statistic{};
  if (!flags.statistic.empty() && ReadWord(flags.statistic, "LOCAL_STATISTIC_", api::LocalStatistic_Parse, statistic)) out.set_statistic(statistic);
  if (flags.rings) out.set_rings(*flags.rings);
  if (flags.distance_m) out.set_distance_m(*flags.distance_m);
  api::Adjacency adjacency{};
  if (!flags.adjacency.empty() && ReadWord(flags.adjacency, "ADJACENCY_", api::Adjacency_Parse, adjacency)) out.set_adjacency(adjacency);
  out.set_row_standardised(flags.row_standardised);
  if (flags.no_correction) out.set_multiple_testing(api::MULTIPLE_TESTING_NONE);
  if (auto fine = NotZero(flags.false_discovery_rate, "--fdr"); !fine) return fine;
  if (auto fine = NotZero(flags.permutations, "--permutations"); !fine) return fine;
  if (auto fine = NotZero(flags.seed, "--seed"); !fine) return fine;
  if (flags.false_discovery_rate) out.set_false_discovery_rate(*flags.false_discovery_rate);
  if (flags.permutations) out.set_permutations(*flags.permutations);
  if (flags.seed) out.set_seed(*flags.seed);
  api::Inference inference{};
  if (!flags.inference.empty() && ReadWord(flags.inference, "INFERENCE_", api::Inference_Parse, inference)) out.set_inference(inference);
  return {};
}

// A part that says nothing is left out, so that the request is as short as the question.
template <class Part, class Flags, class Request>
geo::Result<void> FillPart(geo::Result<void> (*fill)(const Flags&, Part&), const Flags& flags, Request& request, Part* (Request::*mutable_part)()) {
  Part part;
  if (auto filled = fill(flags, part); !filled) return filled;
  if (part.ByteSizeLong() > 0) *(request.*mutable_part)() = std::move(part);
  return {};
}

geo::Result<void> FillExtent(const std::string& text, api::GridExtent& out) {
  std::vector<double> sides;
  bool numbers = true;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const auto side = NumberIn(std::string_view(text).substr(begin, end - begin));
    numbers = numbers && side.has_value();
    sides.push_back(side.value_or(0));
    begin = end + 1;
  }
  if (!numbers || sides.size() != 4 || sides[0] >= sides[2] || sides[1] >= sides[3]) {
    return geo::Fail(
        BadFlag("--extent", fmt::format("\"{}\" is no rectangle: write WEST,SOUTH,EAST,NORTH in metres, for example 565000,165000,580000,172000", text)));
  }
  out.set_min_easting_m(sides[0]);
  out.set_min_northing_m(sides[1]);
  out.set_max_easting_m(sides[2]);
  out.set_max_northing_m(sides[3]);
  return {};
}

geo::Result<void> FillSurface(const CommandLine& line, const std::string& dataset, api::ComputeSurfaceRequest& request) {
  const SurfaceFlags& flags = line.surface;
  if (auto filled = FillQuestion(line.question, dataset, request); !filled) return filled;
  if (auto filled = FillPeriod(flags.period, "--period", *request.mutable_period()); !filled) return filled;
  if (auto fine = NotZero(flags.cell_size_m, "--cell-size"); !fine) return fine;
  if (flags.cell_size_m) request.set_cell_size_m(*flags.cell_size_m);
  if (!flags.extent.empty()) {
    if (auto filled = FillExtent(flags.extent, *request.mutable_extent()); !filled) return filled;
  }
  request.set_weight_table(flags.weight_table);
  return FillPart(FillDensity, flags.density, request, &api::ComputeSurfaceRequest::mutable_density);
}

geo::Result<api::ContourLevel> LevelOf(const std::string& text) {
  const std::size_t colon = text.find(':');
  const auto parsed = colon == std::string::npos ? std::nullopt : NumberIn(std::string_view(text).substr(colon + 1));
  const std::string kind = parsed ? text.substr(0, colon) : std::string();
  const double value = parsed.value_or(0);
  api::ContourLevel level;
  if (kind == "density") level.set_density_per_km2_per_year(value);
  else if (kind == "volume") level.set_volume_share(value);
  else if (kind == "incidents") level.set_incident_share(value);
  else return geo::Fail(BadFlag("--level", fmt::format("\"{}\" is no level: write density:20, volume:0.5 or incidents:0.5", text)));
  return level;
}

}  // namespace

geo::Result<api::FindHotspotsRequest> MakeHotspotsRequest(const CommandLine& line, const std::string& dataset) {
  api::FindHotspotsRequest request;
  if (auto filled = FillQuestion(line.question, dataset, request); !filled) return geo::Fail(filled.error());
  const HotspotFlags& flags = line.hotspots;
  if (auto filled = FillPeriod(flags.period, "--period", *request.mutable_period()); !filled) return geo::Fail(filled.error());
  if (flags.cell_shape == "square") request.mutable_cells()->set_shape(api::CELL_SHAPE_SQUARE);
  if (flags.cell_shape == "hex") request.mutable_cells()->set_shape(api::CELL_SHAPE_HEXAGON);
  if (auto fine = NotZero(flags.cell_size_m, "--cell-size"); !fine) return geo::Fail(fine.error());
  if (auto fine = NotZero(flags.share, "--share"); !fine) return geo::Fail(fine.error());
  if (flags.cell_size_m) request.mutable_cells()->set_cell_size_m(*flags.cell_size_m);
  if (flags.share) request.set_share(*flags.share);
  if (flags.previous_years) request.set_previous_years(*flags.previous_years);
  if (flags.list == "significant" && flags.significance.statistic == "none") {
    return geo::Fail(BadFlag("--list", "significant cells need a test: leave out --statistic none"));
  }
  api::CellSelection selection{};
  if (!flags.list.empty() && ReadWord(flags.list, "CELL_SELECTION_", api::CellSelection_Parse, selection)) request.set_selection(selection);
  request.set_weight_table(flags.weight_table);
  if (auto filled = FillPart(FillDensity, flags.density, request, &api::FindHotspotsRequest::mutable_density); !filled) return geo::Fail(filled.error());
  if (auto filled = FillPart(FillSignificance, flags.significance, request, &api::FindHotspotsRequest::mutable_significance); !filled) {
    return geo::Fail(filled.error());
  }
  return request;
}

geo::Result<api::ComputeSurfaceRequest> MakeSurfaceRequest(const CommandLine& line, const std::string& dataset) {
  api::ComputeSurfaceRequest request;
  if (auto filled = FillSurface(line, dataset, request); !filled) return geo::Fail(filled.error());
  const SurfaceFlags& flags = line.surface;
  request.set_unmasked(flags.unmasked);
  if (flags.compare.empty()) return request;
  api::SurfaceComparison& comparison = *request.mutable_comparison();
  if (auto filled = FillPeriod(flags.compare, "--compare", *comparison.mutable_before()); !filled) return geo::Fail(filled.error());
  api::SurfaceMeasure measure{};
  if (!flags.measure.empty() && ReadWord(flags.measure, "SURFACE_MEASURE_", api::SurfaceMeasure_Parse, measure)) comparison.set_measure(measure);
  if (flags.floor_per_km2_per_year) comparison.set_floor_per_km2_per_year(*flags.floor_per_km2_per_year);
  return request;
}

geo::Result<api::FindPlacesRequest> MakePlacesRequest(const CommandLine& line, const std::string& dataset) {
  api::FindPlacesRequest request;
  if (auto filled = FillSurface(line, dataset, *request.mutable_surface()); !filled) return geo::Fail(filled.error());
  for (const std::string& text : line.places.levels) {
    auto level = LevelOf(text);
    if (!level) return geo::Fail(level.error());
    *request.add_levels() = std::move(*level);
  }
  if (auto fine = NotZero(line.places.peaks, "--peaks"); !fine) return geo::Fail(fine.error());
  if (auto fine = NotZero(line.places.peak_distance_m, "--peak-distance"); !fine) return geo::Fail(fine.error());
  if (line.places.peaks) request.set_peaks(*line.places.peaks);
  if (line.places.peak_distance_m) request.set_peak_distance_m(*line.places.peak_distance_m);
  return request;
}

geo::Result<api::FindAreaHotspotsRequest> MakeAreaHotspotsRequest(const CommandLine& line, const std::string& dataset) {
  api::FindAreaHotspotsRequest request;
  const AreaHotspotFlags& flags = line.area_hotspots;
  if (auto filled = FillQuestion(line.question, dataset, request); !filled) return geo::Fail(filled.error());
  if (auto filled = FillPeriod(flags.period, "--period", *request.mutable_period()); !filled) return geo::Fail(filled.error());
  api::AreaMeasure measure{};
  if (!flags.measure.empty() && ReadWord(flags.measure, "AREA_MEASURE_", api::AreaMeasure_Parse, measure)) request.set_measure(measure);
  request.set_weight_table(flags.weight_table);
  if (auto filled = FillPart(FillSignificance, flags.significance, request, &api::FindAreaHotspotsRequest::mutable_significance); !filled) {
    return geo::Fail(filled.error());
  }
  return request;
}

}  // namespace server
