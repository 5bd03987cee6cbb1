// What moved, the boundary or the incidents?
#pragma once

#include <string>
#include <vector>

#include "geo/boundaries/crosswalk.h"
#include "geo/boundaries/ground_overlap.h"
#include "geo/change/ward_comparison.h"

namespace geo {

struct BoundaryQuery {
  IncidentFilter filter;  // its period is not used; no areas
  Period before;
  Period after;
  std::size_t from_vintage = 0;
  std::size_t to_vintage = 0;  // not used with a draft
  std::vector<Area> draft;     // not empty: the new boundaries
  std::string draft_id;
  double false_discovery_rate = 0.05;
};

struct BoundaryRow {
  WardRow::Kind kind = WardRow::Kind::kArea;
  AreaIndex to = kOutside;    // kOutside: an old area without a successor
  AreaIndex from = kOutside;  // the predecessor; kOutside: none
  double predecessor_share_kept = 0;
  std::int64_t before_on_old = 0;
  std::int64_t before_on_new = 0;
  std::int64_t after_on_new = 0;
  std::optional<Change> change;
  double area_m2 = 0;
};

struct BoundaryFlow {
  AreaIndex from = kOutside;
  AreaIndex to = kOutside;
  std::int64_t before = 0;
  std::int64_t after = 0;
  double area_m2 = 0;
  double share_of_from = 0;
  double share_of_to = 0;
};

struct BoundaryAnswer {
  std::vector<Area> from_areas_named;  // code and name alone, no shape: what rows and flows index
  std::vector<Area> to_areas_named;
  std::vector<BoundaryRow> rows;  // new areas by code, old ones without a successor by code, outside, unlocated, total
  std::vector<BoundaryFlow> flows;
  DispersionEstimate dispersion;
  bool widened = false;
  std::vector<CrossedBreak> breaks;
  int tests_made = 0;
  std::int64_t incidents = 0;
  std::int64_t located = 0;
  std::int64_t hour_unknown = 0;
  std::int64_t unknown_hour = 0;
};

// Both periods are counted on both sets of boundaries, each incident once on each: overlapping drafts and gaps as AreaSet::locate. Changes are those on the new
// boundaries, judged as CompareWards judges (judge_changes.h). Flows: pairs that share an incident, or 0.1 % of either's ground; ground that an old area has
// outside every new one, or a new one outside every old, is a share of it, and its area_m2 is 0.
// Law: over all rows but the total, boundary moved (before_on_new - before_on_old) adds up to 0. Errors: as CompareWards; kInvalidArgument filter.areas, to
// (the same as from), draft (an invalid shape, a repeated code: AreaSet::Build).
Result<BoundaryAnswer> CompareBoundaries(const DatasetSnapshot& data, const BoundaryQuery& query, const StopSignal& stop);

enum class CrosswalkWeight : std::uint8_t { kGround, kIncidents, kResidents };

struct CrosswalkQuery {
  std::size_t from_vintage = 0;
  std::size_t to_vintage = 0;
  std::vector<std::optional<double>> counts;  // by area of from_vintage
  CrosswalkWeight weight = CrosswalkWeight::kGround;
  IncidentFilter filter;          // for kIncidents, with its period
  std::size_t block_vintage = 0;  // for kResidents
  double least_share = 0.005;
};

struct CrosswalkAnswer {
  std::vector<CrosswalkEstimate> areas;  // by area of to_vintage, then outside
  std::vector<CrosswalkShare> shares;
  double total = 0;
  std::int64_t incidents = 0;  // behind kIncidents
  std::int64_t located = 0;
};

// Residents: the latest estimate of each block; blocks that share least_share of theirs with an old area must all have one.
// Errors: kInvalidArgument from_vintage, to_vintage (the same), counts, filter.areas, block_vintage (no residents), least_share (0 to 0.2); CheckAnswerable
// and kFailedPrecondition NO_DATA for kIncidents.
Result<CrosswalkAnswer> CrosswalkCounts(const DatasetSnapshot& data, const CrosswalkQuery& query, const StopSignal& stop);

}  // namespace geo
