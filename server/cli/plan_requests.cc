#include "server/cli/plan_requests.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "server/cli/input_file.h"
#include "server/cli/question_parts.h"
#include "wardwatch/v1/planning_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

constexpr std::size_t kMostShapeBytes = std::size_t{768} << 10;  // what the server takes

struct NamedWeight {
  std::string name;
  std::optional<double> weight;
};

// "asb" or "asb=2".
geo::Result<NamedWeight> ParseNamedWeight(const std::string& text, std::string_view flag) {
  const std::size_t equals = text.find('=');
  NamedWeight named{text.substr(0, equals), std::nullopt};
  if (named.name.empty()) return geo::Fail(BadFlag(std::string(flag), fmt::format("\"{}\" has no name: write NAME or NAME=WEIGHT", text)));
  if (equals == std::string::npos) return named;
  double weight = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + equals + 1, end, weight);
  if (error != std::errc() || stop != end || !std::isfinite(weight)) {
    return geo::Fail(BadFlag(std::string(flag), fmt::format("\"{}\" has no number after its =: write NAME=WEIGHT, asb=2", text)));
  }
  named.weight = weight;
  return named;
}

geo::Result<void> FillParts(const std::vector<std::string>& texts, api::PartWeights& parts) {
  using Set = void (api::PartWeights::*)(double);
  static const std::map<std::string, Set> kParts = {{"volume", &api::PartWeights::set_volume},
                                                    {"harm", &api::PartWeights::set_harm},
                                                    {"persistence", &api::PartWeights::set_persistence},
                                                    {"trend", &api::PartWeights::set_trend},
                                                    {"concern", &api::PartWeights::set_concern}};
  for (const std::string& text : texts) {
    const auto named = ParseNamedWeight(text, "--part");
    if (!named) return geo::Fail(named.error());
    const auto part = kParts.find(named->name);
    if (part == kParts.end() || !named->weight) {
      return geo::Fail(BadFlag("--part", fmt::format("\"{}\" is no part with a weight: volume=1, harm=1, persistence=1, trend=1, concern=1", text)));
    }
    (parts.*part->second)(*named->weight);
  }
  return {};
}

template <class Request>
geo::Result<void> FillPlan(const CommandLine& line, const std::string& dataset, Request& request) {
  const PlanFlags& flags = line.plan;
  request.set_dataset(dataset);
  request.set_vintage(line.question.vintage);
  request.set_weight_table(flags.weight_table);
  if (!line.question.purpose.empty()) request.mutable_caller()->set_purpose(line.question.purpose);
  if (flags.block_hours && *flags.block_hours == 0) return geo::Fail(BadFlag("--block", "0 is out of range: 1, 2, 3, 4, 6, 8, 12, 24, or 168 for the whole week"));
  if (flags.block_hours) request.mutable_hours()->set_block_hours(*flags.block_hours);
  if (flags.first_hour) request.mutable_hours()->set_first_hour(*flags.first_hour);
  if (flags.false_discovery_rate && *flags.false_discovery_rate == 0) return geo::Fail(BadFlag("--fdr", "0 is out of range: over 0, to 0.5"));
  if (flags.false_discovery_rate) request.set_false_discovery_rate(*flags.false_discovery_rate);
  return FillPeriod(flags.period, "PERIOD", *request.mutable_period());
}

geo::Result<void> FillCapacity(const PlanFlags& flags, api::RankPrioritiesRequest& request) {
  if (!flags.capacity_hours) {
    const bool alone = flags.visit_hours || flags.teams;
    return alone ? geo::Result<void>(geo::Fail(BadFlag("--capacity", "is required where --visit or --teams is given: how many hours a week there are")))
                 : geo::Result<void>();
  }
  request.mutable_capacity()->set_hours_per_week(*flags.capacity_hours);
  if (flags.visit_hours && *flags.visit_hours == 0) return geo::Fail(BadFlag("--visit", "0 is out of range: over 0, to 168"));
  if (flags.teams && *flags.teams == 0) return geo::Fail(BadFlag("--teams", "0 is out of range: 1 to 1000"));
  if (flags.visit_hours) request.mutable_capacity()->set_visit_hours(*flags.visit_hours);
  if (flags.teams) request.mutable_capacity()->set_teams(*flags.teams);
  return {};
}

