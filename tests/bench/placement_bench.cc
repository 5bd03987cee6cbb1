// Cameras: visibility polygons among 10,000 footprints, greedy choices, and choices proved best. Every row checks its answer before it times it.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>

#include "geo/placement/camera_view.h"
#include "geo/placement/cover_state.h"
#include "geo/placement/coverage.h"
#include "geo/placement/exact_cover.h"
#include "geo/placement/greedy_cover.h"
#include "geo/placement/place_robustness.h"
#include "geo/placement/site_cameras.h"

namespace {

using geo::GridPoint;

[[noreturn]] void Wrong(const char* what) {
  std::fprintf(stderr, "wrong answer: %s\n", what);
  std::abort();
}

GridPoint At(double east_m, double north_m) { return GridPoint::FromMeters(500'000 + east_m, 200'000 + north_m); }

// Streets every 60 m, terraces of eight houses along them: 25 footprints a hectare, as in a town.
std::vector<geo::Polygon> MakeTown(int footprints) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> jitter(-0.8, 0.8);
  std::vector<geo::Polygon> town;
  const int side = static_cast<int>(std::ceil(std::sqrt(footprints / 16.0)));
  for (int block = 0; static_cast<int>(town.size()) < footprints; ++block) {
    const double west = 80.0 * (block % side), south = 80.0 * (block / side);
    for (int house = 0; house < 16 && static_cast<int>(town.size()) < footprints; ++house) {
      const double w = west + 10 + 7.5 * (house % 8), s = south + (house < 8 ? 12 : 50) + jitter(random), n = s + 10 + jitter(random);
      town.push_back({{{At(w, s), At(w + 3, s), At(w + 3, s - 1), At(w + 5, s - 1), At(w + 5, s), At(w + 7.2, s), At(w + 7.2, n), At(w, n)}}});
    }
  }
  return town;
}

