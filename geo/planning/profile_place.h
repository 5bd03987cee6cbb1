// One place, all workstreams: what is known of it, and what cannot be said.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/change/ward_comparison.h"
#include "geo/planning/priority_query.h"

namespace geo {

struct ProfileQuery {
  Period period;                         // at most a year
  std::vector<std::size_t> workstreams;  // of DatasetRecord::workstreams, ascending
  std::size_t vintage = 0;
  // The place, one of: areas of the vintage; cells of one grid; a shape. Several areas or cells are taken together.
  PlaceUnit unit = PlaceUnit::kAreas;
  std::vector<AreaIndex> areas;  // sorted
  CellGrid grid{CellShape::kSquare, 250'000};
  std::vector<CellId> cells;     // sorted
  MultiPolygon shape;
  std::optional<std::size_t> weight_table;
  HourBlocks blocks;
  double false_discovery_rate = 0.05;
  double share = 0.25;
  int threads = 1;
};

// What cannot be said of a workstream here. `what`: "anything", "hours", "rank", "rate per {measure}", "harm", "persistence", "trend".
struct CannotSay {
  std::size_t workstream = 0;
  std::string what;
  std::string reason;   // "HOUR_UNKNOWN"
  std::string message;
};

struct WorkstreamProfile {
  std::size_t workstream = 0;
  std::int64_t incidents = 0;
  std::int64_t crimes = 0;
  double weight = 0;                  // by the workstream's own weights
  std::int64_t incidents_everywhere = 0;  // of the dataset in the period: places, outside and unlocated
  Rate per_km2;
  std::vector<Rate> rates;            // by the workstream's denominators; residents where it names none
  std::optional<int> rank;            // by incidents among `peers`, 1 is the most; ties share the better
  int peers = 0;                      // areas of the vintage, or occupied cells, this one included
  std::int64_t before = 0;            // in the same days a year earlier
  Change change;
  int years_hot = 0, years_covered = 0;
  std::vector<BlockShare> blocks;     // shares of incidents of known hour, the greatest first, ties by block
  double hours_known = 0;             // incidents (shares in the workstream's window) of known hour
  std::int64_t hour_unknown = 0;
  int positions = 0;                  // distinct
  int positions_with_half = 0;        // the fewest that carry half of the incidents
  double top_position_share = 0;
  double harm = 0, harm_without_largest = 0;
  std::int64_t unweighted = 0;        // incidents that the weight table has no weight for
  std::vector<CrossedBreak> breaks;
};

struct PlaceProfile {
  std::vector<WorkstreamProfile> workstreams;  // those that can be told, in the query's order
  std::vector<CannotSay> cannot_say;
  double area_km2 = 0;
  int tests_made = 0;
  bool ranked = false;  // one area or one cell: it has peers
  DispersionEstimate dispersion;
  std::vector<CrossedBreak> breaks;
  std::int64_t incidents = 0, located = 0, hour_unknown = 0, unknown_hour = 0;  // everywhere, of any workstream, each once
};

// The same counts, trend verdicts and years hot as RankPriorities tells of the same place, which is judged among its peers; a shape, or several areas or cells
// together, has none, and is tested over its own workstreams alone. Rate intervals as CompareWards.
// Errors: kInvalidArgument period; kNotFound a cell outside the areas; kResourceExhausted TOO_MANY_CANDIDATES over kMostPlanSlots peers x workstreams; those of PlanWorkstreams but for one that is left out, which is told in cannot_say.
// Cost: one pass over the rows of four years, and one over the period's.
Result<PlaceProfile> ProfilePlace(const DatasetSnapshot& data, const ProfileQuery& query, const StopSignal& stop);

}  // namespace geo
