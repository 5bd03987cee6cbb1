// From store to answer: snapshot build, FindHotspots and CompareWards in process and over loopback. Every row checks its answer before it times it.
// Data: Kent with Medway's wards (datasets/medway/manifest-shared.toml), and the 2,018,895 points of England and Wales with the 8,396 wards of 2024.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <grpcpp/grpcpp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "geo/change/ward_comparison.h"
#include "geo/hotspots/find_hotspots.h"
#include "geo/io/load.h"
#include "geo/io/store.h"
#include "wardwatch/v1/hotspot_service.grpc.pb.h"
#include "wardwatch/v1/ward_service.grpc.pb.h"
#include "tests/support/paths.h"

namespace {

namespace fs = std::filesystem;
namespace pb = wardwatch::v1;

void Require(bool held, const std::string& what) {
  if (held) return;
  std::fprintf(stderr, "wrong answer, not timed: %s\n", what.c_str());
  std::exit(1);
}

fs::path Scratch() {
  static const fs::path folder = [] {
    const fs::path path = fs::path(WARDWATCH_BINARIES) / "bench-stores";
    fs::create_directories(path);
    return path;
  }();
  return folder;
}

constexpr const char* kNational = R"(
[dataset]
id = "england-wales"
title = "Street-level rows of the forces held, 2025 January to June"
publisher = "data.police.uk"
licence = "OGL v3"
as_at = 2025-06-30

[[dictionaries]]
include = "police-uk.toml"

[[sources]]
id = "police"
title = "Street-level crime"
format = "csv"
crs = "EPSG:4326"
files = ["ew-2025-points/points_2025_h1.csv.gz"]
dictionary = "police-uk"
snapped = true
precision_m = 100
[sources.columns]
category = "Crime type"
x = "Longitude"
y = "Latitude"
month = "Month"

[[vintages]]
id = "wards-2024"
title = "Wards of May 2024"
file = "uk-wards-2024/uk_wards_may2024_bsc.geojson.gz"
crs = "EPSG:4326"
code_property = "WD24CD"
name_property = "WD24NM"
valid_from = 2024-05-02
)";

// Loads once per build folder; the store is kept for the next run.
fs::path Store(const std::string& name, const fs::path& manifest) {
  const fs::path store = Scratch() / (name + ".gpkg");
  geo::LoadOptions options;
  options.manifest = manifest;
  options.store = store;
  options.data_root = WARDWATCH_SHARED_DATA;
  options.today = geo::DayOf(2026, 12, 31);
  geo::LoadReport report;
  const auto loaded = geo::LoadDataset(options, report);
  Require(loaded.has_value(), name + ": " + (loaded ? "" : loaded.error().message));
  return store;
}

fs::path MedwayStore() {
  static const fs::path store = Store("medway", fs::path(WARDWATCH_REPOSITORY) / "datasets/medway/manifest-shared.toml");
  return store;
}

fs::path NationalStore() {
  static const fs::path store = [] {
    fs::copy_file(fs::path(WARDWATCH_REPOSITORY) / "datasets/dictionaries/police-uk.toml", Scratch() / "police-uk.toml", fs::copy_options::overwrite_existing);
    const fs::path manifest = Scratch() / "national.toml";
    std::ofstream(manifest) << kNational;
    return Store("national", manifest);
  }();
  return store;
}

std::shared_ptr<const geo::Snapshot> Open(const fs::path& store) {
  auto stored = geo::ReadStore(store);
  Require(stored.has_value(), "ReadStore");
  auto snapshot = geo::BuildSnapshot(std::move(*stored), 2);
  Require(snapshot.has_value(), "BuildSnapshot");
  return *snapshot;
}

std::shared_ptr<const geo::Snapshot> Medway() {
  static const auto snapshot = Open(MedwayStore());
  return snapshot;
}

std::shared_ptr<const geo::Snapshot> National() {
  static const auto snapshot = Open(NationalStore());
  return snapshot;
}

geo::IncidentFilter Everything(const geo::DatasetSnapshot& data, geo::Period period) {
  geo::IncidentFilter filter;
  for (std::size_t c = 0; c < data.record.categories.size(); ++c) filter.categories.push_back(static_cast<geo::CategoryIndex>(c));
  for (std::size_t s = 0; s < data.record.sources.size(); ++s) filter.sources.push_back(static_cast<std::uint16_t>(s));
  filter.period = period;
  return filter;
}

// All wards of the vintage in force at the end of `period`: "Medway", not all of Kent.
void KeepWards(const geo::DatasetSnapshot& data, geo::HotspotQuery& query) {
  query.vintage = data.vintage_in_force(query.filter.period.end - 1);
  geo::IncidentFilter::AreaFilter areas{query.vintage, {}};
  for (std::size_t a = 0; a < data.vintages[query.vintage].areas.areas().size(); ++a) areas.areas.push_back(static_cast<geo::AreaIndex>(a));
  query.filter.areas = areas;
}

