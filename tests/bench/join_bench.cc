// How fast is the join of points to areas, against warm GEOS prepared polygons behind an STRtree, in the same run? Each row first checks that both give
// every point the same area; the last lines print the ratios. Rows: 25 made-up areas of 1,000 vertices and a million clustered points; 6,972 such areas;
// the 24 wards of Medway with the points of Kent; the wards of the United Kingdom with the points of half a year of England and Wales.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "geo/areas/area_join.h"
#include "geo/areas/area_set.h"
#include "geo/geodesy/british_grid.h"
#include "tests/support/geos_areas.h"
#include "tests/support/paths.h"
#include "tests/support/ragged_areas.h"
#include "tests/support/real_areas.h"

namespace {

struct Workload {
  std::unique_ptr<geo::AreaSet> areas;
  std::vector<geo::GridPoint> points;
  std::unique_ptr<support::GeosAreas> geos;
  double build_s = 0;
  std::string fault;  // why there is nothing to time
};

// Of this thread alone: other work on the machine disturbs it least.
double CpuSeconds() {
  std::timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void Prepare(Workload& work, std::vector<geo::Area> areas) {
  const double start = CpuSeconds();
  work.areas = std::make_unique<geo::AreaSet>(std::move(geo::AreaSet::Build("bench", std::move(areas)).value()));
  work.build_s = CpuSeconds() - start;
  work.geos = std::make_unique<support::GeosAreas>(work.areas->areas());
  // The check, which also warms what GEOS prepares at first use.
  std::vector<geo::AreaIndex> found(work.points.size());
  work.areas->locate(work.points, found);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (work.geos->locate(work.points[i]) == found[i]) continue;
    work.fault = "GEOS and the join disagree about a point";
    return;
  }
}

void PrepareReal(Workload& work, const std::string& areas, const std::vector<std::string>& points, int longitude) {
  if (!support::HaveSharedData(areas) || !support::HaveSharedData(points[0])) {
    work.fault = "no real data at " WARDWATCH_SHARED_DATA;
    return;
  }
  const geo::BritishGrid grid = std::move(geo::BritishGrid::Create().value());
  for (const std::string& file : points) support::ReadRealPoints(file, longitude, longitude + 1, grid, work.points);
  Prepare(work, support::ReadRealAreas(areas, "WD24CD", "WD24NM", grid));
}

Workload& Get(const std::string& name) {
  static std::map<std::string, Workload> made;
  const auto [at, fresh] = made.try_emplace(name);
  Workload& work = at->second;
  if (!fresh) return work;
  if (name == "25 areas") {
    work.points = support::ClusteredPoints(1'000'000, 42);
    Prepare(work, support::RaggedAreas(5, 5, 250, 7));
  } else if (name == "6,972 areas") {
    work.points = support::ClusteredPoints(1'000'000, 42);
    Prepare(work, support::RaggedAreas(84, 83, 250, 8));
  } else if (name == "Medway") {
    std::vector<std::string> months;
    for (int month = 1; month <= 12; ++month)
      months.push_back("kent-street/2025-" + std::string(month < 10 ? "0" : "") + std::to_string(month) + "-kent-street.csv.gz");
    PrepareReal(work, "medway-boundaries/medway_wards_2024.geojson", months, 4);
  } else {
    PrepareReal(work, "uk-wards-2024/uk_wards_may2024_bsc.geojson.gz", {"ew-2025-points/points_2025_h1.csv.gz"}, 2);
  }
  return work;
}

// The best CPU time of a point, by row, for the ratios. The machine may be shared: the best is the least disturbed.
std::map<std::string, std::map<std::string, double>>& Best() {
  static std::map<std::string, std::map<std::string, double>> best;
  return best;
}

template <class Locate>
void Time(benchmark::State& state, const std::string& name, const std::string& method, Locate&& locate) {
  Workload& work = Get(name);
  if (!work.fault.empty()) {
    state.SkipWithError(work.fault.c_str());
    return;
  }
  std::vector<geo::AreaIndex> found(work.points.size());
  double best = 1e9;
  for (auto _ : state) {
    const double start = CpuSeconds();
    locate(work, found);
    benchmark::DoNotOptimize(found.data());
    benchmark::ClobberMemory();
    best = std::min(best, CpuSeconds() - start);
  }
  const double each_ns = best / static_cast<double>(work.points.size()) * 1e9;
  state.counters["best_ns_per_point"] = each_ns;
  auto [at, fresh] = Best()[name].try_emplace(method, each_ns);
  at->second = std::min(at->second, each_ns);
}

void Register(const std::string& name) {
  benchmark::RegisterBenchmark(("join/" + name).c_str(),
                               [name](benchmark::State& state) {
                                 Time(state, name, "join", [](Workload& work, std::vector<geo::AreaIndex>& found) { work.areas->locate(work.points, found); });
                               })
      ->Unit(benchmark::kMillisecond)
      ->Repetitions(3)
      ->ReportAggregatesOnly();
  benchmark::RegisterBenchmark(("geos/" + name).c_str(), [name](benchmark::State& state) {
    Time(state, name, "geos", [](Workload& work, std::vector<geo::AreaIndex>& found) {
      for (std::size_t i = 0; i < found.size(); ++i) found[i] = work.geos->locate(work.points[i]);
    });
  })->Unit(benchmark::kMillisecond);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> names = {"25 areas", "Medway", "United Kingdom", "6,972 areas"};
  for (const std::string& name : names) Register(name);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  std::printf("\n%-16s %10s %8s %10s %10s %8s %8s\n", "workload", "points", "areas", "build s", "ns/point", "geos", "ratio");
  for (const auto& [name, times] : Best()) {
    const Workload& work = Get(name);
    if (times.size() < 2) continue;
    std::printf("%-16s %10zu %8zu %10.3f %10.2f %8.1f %8.4f\n", name.c_str(), work.points.size(), work.areas->areas().size(), work.build_s, times.at("join"),
                times.at("geos"), times.at("join") / times.at("geos"));
  }
  return 0;
}
