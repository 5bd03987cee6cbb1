#include "geo/hotspots/cell_significance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace geo {
namespace {

constexpr std::int64_t kMostBlockCells = 8'000'000;      // a national set of wards at 250 m is 6 million, of which 2.4 million are land; 100 bytes a cell
constexpr std::int64_t kMostLinks = 60'000'000;          // 240 MB
constexpr std::int64_t kMostLinksForGlobal = 4'000'000;  // beyond, lists are made only for a statistic that needs them
constexpr std::size_t kCellsBetweenStopChecks = 65'536;

bool NeedsList(const CellGrid& grid, const SignificanceQuery& query) {
  return grid.shape() == CellShape::kHexagon || query.statistic == LocalStatistic::kLocalMoran || query.row_standardised ||
         (!query.distance_m && query.adjacency == Adjacency::kRook);
}

std::string Describe(const CellGrid& grid, const SignificanceQuery& query) {
  const char* self = query.statistic == LocalStatistic::kGiStar ? "the cell and " : "";
  if (query.distance_m) return fmt::format("{}cells whose centres are at most {} m away", self, *query.distance_m);
  const int rings = query.rings.value_or(1);
  const char* how = grid.shape() == CellShape::kHexagon ? "by sides" : query.adjacency == Adjacency::kRook ? "by sides (rook)" : "by sides and corners (queen)";
  return fmt::format("{}cells within {} step{} {}", self, rings, rings == 1 ? "" : "s", how);
}

Result<Neighbours> ListNeighbours(std::span<const CellId> ids, const CellGrid& grid, const SignificanceQuery& query, const StopSignal& stop) {
  if (query.distance_m) return CellsWithinDistance(ids, grid, std::llround(*query.distance_m * 1000), kMostLinks, stop);
  return CellsWithinRings(ids, grid, query.rings.value_or(1), query.adjacency, kMostLinks, stop);
}

double LinksOf(double cells, const CellGrid& grid, const SignificanceQuery& query) {
  const double reach = query.distance_m ? *query.distance_m / grid.size_m() : query.rings.value_or(1) + 0.5;
  return cells * std::min(cells, 4 * reach * reach);
}

// The values of the analysed cells, in their order; what lies elsewhere takes no part.
Result<std::vector<double>> ValuesOf(std::span<const CellCount> counts, TestedCells& tested, const StopSignal& stop) {
  const AnalysedCells& cells = tested.cells;
  std::vector<double> values;
  values.reserve(static_cast<std::size_t>(cells.count));
  tested.ids.reserve(static_cast<std::size_t>(cells.count));
  std::size_t next = 0;
  for (std::size_t i = 0; i < cells.inside.size(); ++i) {
    if (i % kCellsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    if (cells.inside[i] == 0) continue;
    const CellId cell = cells.cell_at(i);
    while (next < counts.size() && counts[next].cell < cell) ++next;
    values.push_back(next < counts.size() && counts[next].cell == cell ? counts[next].weight : 0);
    tested.ids.push_back(cell);
  }
  return values;
}

std::optional<PlaceRaster> RasterOf(const TestedCells& tested, const CellGrid& grid, const SignificanceQuery& query) {
  if (NeedsList(grid, query)) return std::nullopt;
  const RasterFrame frame{grid.size_mm(), tested.cells.south_west, tested.cells.columns, tested.cells.rows};
  if (query.distance_m) return PlaceRaster{frame, tested.cells.inside, RasterNeighbourhood::kDisc, *query.distance_m * 1000 / grid.size_mm()};
  return PlaceRaster{frame, tested.cells.inside, RasterNeighbourhood::kBox, static_cast<double>(query.rings.value_or(1))};
}

TestedCells NothingTested(const SignificanceQuery& query, std::string code, std::string text) {
  TestedCells tested;
  tested.summary.used = query;
  tested.summary.warnings.push_back({std::move(code), std::move(text)});
  return tested;
}

}  // namespace

PlaceSignificance TestedCells::of(CellId cell) const {
  const auto at = std::lower_bound(ids.begin(), ids.end(), cell);
  if (at == ids.end() || *at != cell) return {};
  return places[static_cast<std::size_t>(at - ids.begin())];
}

Result<TestedCells> TestCells(const std::optional<AnalysedAreas>& areas, const CellGrid& grid, std::span<const CellCount> counts,
                              const SignificanceQuery& query, double unit, int threads, const StopSignal& stop) {
  if (!areas) {
    return NothingTested(query, "NO_AREAS", "the dataset has no boundaries, so that nobody can say which empty cells could have had incidents: load some");
  }
  TestedCells tested;
  auto cells = FindAnalysedCells(*areas, grid, kMostBlockCells, stop);
  if (!cells && cells.error().reason == "TOO_MANY_CELLS") return NothingTested(query, cells.error().reason, cells.error().message);
  if (!cells) return Fail(cells.error());
  tested.cells = std::move(*cells);
  const auto values = ValuesOf(counts, tested, stop);
  if (!values) return Fail(values.error());
  std::optional<Neighbours> neighbours;
  if (NeedsList(grid, query) || LinksOf(static_cast<double>(values->size()), grid, query) <= static_cast<double>(kMostLinksForGlobal)) {
    auto listed = ListNeighbours(tested.ids, grid, query, stop);
    if (!listed) return Fail(listed.error());
    neighbours = std::move(*listed);
  }
  auto places = TestPlaces(*values, neighbours ? &*neighbours : nullptr, RasterOf(tested, grid, query), query, unit, threads, stop);
  if (!places) return Fail(places.error());
  tested.places = std::move(places->places);
  tested.summary = std::move(places->summary);
  tested.summary.neighbourhood = Describe(grid, query);
  return tested;
}

}  // namespace geo
