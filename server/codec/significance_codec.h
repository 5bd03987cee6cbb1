// SignificanceSpec, Significance and SignificanceSummary, between the wire and geo.
#pragma once

#include <cstdint>
#include <string>

#include "geo/hotspots/significance_query.h"
#include "server/codec/filter_codec.h"
#include "wardwatch/v1/significance.pb.h"

namespace server {

// Between what neighbours are sought: rings are for cells, adjacency without rings for areas.
enum class TestedPlaces : std::uint8_t { kSquares, kHexagons, kAreas };

// Fields under "significance". Errors: a number out of its range, an unknown enum value, NOT_TOGETHER for a neighbourhood or an inference that does not go with
// the places or the statistic.
geo::Result<geo::SignificanceQuery> DecodeSignificance(const wardwatch::v1::SignificanceSpec& significance, TestedPlaces places);
void AddSignificanceParameters(const geo::SignificanceQuery& query, TestedPlaces places, Parameters& parameters);

void EncodeSignificance(const geo::PlaceSignificance& significance, const geo::SignificanceQuery& asked, wardwatch::v1::Significance& out);
void EncodeSummary(const geo::SignificanceSummary& summary, wardwatch::v1::SignificanceSummary& out);
// Were permutations drawn at random? Then the seed is part of the answer. Only for local Moran: for Gi* and Gi all arrangements are counted out.
bool PermutationsDrawn(const geo::SignificanceSummary& summary);
// What was computed, with its sources: a sentence or two.
std::string SignificanceMethod(const geo::SignificanceSummary& summary);

}  // namespace server
