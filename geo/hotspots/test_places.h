// One statistic over a set of places, tested and read together.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/hotspots/significance_query.h"
#include "geo/types/stop_signal.h"

namespace geo {

// A raster whose marked cells are the places, where the neighbourhood is a box or a disc of it: saves the list of neighbours.
struct PlaceRaster {
  RasterFrame frame;
  std::span<const std::uint8_t> inside;
  RasterNeighbourhood neighbourhood = RasterNeighbourhood::kBox;
  double radius_cells = 1;
};

struct TestedPlaces {
  std::vector<PlaceSignificance> places;  // in the order of the values
  SignificanceSummary summary;
};

// `values`: one per place. `neighbours` may be null where `raster` is given and the statistic is Gi* or Gi with binary weights;
// global Moran is then absent.
// `unit`: what one incident adds to a value (1 for counts, WeightOfOne for weights); 0 for rates, whose p is then the normal one alone, with a warning.
// q over every place with a defined statistic: Benjamini-Hochberg, or p as it is. Deterministic at any `threads`.
// Errors: kFailedPrecondition NOT_COUNTABLE for permutations that cannot be counted out; of `stop`. Source: see geo/significance.
Result<TestedPlaces> TestPlaces(std::span<const double> values, const Neighbours* neighbours, const std::optional<PlaceRaster>& raster,
                                const SignificanceQuery& query, double unit, int threads, const StopSignal& stop);

}  // namespace geo
