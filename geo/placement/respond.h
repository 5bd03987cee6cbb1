// Camera, lighting or people: what the incidents of a hotspot respond to, as far as studies say.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/geometry/polygon.h"
#include "geo/incidents/daylight.h"
#include "geo/placement/camera_scene.h"
#include "geo/types/stop_signal.h"

namespace geo {

struct TimedIncident {
  GridPoint at;
  LocalMinute from = 0, to = 0;  // [from, to); a day or longer, or empty: its hour is not known
  std::int32_t category = 0;
  double weight = 1;
};

struct ResponseQuery {
  struct Hotspot {
    std::string id;
    MultiPolygon ground;
  };
  std::vector<Hotspot> hotspots;
  std::vector<std::string> categories;
  std::vector<TimedIncident> incidents;
  std::vector<GridPoint> lit_columns;
  std::vector<EvidenceRow> evidence;
  const Daylight* daylight = nullptr;  // that covers every incident of known hour; null: darkness is not told
  LocalDay decided_on = 0;
  int review_months = 12;
};

// One kind of answer to one hotspot.
struct ResponseFit {
  double supported_share = 0;                        // of the weight, in categories where the grade is moderate or strong; lighting: and in darkness
  EvidenceGrade grade = EvidenceGrade::kNotStudied;  // the best that holds for at least half of the weight
  double weight_by_grade[5] = {};                    // in the order of EvidenceGrade
};

struct HotspotResponse {
  std::string id;
  double weight = 0;
  std::int64_t incidents = 0;
  double known_hour_share = 0;         // of the weight
  std::optional<double> dark_share;    // of the weight with a known hour; nullopt: none is known, or there is no daylight to tell by
  double dark_low = 0, dark_high = 0;  // of all, were those of unknown hour all by day, or all in darkness
  double responsive_share = 0;         // camera.supported_share
  std::optional<double> lit_column_m;  // from the incidents to their nearest lit column: the median by weight; nullopt: no columns, or no incidents
  ResponseFit camera, lighting, people;
  std::vector<std::string> cautions;  // of the evidence table, for categories with weight here, heaviest first, each once
};

struct ResponseAnswer {
  std::vector<HotspotResponse> hotspots;  // as asked
  double outside = 0, unlocated = 0;      // weight in no hotspot
  LocalDay review_on = 0;
};

// Shares in darkness by windows (aoristic): of each incident, the share of its own window in which it is dark where it happened (geo/incidents/daylight.h). The
// evidence is the caller's table and nothing else; a category without a row is not studied. No option is recommended: each is told with its grade. Errors:
// kInvalidArgument OUT_OF_RANGE, NO_SUCH_INDEX, REPEATED_ID, NO_EVIDENCE (an empty table says nothing of anything); stop.reason().
Result<ResponseAnswer> CompareResponses(const ResponseQuery& query, const StopSignal& stop);

}  // namespace geo
