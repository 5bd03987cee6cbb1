#include "geo/hotspots/list_cells.h"

#include <fmt/format.h>

#include <algorithm>

namespace geo {
namespace {

constexpr std::size_t kCellsBetweenStopChecks = 4'096;
constexpr std::size_t kMostEmptyCells = 500'000;  // 130 MB

class Lister {
 public:
  Lister(const DatasetSnapshot& data, const HotspotQuery& query, const std::optional<TestedCells>& tested) : data_(data), query_(query), tested_(tested) {}

  HotCell occupied(const CellCount& count, const KSet& k_set, std::size_t rank) const {
    HotCell cell = empty(count.cell, rank);
    cell.incidents = count.incidents;
    cell.weight = count.weight;
    cell.weight_without_largest = std::max(0.0, count.weight - count.heaviest);
    if (k_set.total_weight > 0) {
      cell.share = count.weight / k_set.total_weight;
      cell.cumulative_share = k_set.cumulative_share[rank];
    }
    cell.hot = rank < k_set.k;
    cell.top_point_share = count.weight > 0 ? count.top_weight / count.weight : 0;
    return cell;
  }
  HotCell empty(CellId id, std::size_t rank) const {
    HotCell cell;
    cell.cell = id;
    cell.centre = query_.cells.centre_of(id);
    cell.rank = static_cast<int>(rank) + 1;
    cell.cumulative_share = 1;
    if (query_.vintage < data_.vintages.size()) cell.area = data_.vintages[query_.vintage].areas.locate(cell.centre);
    if (tested_) cell.significance = tested_->of(id);
    return cell;
  }
  bool lists(const HotCell& cell) const {
    return query_.selection != CellSelection::kSignificant || (cell.significance.analysed && cell.significance.significant);
  }

 private:
  const DatasetSnapshot& data_;
  const HotspotQuery& query_;
  const std::optional<TestedCells>& tested_;
};

// The analysed cells without an incident, of those asked for.
Result<std::vector<CellId>> EmptyCells(const HotspotQuery& query, const std::vector<CellCount>& counts, const TestedCells& tested, const StopSignal& stop) {
  std::vector<CellId> empty;
  std::size_t next = 0;
  for (std::size_t i = 0; i < tested.ids.size(); ++i) {
    if (i % kCellsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    while (next < counts.size() && counts[next].cell < tested.ids[i]) ++next;
    if (next < counts.size() && counts[next].cell == tested.ids[i]) continue;
    if (query.selection == CellSelection::kSignificant && !tested.places[i].significant) continue;
    if (empty.size() == kMostEmptyCells) {
      return Fail({ErrorCode::kResourceExhausted, "selection", "TOO_MANY_CELLS",
                   fmt::format("more than {} empty cells would be listed; ask for larger cells, fewer areas, or occupied cells alone", kMostEmptyCells)});
    }
    empty.push_back(tested.ids[i]);
  }
  return empty;
}

}  // namespace

Result<std::vector<HotCell>> ListCells(const DatasetSnapshot& data, const HotspotQuery& query, const std::vector<CellCount>& counts, const KSet& k_set,
                                       const std::optional<TestedCells>& tested, const StopSignal& stop) {
  const Lister lister(data, query, tested);
  const std::size_t occupied = query.selection == CellSelection::kHot ? k_set.k : counts.size();
  // Reserved and filled one by one: a quarter of a million made at once is 20 ms in which nobody can stop it.
  std::vector<HotCell> cells;
  cells.reserve(query.selection == CellSelection::kSignificant ? 0 : occupied);
  for (std::size_t i = 0; i < occupied; ++i) {
    if (i % kCellsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    HotCell cell = lister.occupied(counts[k_set.order[i]], k_set, i);
    if (lister.lists(cell)) cells.push_back(std::move(cell));
  }
  if (!tested || query.selection == CellSelection::kHot || query.selection == CellSelection::kOccupied) return cells;
  const auto empty = EmptyCells(query, counts, *tested, stop);
  if (!empty) return Fail(empty.error());
  for (std::size_t i = 0; i < empty->size(); ++i) {
    if (i % kCellsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    cells.push_back(lister.empty((*empty)[i], counts.size() + i));
  }
  return cells;
}

}  // namespace geo
