// A question about sites as a covering problem, with the views behind its options.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/placement/cover_problem.h"
#include "geo/placement/siting_query.h"
#include "geo/types/stop_signal.h"

namespace geo {

struct SitingProblem {
  CoverProblem cover;             // demands are the scene's points
  std::vector<CameraView> views;  // of each option
  struct Site {
    std::string id;
    bool existing = false;
    std::size_t index = 0;  // of the query's candidates or the scene's cameras
  };
  std::vector<Site> sites;  // of the options' `site`
  std::vector<SpotLeftOut> left_out;
  int level = 0;
  int movable = 0;  // cameras that may go
};

// Options: standing cameras that work (locked), movable ones (any bearing of the query beside their own, free of cost), candidates. Candidates are taken in
// order of id, so that the order in which they are sent is of no account. Cameras that do not work see nothing and are left out; so is what stands inside a
// building. Errors: those of CheckScene and CheckCarriesSiting (range of the model at the level); kInvalidArgument NO_CANDIDATES, NO_LIMIT (neither picks nor
// budget), NO_SUCH_LEVEL, RANGE_IS_NOTHING (the model does not reach the ground at that level), OUT_OF_RANGE, REPEATED_ID; stop.reason().
Result<SitingProblem> BuildSitingProblem(const CameraScene& scene, const SitingQuery& query, const StopSignal& stop);

// The same options and views with other demand: which points each sees, and what they weigh. Must-cover ground is looked up anew.
Result<CoverProblem> WithDemand(const SitingProblem& problem, const SitingQuery& query, const DemandSet& demand, std::span<const GridPoint> at, int threads,
                                const StopSignal& stop);

// Per mille of the time that each point is in view of a choice.
std::vector<int> ShareInView(const CoverProblem& problem, const CoverChoice& choice);
std::vector<CameraView> ViewsOf(const SitingProblem& problem, const CoverChoice& choice);

// Of standing cameras and picks together, with what the standing ones watch already.
CameraCertificate CertifyChoice(const CameraScene& scene, const SitingProblem& problem, const CoverChoice& choice);

// Exact. Of shapes that share an edge one holds its points, the one to the east or north: as cells do, so that a cell's ground holds what the cell counts.
bool HoldsPoint(const MultiPolygon& ground, GridPoint p);

}  // namespace geo
