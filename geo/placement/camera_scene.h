// What every question about cameras is asked of: buildings, models, cameras that stand, what is to be seen, what had better not be, and what is known of
// effect.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/cameras/camera_evidence.h"
#include "geo/cameras/camera_model.h"
#include "geo/cameras/street_layers.h"
#include "geo/geometry/footprint_index.h"
#include "geo/types/local_time.h"

namespace geo {

// An incident, or the share of one that lies in an hour block, with what it counts for.
struct DemandPoint {
  GridPoint at;               // kUnlocated: counted in totals, in view of nothing
  double weight = 1;          // 0 or more
  std::int32_t category = 0;  // of DemandSet::categories
  std::int32_t block = -1;    // of DemandSet::blocks; -1: its hour is not known
  double precision_m = 0;     // how far it may be from where it is said to be
};

struct DemandSet {
  std::string title;                    // "violence at night, 2024"
  std::vector<std::string> categories;  // ids
  std::vector<std::string> blocks;      // names of hour blocks; may be empty
  std::vector<DemandPoint> points;
  // Positions are snap points that stand for many real places, as police.uk publishes: no camera can be sited by them. `finer_dataset` names one that could.
  bool snapped = false;
  std::string finer_dataset;
};

struct ExistingCamera {
  std::string id;
  GridPoint at;
  std::size_t model = 0;
  double bearing_deg = 0;
  std::optional<double> height_m;
  bool on_building = false;  // its own building hides nothing
  CameraState state = CameraState::kWorking;
  CameraBond bond = CameraBond::kLocked;
  bool bearing_known = true;  // false: its model here tours all round, and what is said of it says so
};

// Homes and sensitive places. Their own walls do not hide them: a home is in view when its building is.
struct ProtectedPlace {
  GridPoint at;
  std::int32_t kind = 0;  // of CameraScene::place_kinds
};

struct CameraScene {
  FootprintIndex buildings;
  DensityTable table = DensityTable::k2014;
  std::vector<CameraModel> models;
  std::vector<ExistingCamera> cameras;
  DemandSet demand;
  std::vector<ProtectedPlace> places;
  std::vector<std::string> place_kinds;  // "home", "school"
  std::vector<EvidenceRow> evidence;     // by category
  std::vector<double> monitored;         // share of each hour block in which somebody watches, 0..1; empty: not stated
  LocalDay decided_on = 0;               // the day of the decision that the answer is for
  int review_months = 12;                // the review falls so much later, 1 to 60
  int threads = 1;
};

// Ids of models, cameras and categories unique; indices within their lists; weights, precisions and shares in range; weights together at most kMostTotalWeight.
// Errors: kInvalidArgument with the path of the field: OUT_OF_RANGE, REPEATED_ID, NO_SUCH_INDEX; those of OpticsOf for models.
Result<void> CheckScene(const CameraScene& scene);
// The same for another set of demand, named by `field`.
Result<void> CheckDemand(const DemandSet& demand, std::string_view field);

// May cameras of such a range be sited by these points? kFailedPrecondition SNAPPED_POINTS for snap points, PRECISION_COARSER_THAN_RANGE when the median
// precision (by weight, of located points) is over `range_m`; each names the dataset that could, where one is known.
Result<void> CheckCarriesSiting(const DemandSet& demand, double range_m, std::string_view level);
double MedianPrecisionM(const DemandSet& demand);  // 0 without located points

struct DemandTotals {
  double weight = 0, located = 0, hour_known = 0;  // of all; of all with a position; of those with a position and an hour
};
DemandTotals TotalsOf(const DemandSet& demand);

}  // namespace geo
