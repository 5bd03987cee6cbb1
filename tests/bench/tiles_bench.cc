// How fast are tiles made, uncached? All tiles of a zoom with 100,000 clustered incidents (id and category) and with 25 wards of 1,000 vertices. Each row first
// checks that its tiles hold every incident once, or cover the window. The last lines stand beside PostGIS 3.3's ST_AsMVT on points of the same distribution
// (PERFORMANCE.md, section 6: all tiles of a zoom in one statement, indexed, second run); tile_peers.py measures both in one run.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <ctime>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "geo/density/density_surface.h"
#include "geo/layers/density_tiles.h"
#include "geo/tiles/tile_points.h"
#include "geo/tiles/tile_shapes.h"
#include "tests/support/ragged_areas.h"

namespace {

const geo::BritishGrid& Grid() {
  static const geo::BritishGrid grid = std::move(geo::BritishGrid::Create().value());
  return grid;
}

struct Points {
  std::vector<geo::WorldPoint> at;
  geo::TileTable table;
};

std::size_t CategoryOf(std::size_t i) { return i * 7919 % 14; }

const Points& HundredThousand() {
  static const Points points = [] {
    geo::TileTable table = std::move(geo::TileTable::Make({"category"}).value());
    std::vector<geo::TileTable::Code> categories;
    for (int k = 0; k < 14; ++k) categories.push_back(table.code_of("category-" + std::to_string(k)).value());
    const std::vector<geo::GridPoint> on_grid = support::ClusteredPoints(100'000, 43);
    for (std::size_t i = 0; i < on_grid.size(); ++i) table.add(i + 1, std::vector{categories[CategoryOf(i)]});
    return Points{geo::WorldPositions(on_grid, Grid()), std::move(table)};
  }();
  return points;
}

std::vector<geo::TileId> Tiles(std::span<const geo::WorldPoint> points, int zoom) {
  const geo::TileRange range = geo::TilesAround(points, zoom);
  std::vector<geo::TileId> tiles;
  for (std::uint32_t y = range.first_y; y <= range.last_y; ++y) {
    for (std::uint32_t x = range.first_x; x <= range.last_x; ++x) tiles.push_back(*geo::CheckTile(zoom, x, y));
  }
  return tiles;
}

// Of every row: the shortest time for all tiles, in seconds, and how many tiles.
std::map<std::string, std::pair<double, std::size_t>>& Best() {
  static std::map<std::string, std::pair<double, std::size_t>> best;
  return best;
}

double Seconds() {
  std::timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::size_t SizeOf(const geo::EncodedTile& tile) { return tile.bytes.size(); }
std::size_t SizeOf(const geo::Result<geo::TileImage>& image) { return image->png.size(); }

template <class Encode>
void Time(benchmark::State& state, const std::string& name, const std::vector<geo::TileId>& tiles, Encode encode) {
  double best = 1e9;
  std::size_t bytes = 0;
  for (auto _ : state) {
    bytes = 0;
    const double start = Seconds();
    for (const geo::TileId tile : tiles) bytes += SizeOf(encode(tile));
    benchmark::DoNotOptimize(bytes);
    best = std::min(best, Seconds() - start);
  }
  state.counters["tiles"] = static_cast<double>(tiles.size());
  state.counters["tiles_per_s"] = static_cast<double>(tiles.size()) / best;
  state.counters["MB"] = static_cast<double>(bytes) * 1e-6;
  auto [at, fresh] = Best().try_emplace(name, best, tiles.size());
  at->second.first = std::min(at->second.first, best);
}

constexpr geo::TileLimits kNoLimits{.features = 1'000'000'000, .bytes = std::int64_t{1} << 40};

void PointIndex(benchmark::State& state) {
  const Points& points = HundredThousand();
  for (auto _ : state) benchmark::DoNotOptimize(geo::TilePoints::Build(points.at, points.table, {})->size());
}

void PointTiles(benchmark::State& state, int zoom, const geo::TileLimits& limits, const std::string& name) {
  const Points& points = HundredThousand();
  static const geo::TilePoints layer = std::move(geo::TilePoints::Build(points.at, points.table, {}).value());
  const std::vector<geo::TileId> tiles = Tiles(points.at, zoom);
  std::int64_t rows = 0;
  for (const geo::TileId tile : tiles) rows += layer.encode(tile, limits).rows;
  if (rows != 100'000) return state.SkipWithError("the tiles do not hold every incident once");
  Time(state, name, tiles, [&](geo::TileId tile) { return layer.encode(tile, limits); });
}

struct Wards {
  std::vector<geo::MultiPolygon> shapes;
  std::vector<geo::WorldPoint> vertices;
  geo::TileTable table;
};

const Wards& TwentyFive() {
  static const Wards wards = [] {
    Wards made{{}, {}, std::move(geo::TileTable::Make({"code"}).value())};
    for (geo::Area& area : support::RaggedAreas(5, 5, 250, 7)) {
      const auto world = geo::WorldPositions(area.shape.parts[0].rings[0], Grid());
      made.vertices.insert(made.vertices.end(), world.begin(), world.end());
      made.table.add(made.shapes.size() + 1, std::vector{made.table.code_of(area.code).value()});
      made.shapes.push_back(std::move(area.shape));
    }
    return made;
  }();
  return wards;
}

void WardTiles(benchmark::State& state, int zoom, const std::string& name) {
  const Wards& wards = TwentyFive();
  static const geo::TileShapes shapes = std::move(geo::TileShapes::Build(wards.shapes, Grid()).value());
  const std::vector<geo::TileId> tiles = Tiles(wards.vertices, zoom);
  std::int64_t features = 0;
  for (const geo::TileId tile : tiles) features += shapes.encode(tile, "wards", wards.table, kNoLimits).features;
  if (features < 25) return state.SkipWithError("a ward is missing");
  Time(state, name, tiles, [&](geo::TileId tile) { return shapes.encode(tile, "wards", wards.table, kNoLimits); });
}

// What the first tile of a zoom waits for.
void WardZoom(benchmark::State& state, int zoom) {
  const Wards& wards = TwentyFive();
  for (auto _ : state) {
    state.PauseTiming();
    const auto shapes = geo::TileShapes::Build(wards.shapes, Grid());
    state.ResumeTiming();
    shapes->prepare(zoom);
  }
}

// The density of the 100,000 over 400 x 400 cells of 50 m, bandwidth 300 m: pictures of 256 pixels. At each zoom of all its tiles at most 200.
void Pictures(benchmark::State& state, int zoom, geo::PixelValue pixel_value, const std::string& name) {
  static const geo::DensityTiles::Surface surface = [] {
    const std::vector<geo::GridPoint> at = support::ClusteredPoints(100'000, 43);
    const std::vector<double> weight(at.size(), 1);
    geo::GridBox box;
    for (const geo::GridPoint p : at) box.extend(p);
    geo::DensityTiles::Surface made{.frame = geo::FrameAround(box, 0, 50'000, 1'000'000).value()};
    made.values = geo::DensitySurface({at, weight}, {.bandwidth_mm = 300'000}, made.frame, {}, geo::NeverStop()).value();
    return made;
  }();
  const auto layer = geo::DensityTiles::Build(surface, geo::LayerScaleOf(geo::LayerMeasure::kDensity), pixel_value, Grid());
  std::vector<geo::TileId> tiles = Tiles(HundredThousand().at, zoom);
  if (tiles.size() > 200) {
    tiles.erase(tiles.begin(), tiles.begin() + static_cast<std::ptrdiff_t>(tiles.size() / 2 - 100));
    tiles.resize(200);
  }
  // A picture is itself again.
  std::size_t drawn = 0;
  for (const geo::TileId tile : tiles) drawn += layer->encode(tile, 256, Grid())->blank ? 0 : 1;
  if (drawn == 0 || layer->encode(tiles[0], 256, Grid())->png != layer->encode(tiles[0], 256, Grid())->png) return state.SkipWithError("nothing is drawn");
  Time(state, name, tiles, [&](geo::TileId tile) { return layer->encode(tile, 256, Grid()); });
}

// PERFORMANCE.md, section 6.
const std::map<std::string, double> kPostGis{{"points/z10", 0.225}, {"points/z11", 0.153}, {"points/z12", 0.137}, {"points/z13", 0.150}, {"points/z14", 0.187},
                                             {"points/z15", 0.216}, {"wards/z10", 0.024},  {"wards/z12", 0.027},  {"wards/z15", 0.072}};

// As rows of id, category, x and y in units of the world: for tile_peers.py, which gives them to PostGIS.
int WritePoints(const char* path) {
  std::FILE* file = std::fopen(path, "w");
  if (file == nullptr) return 1;
  const Points& points = HundredThousand();
  for (std::size_t i = 0; i < points.at.size(); ++i) std::fprintf(file, "%zu,category-%zu,%u,%u\n", i + 1, CategoryOf(i), points.at[i].x, points.at[i].y);
  return std::fclose(file) == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string_view(argv[1]) == "--write_points") return WritePoints(argv[2]);
  benchmark::Initialize(&argc, argv);
  benchmark::RegisterBenchmark("points/index", PointIndex)->Unit(benchmark::kMillisecond);
  for (int zoom = 10; zoom <= 15; ++zoom) {
    const std::string name = "points/z" + std::to_string(zoom);
    benchmark::RegisterBenchmark(name.c_str(), [zoom, name](benchmark::State& state) {
      PointTiles(state, zoom, kNoLimits, name);
    })->Unit(benchmark::kMillisecond);
  }
  for (int zoom = 10; zoom <= 12; ++zoom) {
    const std::string name = "points_limited/z" + std::to_string(zoom);
    benchmark::RegisterBenchmark(name.c_str(), [zoom, name](benchmark::State& state) { PointTiles(state, zoom, {}, name); })->Unit(benchmark::kMillisecond);
  }
  for (const int zoom : {10, 12, 15, 17}) {
    const std::string name = "wards/z" + std::to_string(zoom);
    if (zoom <= 15)
      benchmark::RegisterBenchmark((name + "/prepare").c_str(), [zoom](benchmark::State& state) { WardZoom(state, zoom); })->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark(name.c_str(), [zoom, name](benchmark::State& state) { WardTiles(state, zoom, name); })->Unit(benchmark::kMillisecond);
  }
  for (const int zoom : {10, 12, 14, 16}) {
    for (const auto& [way, pixel_value] : {std::pair{"cells", geo::PixelValue::kCell}, {"linear", geo::PixelValue::kLinear}}) {
      const std::string name = std::string("density_") + way + "/z" + std::to_string(zoom);
      benchmark::RegisterBenchmark(name.c_str(), [=](benchmark::State& state) { Pictures(state, zoom, pixel_value, name); })->Unit(benchmark::kMillisecond);
    }
  }
  benchmark::RunSpecifiedBenchmarks();
  for (const auto& [name, seconds] : kPostGis) {
    const auto mine = Best().find(name);
    if (mine == Best().end()) continue;
    std::printf("%-12s %4zu tiles %8.3f ms, %9.0f tiles/s; PostGIS (another run) %5.0f ms, ratio %.4f\n", name.c_str(), mine->second.second,
                mine->second.first * 1e3, static_cast<double>(mine->second.second) / mine->second.first, seconds * 1e3, mine->second.first / seconds);
  }
  return 0;
}