geo::Result<void> FillNumbers(const PlanFlags& flags, api::RankPrioritiesRequest& request) {
  if (flags.limit && *flags.limit == 0) return geo::Fail(BadFlag("--limit", "0 is out of range: 1 to 1000"));
  if (flags.draws && *flags.draws == 0) return geo::Fail(BadFlag("--draws", "0 is out of range: 100 to 100000"));
  if (flags.seed && *flags.seed == 0) return geo::Fail(BadFlag("--seed", "0 is out of range: it stands for no seed, and the server would take 1"));
  if (flags.limit) request.set_limit(*flags.limit);
  if (flags.draws) request.set_draws(*flags.draws);
  if (flags.seed) request.set_seed(*flags.seed);
  if (flags.weight_spread) request.set_weight_spread(*flags.weight_spread);
  return {};
}

}  // namespace

geo::Result<api::RankPrioritiesRequest> MakePrioritiesRequest(const CommandLine& line, const std::string& dataset) {
  const PlanFlags& flags = line.plan;
  api::RankPrioritiesRequest request;
  if (auto filled = FillPlan(line, dataset, request); !filled) return geo::Fail(filled.error());
  for (const std::string& text : flags.workstreams) {
    const auto named = ParseNamedWeight(text, "--workstream");
    if (!named) return geo::Fail(named.error());
    api::WorkstreamWeight& weight = *request.add_workstreams();
    weight.set_workstream(named->name);
    if (named->weight) weight.set_weight(*named->weight);
  }
  if (!flags.part_weights.empty()) {
    if (auto filled = FillParts(flags.part_weights, *request.mutable_part_weights()); !filled) return geo::Fail(filled.error());
  }
  if (flags.places == "areas") request.set_places(api::PLACE_UNIT_AREAS);
  if (flags.cell_shape == "hex") request.mutable_cells()->set_shape(api::CELL_SHAPE_HEXAGON);
  if (flags.cell_size_m && *flags.cell_size_m == 0) return geo::Fail(BadFlag("--cell-size", "0 is out of range: 10 to 100000"));
  if (flags.cell_size_m) request.mutable_cells()->set_cell_size_m(*flags.cell_size_m);
  if (!flags.within.empty()) {
    if (auto filled = FillAreas(flags.within, "--area", *request.mutable_areas()); !filled) return geo::Fail(filled.error());
  }
  if (auto filled = FillCapacity(flags, request); !filled) return geo::Fail(filled.error());
  if (auto filled = FillNumbers(flags, request); !filled) return geo::Fail(filled.error());
  return request;
}

geo::Result<api::ProfilePlaceRequest> MakeProfileRequest(const CommandLine& line, const std::string& dataset) {
  const PlanFlags& flags = line.plan;
  api::ProfilePlaceRequest request;
  if (auto filled = FillPlan(line, dataset, request); !filled) return geo::Fail(filled.error());
  for (const std::string& id : flags.workstreams) request.add_workstreams(id);
  const int places = (flags.areas.empty() ? 0 : 1) + (flags.cells.empty() ? 0 : 1) + (flags.shape.empty() ? 0 : 1);
  if (places != 1) return geo::Fail(BadFlag("--area", fmt::format("the place is said in {} ways: give one of --area, --cell and --shape", places)));
  if (!flags.areas.empty()) {
    if (auto filled = FillAreas(flags.areas, "--area", *request.mutable_areas()); !filled) return geo::Fail(filled.error());
  }
  for (const std::string& cell : flags.cells) request.mutable_cells()->add_cells(cell);
  if (!flags.shape.empty()) {
    auto text = ReadInputFile(flags.shape, "--shape", kMostShapeBytes);
    if (!text) return geo::Fail(text.error());
    request.mutable_shape()->set_id("shape");
    request.mutable_shape()->set_geojson(std::move(*text));
    request.mutable_shape()->set_crs(flags.crs);
  }
  return request;
}

}  // namespace server
