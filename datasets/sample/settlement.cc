#include "datasets/sample/settlement.h"

#include <algorithm>
#include <cmath>

#include "datasets/sample/seeded_random.h"
#include "geo/types/check.h"

namespace sample {
namespace {

constexpr double kAuthorityResidents[kYears] = {276'400, 277'300, 278'100, 279'500, 280'600, 281'400};
constexpr int kIndexColumns = kColumns / 2 + 2, kIndexRows = kRows / 2 + 2, kIndexCell_m = 500;

// 1 at the middle, a quarter at `half_m` * 1, falling like the fourth power of distance.
double Falloff(double easting_m, double northing_m, const Town& town, double half_m) {
  const double east = (easting_m - town.easting_m) / half_m, north = (northing_m - town.northing_m) / half_m;
  const double fall = 1 + east * east + north * north;
  return 1 / (fall * fall);
}

void ShareOut(std::vector<double>& weights) {
  double sum = 0;
  for (const double weight : weights) sum += weight;
  for (double& weight : weights) weight /= sum;
}

int IndexCell(geo::GridPoint point, int east, int north) {
  const int column = static_cast<int>(std::floor((point.easting_m() - kWest_m) / kIndexCell_m)) + 1 + east;
  const int row = static_cast<int>(std::floor((point.northing_m() - kSouth_m) / kIndexCell_m)) + 1 + north;
  return column < 0 || column >= kIndexColumns || row < 0 || row >= kIndexRows ? -1 : row * kIndexColumns + column;
}

}  // namespace

const std::vector<Town>& Towns() {
  static const std::vector<Town> towns{
      {"Tidewick", 576125, 361625, 30, 1900, 5.0},     {"Quayside", 576125, 363375, 8, 900, 1.6},    {"Saltgate", 580375, 362625, 13, 1200, 2.0},
      {"Brackenhythe", 571125, 361875, 14, 1200, 2.2}, {"Marlhurst", 576375, 357125, 12, 1100, 1.6}, {"Fenbury", 581625, 357375, 5, 800, 0.7},
  };
  return towns;
}

Settlement::Settlement(const Land& land) : centre_(kBlocks), home_(kBlocks) {
  SeededRandom random("settlement", 0);
  for (int block = 0; block < kBlocks; ++block) {
    const auto i = static_cast<std::size_t>(block);
    const double texture = random.between(0.55, 1.45);
    if (!land.is_land(block)) continue;
    const double easting_m = Land::centre_easting_m(block), northing_m = Land::centre_northing_m(block);
    home_[i] = 0.06 * texture;
    for (const Town& town : Towns()) {
      home_[i] += texture * town.residents / (town.spread_m * town.spread_m * 1e-6) * 0.1 * Falloff(easting_m, northing_m, town, town.spread_m);
      centre_[i] += town.centre * Falloff(easting_m, northing_m, town, 420);
    }
  }
  ShareOut(home_);
  ShareOut(centre_);
  for (const double total : kAuthorityResidents) {
    // Carrying the remainder from block to block keeps the sum exact.
    std::vector<int> residents(kBlocks);
    double carried = 0;
    for (std::size_t i = 0; i < residents.size(); ++i) {
      carried += home_[i] * total;
      residents[i] = static_cast<int>(std::floor(carried + 0.5));
      carried -= residents[i];
    }
    residents_.push_back(std::move(residents));
  }
  lay_snap_points(land);
}

void Settlement::lay_snap_points(const Land& land) {
  constexpr int kWanted = 2500;
  SeededRandom random("snap points", 0);
  std::vector<double> weights(kBlocks);
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = std::sqrt(home_[i]);
  ShareOut(weights);
  double carried = 0;
  int street = 0;
  constexpr const char* kPlaces[] = {"Parking Area", "Supermarket", "Petrol Station", "Sports/recreation Area", "Shopping Area", "Nightclub"};
  for (int block = 0; block < kBlocks; ++block) {
    carried += kWanted * weights[static_cast<std::size_t>(block)];
    while (carried >= 0.5) {
      carried -= 1;
      geo::GridPoint at;
      do {
        at = geo::GridPoint::FromMeters(std::floor(Land::centre_easting_m(block) + random.between(-140, 140)),
                                        std::floor(Land::centre_northing_m(block) + random.between(-140, 140)));
      } while (!land.block_contains(block, at));
      const bool place = random.chance(0.05);
      snaps_.push_back({at, block, place ? kPlaces[random.below(6)] : StreetName(street++)});
    }
  }
  snaps_of_cell_.resize(kIndexColumns * kIndexRows);
  for (std::size_t i = 0; i < snaps_.size(); ++i) {
    const int cell = IndexCell(snaps_[i].at, 0, 0);
    WARDWATCH_CHECK(cell >= 0, "snap point {} lies off the index", i);
    snaps_of_cell_[static_cast<std::size_t>(cell)].push_back(static_cast<int>(i));
  }
}

int Settlement::nearest_snap(geo::GridPoint point) const {
  int best = -1;
  double best_distance2 = 0;
  // A ring of cells further out is at least (reach) cells away: stop once the best is nearer than that.
  for (int reach = 0; reach < kIndexColumns; ++reach) {
    const double sure_m = (reach - 1.0) * kIndexCell_m;
    if (best >= 0 && reach > 0 && best_distance2 < sure_m * sure_m) break;
    for (int north = -reach; north <= reach; ++north) {
      const int stride = std::abs(north) == reach ? 1 : std::max(1, 2 * reach);
      for (int east = -reach; east <= reach; east += stride) {
        const int cell = IndexCell(point, east, north);
        if (cell < 0) continue;
        for (const int i : snaps_of_cell_[static_cast<std::size_t>(cell)]) {
          const double dx = snaps_[static_cast<std::size_t>(i)].at.easting_m() - point.easting_m();
          const double dy = snaps_[static_cast<std::size_t>(i)].at.northing_m() - point.northing_m();
          const double distance2 = dx * dx + dy * dy;
          if (best >= 0 && (distance2 > best_distance2 || (distance2 == best_distance2 && i > best))) continue;
          best = i;
          best_distance2 = distance2;
        }
      }
    }
  }
  return best;
}

std::string StreetName(int number) {
  static const char* const kFirst[] = {"Mill",    "Church",  "Station", "Priory",  "Castle",  "Orchard", "Meadow",    "Chapel",    "Harbour",   "Ferry",
                                       "Lantern", "Saltpan", "Cooper",  "Tanner",  "Ropery",  "Gull",    "Heron",     "Curlew",    "Plover",    "Sallow",
                                       "Withy",   "Bracken", "Larch",   "Hazel",   "Rowan",   "Elder",   "Juniper",   "Marsh",     "Sluice",    "Windmill",
                                       "Quarry",  "Kiln",    "Smithy",  "Barrow",  "Beacon",  "Signal",  "Admiral",   "Compass",   "Anchor",    "Mariner",
                                       "Abbot",   "Canon",   "Deacon",  "Friar",   "College", "Market",  "Guildhall", "Bridewell", "Almshouse", "Pilgrim",
                                       "Tithe",   "Glebe",   "Dove",    "Swallow", "Kestrel", "Merlin",  "Bramble",   "Clover",    "Sorrel",    "Teasel"};
  static const char* const kSecond[] = {"Street",  "Road",     "Lane",  "Avenue", "Close", "Drive",  "Way",   "Gardens", "Hill",
                                        "Terrace", "Crescent", "Place", "Court",  "Walk",  "Rise",   "Grove", "Row",     "Square",
                                        "Mews",    "Green",    "View",  "End",    "Bank",  "Fields", "Yard"};
  // 60 and 25 share factors, so the second name steps on once per round of the first.
  return std::string(kFirst[number % 60]) + " " + kSecond[(number + number / 60) % 25];
}

}  // namespace sample
