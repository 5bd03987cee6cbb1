// What every answer about cameras carries besides its answer: does it fit the evidence and the hours, whom does it watch, how good is it known to be, when is
// it reviewed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/placement/camera_scene.h"
#include "geo/placement/exact_cover.h"
#include "geo/placement/lay_views.h"

namespace geo {

struct EvidenceFit {
  struct Row {
    std::int32_t category = 0;
    double weight = 0;  // in view
    EvidenceGrade grade = EvidenceGrade::kNotStudied;
    std::string caution, source;
  };
  std::vector<Row> rows;        // categories with weight in view, heaviest first
  double responsive_share = 0;  // of the weight in view, where the grade is moderate or strong; 0 of nothing
};

struct HourFit {
  std::vector<double> by_block;           // weight in view
  double unknown = 0;                     // and that whose hour is not known
  double known_share = 0;                 // of the weight in view
  std::optional<double> monitored_share;  // of the weight in view with a known hour, in which somebody watches; nullopt: hours are not stated, or none is known
};

// Distinct places in view at each level or finer, by kind.
struct IntrusionCount {
  std::vector<std::vector<std::int64_t>> at_level;  // [level][kind]
  std::int64_t at(int level, std::int32_t kind) const { return at_level[static_cast<std::size_t>(level)][static_cast<std::size_t>(kind)]; }
};

struct RobustnessNote {
  int draws = 0;            // of positions, within their precision
  double stable_share = 0;  // of the picks, that are picked in at least core_share of the draws
  double core_share = 0.9;
  double mean_kept = 0;   // what the choice covers under a draw, over the best choice for that draw: mean
  double worst_kept = 0;  // and least
};

struct CameraCertificate {
  EvidenceFit evidence;
  HourFit hours;
  IntrusionCount intrusion;
  std::optional<IntrusionCount> intrusion_before;  // of it, by standing cameras; nullopt: of one view alone
  std::optional<SolverReport> solver;        // nullopt: nothing was chosen
  std::optional<RobustnessNote> robustness;  // nullopt: not asked for
  double median_precision_m = 0;
  LocalDay review_on = 0;
  std::string level;  // of detail, by name
  std::string table;  // the edition that the level is of
};

// Of demand points with the share of the time, per mille, that each is in view.
EvidenceFit FitEvidence(const CameraScene& scene, const DemandSet& demand, const std::vector<int>& share_in_view);
HourFit FitHours(const CameraScene& scene, const DemandSet& demand, const std::vector<int>& share_in_view);
IntrusionCount CountIntrusion(const CameraScene& scene, const PlaceFinder& finder, std::span<const CameraView> views);

// All but solver and robustness. `level` of the scene's table.
CameraCertificate Certify(const CameraScene& scene, const DemandSet& demand, int level, const std::vector<int>& share_in_view,
                          std::span<const CameraView> views);

// The same day of a later month; its last day where it has no such day.
LocalDay MonthsLater(LocalDay day, int months);

// Looked up by category; a grade of kNotStudied where the table has no row.
const EvidenceRow* FindEvidence(const CameraScene& scene, const std::string& category);

}  // namespace geo
