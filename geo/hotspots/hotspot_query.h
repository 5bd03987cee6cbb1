// What FindHotspots is asked and what it answers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/areas/area_set.h"
#include "geo/cells/cell_grid.h"
#include "geo/hotspots/density_query.h"
#include "geo/hotspots/significance_query.h"
#include "geo/incidents/selection.h"
#include "geo/snapshot/breaks_crossed.h"

namespace geo {

// kHot: the k-set. kOccupied: every cell with an incident. kSignificant: those that significance tells from chance, hot or cold. kAnalysed: every cell of the
// areas, empty or not, and every other occupied cell. The last two need a statistic.
enum class CellSelection : std::uint8_t { kHot, kOccupied, kSignificant, kAnalysed };

struct HotspotQuery {
  IncidentFilter filter;
  CellGrid cells{CellShape::kSquare, 250'000};
  DensityQuery density;
  SignificanceQuery significance;
  double share = 0.25;           // (0, 1]: the k-set is the fewest cells that carry at least this share of located weight
  int previous_years = 2;        // 0..10: years before the period in which each cell's membership of that year's own k-set is looked up;
                                 // 0 for a period longer than a year
  std::size_t vintage = 0;       // names the ward of each cell; its areas (the filter's, where it names some of this vintage) are the window and are analysed
  CellSelection selection = CellSelection::kHot;
  int threads = 1;               // at most; the answer does not depend on it
};

// Over the previous years that the data covers and the period itself: hot in every one: persistent; in the period and some: recurring; in
// the period alone: new; only earlier: cooled; in none: not hot.
enum class Persistence : std::uint8_t { kUnknown, kNotHot, kPersistent, kRecurring, kNew, kCooled };

struct HotCell {
  CellId cell;
  GridPoint centre;
  std::int64_t incidents = 0;     // that count here with any weight
  double weight = 0;              // sum of window shares; equals incidents without a time window
  double weight_without_largest = 0;  // without the single heaviest incident: one murder may outweigh a year of thefts
  double share = 0;               // of located weight
  double cumulative_share = 0;    // of this and all cells before it
  int rank = 0;                   // 1 is the heaviest
  bool hot = false;               // in the k-set
  double density_per_km2 = 0;     // at the centre, incidents (weight) per square kilometre over the period
  double density_per_km2_year = 0;
  double top_point_share = 0;     // share of the cell's weight on its heaviest single position: near 1 is one shop, or a snap point
  std::vector<std::uint8_t> hot_in;  // one per HotspotAnswer::years: 1 hot in that year's own k-set
  Persistence persistence = Persistence::kUnknown;
  AreaIndex area = kOutside;      // of the cell's centre
  PlaceSignificance significance;
};

struct HotspotYear {
  Period period;
  bool covered = false;  // it has days (29 February alone may have none), and every source has complete months for the whole of it
  std::int64_t incidents = 0;
  double weight = 0;
  int hot_cells = 0;
};

struct HotspotAnswer {
  std::vector<HotCell> cells;       // weight descending, then cell id ascending; rank counts occupied cells on to empty ones
  int hot_cells = 0;                // k
  int occupied_cells = 0;           // cells with any incident
  std::int64_t incidents = 0;       // located and unlocated
  std::int64_t located = 0;
  double located_weight = 0;
  std::int64_t unlocated = 0;
  std::int64_t unknown_hour = 0;    // left out by a time of week, because their hour is not known
  std::int64_t hour_unknown = 0;    // of `incidents`, those whose own window does not tell the hour
  DensityUsed density;
  std::optional<SignificanceSummary> significance;  // nullopt: none was asked for
  std::int64_t unweighted = 0;      // left out: the weight table has no weight for their category
  std::vector<HotspotYear> years;   // earlier years, oldest first; the period itself is not among them
  // That the period meets (BreaksCrossed), or that stand between it and a covered previous year (BreaksBetween), each once.
  std::vector<CrossedBreak> breaks;
};

}  // namespace geo