const std::vector<geo::Polygon>& Town() {
  static const auto town = MakeTown(10'000);
  return town;
}
const geo::FootprintIndex& Buildings() {
  static const auto index = geo::FootprintIndex::Build(Town()).value();
  return index;
}

// Lamp columns along the streets of the first so many blocks each way.
std::vector<GridPoint> Columns(int count, unsigned seed, unsigned blocks = 25) {
  std::mt19937 random(seed);
  std::vector<GridPoint> columns;
  while (static_cast<int>(columns.size()) < count) {
    const double along = static_cast<double>(random() % (blocks * 800)) / 10, street = 80.0 * static_cast<double>(random() % blocks) + 2;
    columns.push_back(random() % 2 == 0 ? At(along, street) : At(street, along));
  }
  return columns;
}

// Incidents: half around thirty centres, half anywhere on a street.
std::vector<GridPoint> Incidents(int count, unsigned blocks) {
  std::mt19937 random(5);
  std::normal_distribution<double> spread(0, 60);
  const double side_m = 80.0 * blocks;
  std::vector<GridPoint> points;
  while (static_cast<int>(points.size()) < count) {
    GridPoint p;
    if (random() % 2 == 0) {
      const double c = static_cast<double>(random() % 30);
      p = At(std::fmod(c * 611, side_m) + spread(random), std::fmod(c * 397, side_m) + spread(random));
    } else {
      p = Columns(1, static_cast<unsigned>(random()), blocks)[0];
    }
    std::vector<geo::FootprintIndex::Footprint> in;
    Buildings().containing(p, in);
    if (in.empty()) points.push_back(p);
  }
  return points;
}

void VisibilityPolygons(benchmark::State& state) {
  const auto columns = Columns(1'000, 1);
  const double range_m = static_cast<double>(state.range(0));
  for (int i = 0; i < 50; ++i) {
    const geo::VisibilityPolygon polygon(Buildings(), columns[static_cast<std::size_t>(i)], range_m);
    for (const GridPoint p : columns) {
      const bool within = std::hypot(p.easting_m() - columns[static_cast<std::size_t>(i)].easting_m(),
                                     p.northing_m() - columns[static_cast<std::size_t>(i)].northing_m()) <= range_m;
      if (polygon.sees(p) != (within && geo::HasLineOfSight(Buildings(), columns[static_cast<std::size_t>(i)], p)))
        Wrong("a polygon sees what a line does not");
    }
  }
  for (auto _ : state) {
    std::size_t wedges = 0;
    for (const GridPoint at : columns) wedges += geo::VisibilityPolygon(Buildings(), at, range_m).wedges();
    benchmark::DoNotOptimize(wedges);
  }
}
BENCHMARK(VisibilityPolygons)->Arg(133)->Arg(1'759)->Unit(benchmark::kMillisecond);

geo::CoverProblem MakeProblem(int sites, int points, unsigned blocks, int level) {
  geo::CameraModel model;
  model.pixels = 3840;
  model.field_of_view_deg = 60;
  const auto optics = geo::OpticsOf(model, geo::DensityTable::k2014, std::nullopt, "model").value();
  const auto columns = Columns(sites, 2, blocks);
  const auto incidents = Incidents(points, blocks);
  geo::CoverProblem problem;
  problem.weights.assign(incidents.size(), geo::kMillionths);
  std::vector<geo::CameraView> views;
  std::vector<std::int32_t> of_site;
  for (int site = 0; site < sites; ++site) {
    const auto visible = std::make_shared<geo::VisibilityPolygon>(Buildings(), columns[static_cast<std::size_t>(site)], optics.ground_range_m.front());
    for (int bearing = 0; bearing < 8; ++bearing) {
      views.emplace_back(visible, optics, 45.0 * bearing);
      of_site.push_back(site);
    }
  }
  const auto seen = geo::FindCoverage(views, incidents, level, 2, geo::NeverStop()).value();
  for (std::size_t i = 0; i < views.size(); ++i) {
    geo::CoverOption option;
    option.site = of_site[i];
    option.sees = seen[i];
    problem.options.push_back(std::move(option));
  }
  problem.most_picks = 10;
  return problem;
}

// From lenses and walls to a proof. Arguments: picks, blocks each way (25: a town; 8: a centre where views overlap), level (1 detect: 133 m; 0 monitor: 266 m).
void ProvedOptimal(benchmark::State& state) {
  geo::SolverReport report;
  for (auto _ : state) {
    geo::CoverProblem problem = MakeProblem(200, 5'000, static_cast<unsigned>(state.range(1)), static_cast<int>(state.range(2)));
    problem.most_picks = static_cast<int>(state.range(0));
    const auto solution = geo::SolveCover(problem, {}, geo::NeverStop());
    if (!solution || !solution->report.proved_optimal || geo::ValueOf(problem, solution->choice) != solution->value || !geo::Keeps(problem, solution->choice))
      Wrong("not proved");
    report = solution->report;
  }
  state.counters["value"] = report.value;
  state.counters["nodes"] = static_cast<double>(report.nodes);
  state.counters["left"] = report.options_left;
}
BENCHMARK(ProvedOptimal)->Args({10, 25, 1})->Args({30, 25, 1})->Args({10, 8, 1})->Args({10, 8, 0})->Args({30, 8, 0})->Unit(benchmark::kMillisecond);

void Greedy(benchmark::State& state) {
  static const geo::CoverProblem problem = MakeProblem(2'000, 5'000, 25, 1);
  for (auto _ : state) {
    const geo::CoverIncidence incidence(problem);
    const auto choice = geo::GreedyCover(problem, incidence, geo::NeverStop());
    if (!choice || !geo::Keeps(problem, *choice) || choice->size() != 10) Wrong("greedy");
    state.counters["value"] = geo::WeightOf(geo::ValueOf(problem, *choice));
  }
}
BENCHMARK(Greedy)->Unit(benchmark::kMillisecond);

// The whole question of a town centre: 200 columns x 8 bearings, 5,000 incidents known to 10 m, ten picks, three runner-up sets; then 200 draws of positions.
struct Centre {
  geo::CameraScene scene;
  geo::SitingQuery query;
};

const Centre& TownCentre() {
  static const Centre centre = [] {
    Centre made;
    made.scene.buildings = Buildings();
    geo::CameraModel model;
    model.id = "4K";
    model.pixels = 3840;
    model.field_of_view_deg = 60;
    made.scene.models = {model};
    made.scene.demand.categories = {"any"};
    made.scene.threads = 2;
    for (const GridPoint at : Incidents(5'000, 8)) {
      geo::DemandPoint point;
      point.at = at;
      point.precision_m = 10;
      made.scene.demand.points.push_back(point);
    }
    int id = 0;
    for (const GridPoint at : Columns(200, 2, 8)) {
      geo::CandidateSite site;
      site.id = "column-" + std::to_string(id++);
      site.at = at;
      made.query.candidates.push_back(site);
    }
    made.query.level = "detect";
    made.query.picks = 10;
    made.query.robustness_draws = 0;
    return made;
  }();
  return centre;
}

void Siting(benchmark::State& state) {
  const Centre& centre = TownCentre();
  for (auto _ : state) {
    const auto answer = geo::SiteCameras(centre.scene, centre.query, geo::NeverStop());
    if (!answer || !answer->certificate.solver->proved_optimal || answer->picks.size() != 10) Wrong("siting");
    state.counters["runners_up"] = static_cast<double>(answer->alternatives.size());
  }
}
BENCHMARK(Siting)->Unit(benchmark::kMillisecond);

void Robustness(benchmark::State& state) {
  const Centre& centre = TownCentre();
  geo::RobustnessQuery robustness;
  robustness.draws = 200;
  robustness.exact = state.range(0) != 0;
  for (auto _ : state) {
    const auto answer = geo::TestSiting(centre.scene, centre.query, robustness, geo::NeverStop());
    if (!answer || answer->draws != 200 || (robustness.exact && answer->worst_gap > 1e-7)) Wrong("robustness");
    state.counters["worst_gap"] = answer->worst_gap;
  }
}
BENCHMARK(Robustness)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
