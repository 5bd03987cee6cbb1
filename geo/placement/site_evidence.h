// The evidence pack for one place where somebody asks for a camera.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/change/ward_comparison.h"
#include "geo/placement/certificate.h"
#include "geo/placement/siting_query.h"
#include "geo/rates/poisson_interval.h"
#include "geo/types/stop_signal.h"

namespace geo {

struct SiteEvidenceQuery {
  CandidateSite site;  // with one bearing: that; else the one of its own, or of bearings_deg, that adds most beside the working cameras, then has most in view
  std::size_t model = 0;
  std::vector<double> bearings_deg{0, 45, 90, 135, 180, 225, 270, 315};
  std::string level = "recognise";
  std::vector<GridPoint> comparable;        // places to compare with, as lamp columns; those inside buildings are passed over
  int comparable_points = 500;              // drawn from them, 10..10,000; all where there are no more
  std::vector<CandidateSite> alternatives;  // other sites on offer; may be empty
  double alternatives_within_m = 250;
  int alternatives_told = 5;
  std::vector<DemandSet> years;  // the last the year just gone, each of whole incidents, for persistence and the change between the last two; may be empty
  std::vector<int> year_days;    // days of each
  bool change = true;            // the last two years can be compared: the same days of two years that follow one another, and whole
  int draws = 200;               // of positions within their precision, 0..10,000
  std::uint64_t seed = 1;
};

struct SiteEvidenceAnswer {
  double bearing_deg = 0;
  double need = 0;              // weight in view at the level
  CountInterval need_interval;  // of it, rounded to whole incidents
  double need_percentile = 0;   // of comparable places that have less in view; each looks the way that has most
  int compared = 0;
  double marginal = 0;                    // beyond the working cameras
  double unique_share = 0;                // of need
  std::vector<double> marginal_by_block;  // the last is of unknown hour
  struct Year {
    std::string title;
    double need = 0;
    double percentile = 0;  // among the same comparable places, in that year
  };
  std::vector<Year> years;
  int years_in_top_tenth = 0;
  std::optional<Change> change;  // between the last two years, where it was asked for
  double blind = 0;              // weight in the sector and range, behind buildings
  std::vector<double> at_level;  // weight in view at each level or finer
  struct Alternative {
    std::string id;
    double away_m = 0, bearing_deg = 0, marginal = 0;
    std::int64_t cost_pence = 0;
  };
  std::vector<Alternative> alternatives;       // within the distance, that would add more than the site: most first, then id
  double marginal_low = 0, marginal_high = 0;  // 5 % of the draws give less, 5 % more
  double first_share = 0;                      // of the draws in which no alternative within the distance adds more
  int draws = 0;
  CameraCertificate certificate;
};

// Errors: those of CheckScene, CheckDemand, FindLevel, CheckCarriesSiting; kInvalidArgument OUT_OF_RANGE, NO_COMPARABLE_PLACES; kFailedPrecondition
// SITE_INSIDE_BUILDING; stop.reason(). Deterministic at any number of threads. Places to compare with are drawn without replacement by seed.
Result<SiteEvidenceAnswer> GatherSiteEvidence(const CameraScene& scene, const SiteEvidenceQuery& query, const StopSignal& stop);

}  // namespace geo
