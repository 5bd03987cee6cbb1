// How fast is an exact density, beside the floor (a plain histogram of the same points on the same cells) and a brute-force scatter, in one run? Each row first
// checks 200 cells against every pair summed in long double, or a wrong answer would be timed. Rows: KDE-A a million points, 1000 x 1000 cells of 20 m, 500 m;
// KDE-B 100,000 points, 200 x 200 cells of 100 m, 300 m; KDE-C as A at 100 to 2000 m; As a million points on 50,000 anchors, merged first. WARDWATCH_BENCH_T=1
// adds T, ten million points. The times are CPU time of the whole process; rows of two threads say what wall time was.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "geo/density/density_surface.h"
#include "tests/bench/density_workloads.h"
#include "tests/support/brute_force_density.h"

namespace {

constexpr std::int64_t kNoBudget = 1'000'000'000'000'000;
constexpr geo::RasterFrame kFine{.cell_mm = 20'000, .south_west = {8'500, 26'000}, .columns = 1000, .rows = 1000};
constexpr geo::RasterFrame kCoarse{.cell_mm = 100'000, .south_west = {1'700, 5'200}, .columns = 200, .rows = 200};

struct Row {
  std::string name, workload;
  geo::KernelShape shape = geo::KernelShape::kQuartic;
  std::int64_t bandwidth_mm = 500'000;
  geo::DensityWork work;
  bool merge = false;
};
struct Timed {
  double cpu_s = 1e9, wall_s = 1e9;
};

double CpuSeconds() {
  std::timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}
double WallSeconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

const std::vector<geo::GridPoint>& Points(const std::string& workload) {
  static std::map<std::string, std::vector<geo::GridPoint>> made;
  const auto [at, fresh] = made.try_emplace(workload);
  if (!fresh) return at->second;
  if (workload == "A") at->second = bench::WorkloadPoints(42).draw(1'000'000);
  if (workload == "B") at->second = bench::WorkloadPoints(43).draw(100'000);
  if (workload == "As") at->second = bench::WorkloadPoints(44).draw(1'000'000, 50'000);
  if (workload == "T") at->second = bench::WorkloadPoints(45).draw(10'000'000);
  return at->second;
}
const geo::RasterFrame& FrameOf(const std::string& workload) { return workload == "B" ? kCoarse : kFine; }

// Equal positions to weights, by a sort: the service's own merge reads a selection of incidents, which these points are not.
support::PointSet Merged(std::vector<geo::GridPoint> points) {
  std::sort(points.begin(), points.end());
  support::PointSet merged;
  for (const geo::GridPoint p : points) {
    if (merged.at.empty() || merged.at.back() != p) merged.at.push_back(p), merged.weight.push_back(0);
    merged.weight.back() += 1;
  }
  return merged;
}
support::PointSet Taken(const Row& row) {
  if (row.merge) return Merged(Points(row.workload));
  return {Points(row.workload), std::vector<double>(Points(row.workload).size(), 1.0)};
}

std::map<std::string, double>& Worst() {
  static std::map<std::string, double> worst;
  return worst;
}

// Empty when 200 cells agree with every pair summed. Ten million points would take a minute: twenty cells there.
std::string Fault(const Row& row, const support::PointSet& points, const geo::Kernel& kernel, const std::vector<double>& surface) {
  std::mt19937_64 random(20240502);
  double worst = 0;
  for (int i = 0; i < (points.at.size() > 2'000'000 ? 20 : 200); ++i) {
    const std::size_t cell = random() % surface.size();
    const double slow = support::SlowDensityOfCell(points, kernel, FrameOf(row.workload), cell);
    if (slow > 0 || surface[cell] > 0) worst = std::max(worst, std::abs(surface[cell] - slow) / slow);
  }
  Worst()[row.name] = worst;
  return worst <= 1e-12 ? "" : "the answer is wrong";
}

std::map<std::string, Timed>& Best() {
  static std::map<std::string, Timed> best;
  return best;
}

template <class Work>
void Keep(const std::string& name, benchmark::State& state, Work&& work) {
  for (auto _ : state) {
    const double cpu = CpuSeconds(), wall = WallSeconds();
    work();
    benchmark::ClobberMemory();
    Timed& best = Best()[name];
    best.cpu_s = std::min(best.cpu_s, CpuSeconds() - cpu);
    best.wall_s = std::min(best.wall_s, WallSeconds() - wall);
  }
}

void Density(benchmark::State& state, const Row& row) {
  const geo::Kernel kernel{row.shape, row.bandwidth_mm, 0};
  const support::PointSet points = Taken(row);
  const auto surface = geo::DensitySurface(points.view(), kernel, FrameOf(row.workload), row.work, geo::NeverStop());
  // Google Benchmark calls a row several times to find its number of iterations: it is checked once.
  const std::string fault = !surface ? surface.error().message : Worst().count(row.name) != 0 ? "" : Fault(row, points, kernel, *surface);
  if (!fault.empty()) return state.SkipWithError(fault.c_str());
  Keep(row.name, state, [&] {
    auto made = geo::DensitySurface(points.view(), kernel, FrameOf(row.workload), row.work, geo::NeverStop());
    benchmark::DoNotOptimize(made->data());
  });
}

void Merge(benchmark::State& state) {
  Keep("As merge", state, [] {
    auto merged = Merged(Points("As"));
    benchmark::DoNotOptimize(merged.at.data());
  });
}

void Floor(benchmark::State& state, const std::string& workload) {
  const geo::RasterFrame& frame = FrameOf(workload);
  const std::vector<geo::GridPoint>& points = Points(workload);
  std::vector<double> counts(frame.size());
  Keep("floor " + workload, state, [&] {
    std::fill(counts.begin(), counts.end(), 0.0);
    const double west = static_cast<double>(frame.west_mm()), south = static_cast<double>(frame.south_mm()), each = 1.0 / frame.cell_mm;
    const auto columns = static_cast<std::size_t>(frame.columns);
    for (const geo::GridPoint p : points) {
      counts[static_cast<std::size_t>((p.northing_mm - south) * each) * columns + static_cast<std::size_t>((p.easting_mm - west) * each)] += 1;
    }
    benchmark::DoNotOptimize(counts.data());
  });
}

// The peer of KDE-B, where R has it: spatstat's density.ppp, which bins the points first and so answers another, approximate, question.
void Peer(benchmark::State& state) {
  if (std::system("Rscript -e 'library(spatstat.explore)' > /dev/null 2>&1") != 0) return state.SkipWithError("R or its spatstat.explore is not installed");
  const std::string script =
      "suppressMessages(library(spatstat.explore)); p <- read.csv(file('stdin'));"
      "x <- ppp(p[[1]], p[[2]], c(520000,540000), c(170000,190000), check = FALSE);"
      "t <- min(sapply(1:3, function(i) system.time(density(x, sigma = 300, kernel = 'quartic', dimyx = 200, edge = FALSE))[['elapsed']])); cat(t)";
  for (auto _ : state) {
    const std::string csv = "bench_density_points.csv", out = "bench_density_peer.txt";
    std::ofstream file(csv);
    file << "e,n\n";
    for (const geo::GridPoint p : Points("B")) file << p.easting_m() << ',' << p.northing_m() << '\n';
    file.close();
    const int ended = std::system(("Rscript -e \"" + script + "\" < " + csv + " > " + out + " 2> /dev/null").c_str());
    double seconds = 0;
    std::ifstream(out) >> seconds;
    std::remove(csv.c_str()), std::remove(out.c_str());
    if (ended != 0 || seconds <= 0) return state.SkipWithError("Rscript gave no time");
    Best()["KDE-B spatstat density.ppp"] = {seconds, seconds};
  }
}

const char* NameOfSet(geo::InstructionSet set) {
  return set == geo::InstructionSet::kAvx512 ? "AVX-512" : set == geo::InstructionSet::kAvx2 ? "AVX2" : "baseline";
}

std::vector<Row> Rows() {
  std::vector<Row> rows;
  const auto add = [&](const std::string& name, const std::string& workload, geo::KernelShape shape, std::int64_t bandwidth_m, geo::DensityWork work,
                       bool merge = false) {
    work.pairs = kNoBudget;
    rows.push_back({name, workload, shape, bandwidth_m * 1000, work, merge});
  };
  for (const auto set : {geo::InstructionSet::kBaseline, geo::InstructionSet::kAvx2, geo::InstructionSet::kAvx512}) {
    if (set > geo::BestInstructionSet()) {
      std::printf("no row of %s: this processor has none\n", NameOfSet(set));
      continue;
    }
    add(std::string("KDE-A ") + NameOfSet(set), "A", geo::KernelShape::kQuartic, 500, {.instruction_set = set});
    add(std::string("KDE-B ") + NameOfSet(set), "B", geo::KernelShape::kQuartic, 300, {.instruction_set = set});
  }
  add("KDE-A two threads", "A", geo::KernelShape::kQuartic, 500, {.threads = 2});
  add("KDE-A brute-force scatter", "A", geo::KernelShape::kQuartic, 500, {.form = geo::SurfaceForm::kScatter});
  add("KDE-B brute-force scatter", "B", geo::KernelShape::kQuartic, 300, {.form = geo::SurfaceForm::kScatter});
  for (const std::int64_t h : {100, 200, 500, 1000, 2000}) add("KDE-C " + std::to_string(h) + " m", "A", geo::KernelShape::kQuartic, h, {});
  add("KDE-C triweight 2000 m", "A", geo::KernelShape::kTriweight, 2000, {});
  add("As as they are", "As", geo::KernelShape::kQuartic, 500, {});
  add("As merged", "As", geo::KernelShape::kQuartic, 500, {}, true);
  for (const auto shape : {geo::KernelShape::kGaussian, geo::KernelShape::kEpanechnikov, geo::KernelShape::kTriangular, geo::KernelShape::kUniform,
                           geo::KernelShape::kTriweight, geo::KernelShape::kNegativeExponential}) {
    add("KDE-B " + std::string(geo::NameOf(shape)), "B", shape, 300, {});
  }
  if (std::getenv("WARDWATCH_BENCH_T") != nullptr) add("T", "T", geo::KernelShape::kQuartic, 500, {});
  return rows;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<Row> rows = Rows();
  std::vector<std::string> workloads = {"A", "B", "As"};
  if (std::getenv("WARDWATCH_BENCH_T") != nullptr) workloads.push_back("T");
  for (const std::string& workload : workloads) {
    benchmark::RegisterBenchmark(("floor/" + workload).c_str(), [workload](benchmark::State& state) { Floor(state, workload); })->Unit(benchmark::kMillisecond);
  }
  for (const Row& row : rows) {
    benchmark::RegisterBenchmark(row.name.c_str(), [row](benchmark::State& state) { Density(state, row); })->Unit(benchmark::kMillisecond)->MinTime(1.0);
  }
  benchmark::RegisterBenchmark("As merge", Merge)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("KDE-B spatstat density.ppp", Peer)->Unit(benchmark::kMillisecond)->Iterations(1);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  std::printf("\nbest of this run; this processor's own instruction set is %s\n%-34s %10s %10s %10s %10s\n", NameOfSet(geo::BestInstructionSet()), "row",
              "CPU ms", "wall ms", "x floor", "max error");
  for (const auto& [name, timed] : Best()) {
    const bool is_floor = name.rfind("floor", 0) == 0;
    const std::string workload = name.rfind("KDE-B", 0) == 0 ? "B" : name.rfind("As", 0) == 0 ? "As" : name == "T" ? "T" : "A";
    const auto floor = Best().find(is_floor ? name : "floor " + workload);
    std::printf("%-34s %10.2f %10.2f %10.1f", name.c_str(), timed.cpu_s * 1e3, timed.wall_s * 1e3,
                floor == Best().end() ? 0.0 : timed.cpu_s / floor->second.cpu_s);
    if (const auto worst = Worst().find(name); worst != Worst().end()) std::printf(" %10.1e", worst->second);
    std::printf("\n");
  }
  return 0;
}