void StoreToServing(benchmark::State& state, const fs::path& store, std::size_t incidents) {
  Require(Open(store)->datasets.front().incidents.size() == incidents, "incidents in " + store.string());
  for (auto _ : state) benchmark::DoNotOptimize(Open(store));
  state.counters["incidents/s"] = benchmark::Counter(static_cast<double>(incidents), benchmark::Counter::kIsIterationInvariantRate);
}

void HotspotsMedwayYear(benchmark::State& state) {
  const auto snapshot = Medway();
  const auto& data = snapshot->datasets.front();
  geo::HotspotQuery query;
  query.filter = Everything(data, geo::Period::CalendarYear(2025));
  query.cells = geo::CellGrid(geo::CellShape::kSquare, 100'000);
  KeepWards(data, query);
  const auto ask = [&] { return geo::FindHotspots(data, query, {}, geo::NeverStop()); };
  const auto answer = ask();
  Require(answer && answer->incidents == 30'496, "Medway 2025 holds 30,496 incidents in 24 wards");
  for (auto _ : state) benchmark::DoNotOptimize(ask());
}

void HotspotsNational(benchmark::State& state) {
  const auto snapshot = National();
  const auto& data = snapshot->datasets.front();
  geo::HotspotQuery query;
  query.filter = Everything(data, {geo::DayOf(2025, 1, 1), geo::DayOf(2025, 7, 1)});
  query.previous_years = 0;
  query.share = 0.01;
  const auto ask = [&] { return geo::FindHotspots(data, query, {}, geo::NeverStop()); };
  const auto answer = ask();
  Require(answer && answer->incidents == static_cast<std::int64_t>(data.incidents.size()), "every incident is selected");
  for (auto _ : state) benchmark::DoNotOptimize(ask());
}

void CompareMedway(benchmark::State& state) {
  const auto snapshot = Medway();
  const auto& data = snapshot->datasets.front();
  geo::WardQuery query;
  query.filter = Everything(data, {});
  query.before = geo::Period::CalendarYear(2022);
  query.after = geo::Period::CalendarYear(2025);
  query.vintage = data.vintage_in_force(query.after.end - 1);
  const auto ask = [&] { return geo::CompareWards(data, query, geo::NeverStop()); };
  const auto answer = ask();
  Require(answer && answer->rows.size() == 27, "24 wards, outside, unlocated, total");
  for (auto _ : state) benchmark::DoNotOptimize(ask());
}

void CompareNational(benchmark::State& state) {
  const auto snapshot = National();
  const auto& data = snapshot->datasets.front();
  geo::WardQuery query;
  query.filter = Everything(data, {});
  query.before = {geo::DayOf(2025, 1, 1), geo::DayOf(2025, 4, 1)};
  query.after = {geo::DayOf(2025, 4, 1), geo::DayOf(2025, 7, 1)};
  const auto ask = [&] { return geo::CompareWards(data, query, geo::NeverStop()); };
  const auto answer = ask();
  Require(answer && answer->rows.size() == 8'399, "8,396 wards, outside, unlocated, total");
  for (auto _ : state) benchmark::DoNotOptimize(ask());
}

// A real server in a process of its own, for as long as the benchmarks run.
class Server {
 public:
  explicit Server(const fs::path& store) {
    int out[2];
    Require(pipe(out) == 0, "pipe");
    pid_ = fork();
    if (pid_ == 0) {
      dup2(out[1], STDOUT_FILENO);
      dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
      const std::string program = std::string(WARDWATCH_BINARIES) + "/server/wardwatchd";
      execl(program.c_str(), program.c_str(), "--store", store.c_str(), "--listen", "127.0.0.1:0", nullptr);
      _exit(127);
    }
    close(out[1]);
    FILE* lines = fdopen(out[0], "r");
    char line[256] = {};
    const std::string prefix = "listening on ";
    while (std::fgets(line, sizeof line, lines) != nullptr) {
      const std::string text = line;
      if (text.rfind(prefix, 0) == 0) address_ = text.substr(prefix.size(), text.size() - prefix.size() - 1);
      if (!address_.empty()) break;
    }
    Require(!address_.empty(), "wardwatchd did not start");
    channel_ = grpc::CreateChannel(address_, grpc::InsecureChannelCredentials());
  }
  ~Server() {
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
  }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  // Resident memory now, bytes.
  double resident() const {
    std::ifstream statm("/proc/" + std::to_string(pid_) + "/statm");
    double pages = 0;
    double resident = 0;
    statm >> pages >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
  }

 private:
  pid_t pid_ = 0;
  std::string address_;
  std::shared_ptr<grpc::Channel> channel_;
};

void LoopbackHotspots(benchmark::State& state) {
  const Server server(MedwayStore());
  auto stub = pb::HotspotService::NewStub(server.channel());
  pb::FindHotspotsRequest request;
  request.set_dataset("datasets/" + Medway()->datasets.front().record.id);
  request.mutable_period()->set_calendar_year(2025);
  request.mutable_cells()->set_cell_size_m(100);
  const auto& data = Medway()->datasets.front();
  const auto vintage = data.vintage_in_force(geo::DayOf(2025, 12, 31));
  request.mutable_filter()->mutable_areas()->set_vintage(data.record.vintages[vintage].id);
  for (const auto& area : data.vintages[vintage].areas.areas()) request.mutable_filter()->mutable_areas()->add_codes(area.code);
  const auto ask = [&] {
    grpc::ClientContext context;
    pb::FindHotspotsResponse response;
    const auto status = stub->FindHotspots(&context, request, &response);
    Require(status.ok(), status.error_message());
    return response;
  };
  Require(ask().incidents().exact() == 30'496, "Medway 2025 holds 30,496 incidents in 24 wards");
  for (auto _ : state) benchmark::DoNotOptimize(ask());
}

// All wards of Medway in 2025 at 100 m: density and Gi* of the cells (FindHotspots) and where the contours lie (FindPlaces), asked one after the other by one
// client. The aim is 20 ms for both.
struct MedwayViews {
  pb::FindHotspotsRequest hotspots;
  pb::FindPlacesRequest places;
  MedwayViews() {
    const auto& data = Medway()->datasets.front();
    const auto vintage = data.vintage_in_force(geo::DayOf(2025, 12, 31));
    pb::IncidentFilter filter;
    filter.mutable_areas()->set_vintage(data.record.vintages[vintage].id);
    for (const auto& area : data.vintages[vintage].areas.areas()) filter.mutable_areas()->add_codes(area.code);
    hotspots.set_dataset("datasets/" + data.record.id);
    hotspots.mutable_period()->set_calendar_year(2025);
    *hotspots.mutable_filter() = filter;
    hotspots.mutable_cells()->set_cell_size_m(100);
    hotspots.set_previous_years(0);
    pb::ComputeSurfaceRequest& surface = *places.mutable_surface();
    surface.set_dataset(hotspots.dataset());
    *surface.mutable_period() = hotspots.period();
    *surface.mutable_filter() = filter;
    surface.set_cell_size_m(100);
    for (const double share : {0.25, 0.5, 0.75}) places.add_levels()->set_incident_share(share);
  }
};

pb::FindHotspotsResponse AskHotspots(pb::HotspotService::Stub& stub, const pb::FindHotspotsRequest& request) {
  grpc::ClientContext context;
  pb::FindHotspotsResponse response;
  const auto status = stub.FindHotspots(&context, request, &response);
  Require(status.ok(), status.error_message());
  return response;
}

pb::FindPlacesResponse AskPlaces(pb::HotspotService::Stub& stub, const pb::FindPlacesRequest& request) {
  grpc::ClientContext context;
  pb::FindPlacesResponse response;
  const auto status = stub.FindPlaces(&context, request, &response);
  Require(status.ok(), status.error_message());
  return response;
}

void RequireViews(const pb::FindHotspotsResponse& hotspots, const pb::FindPlacesResponse& places) {
  Require(hotspots.incidents().exact() == 30'496 && places.surface().incidents().exact() == 30'496, "Medway 2025 holds 30,496 incidents in 24 wards");
  Require(hotspots.significance().tests() > 20'000, "every cell of 100 m of Medway's 194 km2 is tested");
  Require(places.levels_size() == 3 && places.places_size() >= 3 && places.peaks_size() > 0, "places at three levels, and peaks");
  for (const auto& level : places.levels()) Require(level.share() >= level.asked().incident_share(), "each level holds the share asked for");
}

enum class View { kHotspots, kPlaces, kBoth };

void LoopbackViews(benchmark::State& state, View view) {
  const Server server(MedwayStore());
  const auto stub = pb::HotspotService::NewStub(server.channel());
  const MedwayViews asked;
  RequireViews(AskHotspots(*stub, asked.hotspots), AskPlaces(*stub, asked.places));
  for (auto _ : state) {
    if (view != View::kPlaces) benchmark::DoNotOptimize(AskHotspots(*stub, asked.hotspots));
    if (view != View::kHotspots) benchmark::DoNotOptimize(AskPlaces(*stub, asked.places));
  }
  state.counters["aim_ms"] = 20;
}

void LoopbackSurface(benchmark::State& state) {
  const Server server(MedwayStore());
  const auto stub = pb::HotspotService::NewStub(server.channel());
  const auto request = MedwayViews().places.surface();
  const auto ask = [&] {
    grpc::ClientContext context;
    const auto reader = stub->ComputeSurface(&context, request);
    pb::ComputeSurfaceResponse piece;
    std::int64_t values = 0, cells = -1;
    while (reader->Read(&piece)) {
      if (piece.has_header()) cells = std::int64_t{piece.header().columns()} * piece.header().rows();
      values += piece.rows().values_size();
    }
    const auto status = reader->Finish();
    Require(status.ok(), status.error_message());
    Require(values == cells && values > 20'000, "the rows are the whole surface");
    return values;
  };
  std::int64_t values = 0;
  for (auto _ : state) benchmark::DoNotOptimize(values = ask());
  state.counters["cells"] = static_cast<double>(values);
}

void LoopbackWards(benchmark::State& state) {
  const Server server(MedwayStore());
  auto stub = pb::WardService::NewStub(server.channel());
  pb::CompareWardsRequest request;
  request.set_dataset("datasets/" + Medway()->datasets.front().record.id);
  request.mutable_before()->set_calendar_year(2022);
  request.mutable_after()->set_calendar_year(2025);
  const auto ask = [&] {
    grpc::ClientContext context;
    pb::CompareWardsResponse response;
    const auto status = stub->CompareWards(&context, request, &response);
    Require(status.ok(), status.error_message());
    return response;
  };
  Require(ask().rows_size() == 27, "24 wards, outside, unlocated, total");
  for (auto _ : state) benchmark::DoNotOptimize(ask());
}

// What 2 million incidents cost in memory: the aim is 150 MB plus 60 bytes an incident.
void ResidentMemory(benchmark::State& state) {
  const auto incidents = static_cast<double>(National()->datasets.front().incidents.size());
  const Server server(NationalStore());
  for (auto _ : state) benchmark::DoNotOptimize(server.resident());
  state.counters["resident_MB"] = server.resident() / 1e6;
  state.counters["aim_MB"] = 150 + 60 * incidents / 1e6;
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (!fs::exists(WARDWATCH_SHARED_DATA)) {
    std::printf("skipped: no real data beside the checkout (%s)\n", WARDWATCH_SHARED_DATA);
    return 0;
  }
  benchmark::RegisterBenchmark("store to serving, Kent 516,723", [](benchmark::State& s) { StoreToServing(s, MedwayStore(), Medway()->datasets[0].incidents.size()); })
      ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("store to serving, England and Wales",
                               [](benchmark::State& s) { StoreToServing(s, NationalStore(), National()->datasets[0].incidents.size()); })
      ->Unit(benchmark::kMillisecond)->Iterations(2);
  benchmark::RegisterBenchmark("FindHotspots, Medway 2025, 100 m, in process", HotspotsMedwayYear)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("FindHotspots, Medway 2025, 100 m, loopback", LoopbackHotspots)->Unit(benchmark::kMillisecond)->UseRealTime();
  benchmark::RegisterBenchmark("density and Gi* (FindHotspots), Medway 2025, 100 m, loopback", [](benchmark::State& s) { LoopbackViews(s, View::kHotspots); })
      ->Unit(benchmark::kMillisecond)->UseRealTime();
  benchmark::RegisterBenchmark("contours and peaks (FindPlaces), Medway 2025, 100 m, loopback", [](benchmark::State& s) { LoopbackViews(s, View::kPlaces); })
      ->Unit(benchmark::kMillisecond)->UseRealTime();
  benchmark::RegisterBenchmark("density, Gi* and contours together, Medway 2025, 100 m, loopback", [](benchmark::State& s) { LoopbackViews(s, View::kBoth); })
      ->Unit(benchmark::kMillisecond)->UseRealTime();
  benchmark::RegisterBenchmark("ComputeSurface, Medway 2025, 100 m, loopback", LoopbackSurface)->Unit(benchmark::kMillisecond)->UseRealTime();
  benchmark::RegisterBenchmark("FindHotspots, England and Wales, 250 m, in process", HotspotsNational)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("CompareWards, Medway 2022:2025, in process", CompareMedway)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("CompareWards, Medway 2022:2025, loopback", LoopbackWards)->Unit(benchmark::kMillisecond)->UseRealTime();
  benchmark::RegisterBenchmark("CompareWards, 8,396 wards, in process", CompareNational)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("resident memory, England and Wales", ResidentMemory)->Iterations(1);
  benchmark::RunSpecifiedBenchmarks();
}
