// What a question asks of significance, and what an answer says of a place and of all places.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/hotspots/density_query.h"
#include "geo/significance/moran.h"

namespace geo {

enum class LocalStatistic : std::uint8_t { kNone, kGiStar, kGi, kLocalMoran };
// kNormalAndEqualChance: the larger of the normal p and that of incidents thrown at random over the places (geo/significance/equal_chance_p.h).
// kPermutation: of all arrangements of the values over the places, counted out for Gi* and drawn for local Moran. A single place that holds much is no pattern
// to it: of 3,000 places, nine neighbourhoods hold the fullest one. kAutomatic: permutation for local Moran, kNormalAndEqualChance for counts and
// weights, normal for rates.
enum class Inference : std::uint8_t { kAutomatic, kNormal, kPermutation, kNormalAndEqualChance };

struct SignificanceQuery {
  LocalStatistic statistic = LocalStatistic::kGiStar;
  std::optional<int> rings;            // 1..100; of cells; 1 when neither is said
  std::optional<double> distance_m;    // over 0, to 100,000; between centres, or areas' centroids
  Adjacency adjacency = Adjacency::kQueen;
  bool row_standardised = false;       // Gi* and Gi
  bool correct = true;                 // Benjamini-Hochberg over the analysed places
  double rate = 0.05;                  // over 0, to 0.5
  int permutations = 999;              // 99..99,999
  std::uint64_t seed = 1;
  Inference inference = Inference::kAutomatic;
};

struct PlaceSignificance {
  bool analysed = false;               // false: outside the areas; nothing below means anything
  LocalStatus status = LocalStatus::kDefined;
  double statistic = 0;                // z, or I_i
  double p = 1, q = 1;
  int confidence = 0;                  // -3..3; Gi* and Gi
  LocalMoranClass quadrant = LocalMoranClass::kNotSignificant;  // local Moran, where significant
  bool significant = false;            // q <= rate
};

struct SignificanceSummary {
  SignificanceQuery used;              // inference never kAutomatic, unless nothing was analysed
  std::string neighbourhood;           // in words
  std::int64_t analysed = 0, tests = 0, hot = 0, cold = 0, outliers = 0;
  double mean = 0;                     // of the analysed values
  std::optional<GlobalMoran> global;       // nullopt: nothing analysed, or too many links to list
  std::vector<AnswerWarning> warnings;
};

}  // namespace geo
