#include "datasets/sample/incident_history.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "datasets/sample/offence_kinds.h"
#include "datasets/sample/seeded_random.h"
#include "geo/types/check.h"

namespace sample {
namespace {

constexpr double kUnlocatedShare = 0.015, kOutsideShare = 0.004;
constexpr double kCouncilYearly = 3150;  // of ASB outside hotspots, before the app

// Draws a minute: a month by its factor and length, a day and hour by the profile of the week, minutes heaped on the hour and half hour.
class Clock {
 public:
  Clock(std::vector<double> month_factors, std::vector<double> week) : months_(std::move(month_factors)), week_(week) {
    for (int day = 0; day < 7; ++day) {
      double sum = 0;
      for (int hour = 0; hour < 24; ++hour) sum += week[static_cast<std::size_t>(day * 24 + hour)];
      day_weight_.push_back(sum);
      busiest_ = std::max(busiest_, sum);
      hours_.emplace_back(std::vector<double>(week.begin() + day * 24, week.begin() + day * 24 + 24));
    }
  }

  geo::LocalMinute draw(int year, SeededRandom& random) const {
    const geo::Month month = geo::Month::Of(year, static_cast<int>(months_.pick(random)) + 1);
    const geo::LocalDay first = month.first_day();
    geo::LocalDay day;
    do {
      day = first + random.below(month.next().first_day() - first);
    } while (!random.chance(day_weight_[static_cast<std::size_t>(geo::WeekdayOf(day))] / busiest_));
    const int hour = static_cast<int>(hours_[static_cast<std::size_t>(geo::WeekdayOf(day))].pick(random));
    const int minute = random.chance(0.12) ? 0 : random.chance(0.07) ? 30 : random.below(60);
    return OnRealClock(day * geo::kMinutesPerDay + hour * 60 + minute);
  }

 private:
  WeightedTable months_;
  std::vector<double> week_;
  std::vector<double> day_weight_;
  double busiest_ = 0;
  std::vector<WeightedTable> hours_;
};

std::vector<double> MonthFactors(int kind, int year, bool council) {
  std::vector<double> factors;
  for (int m = 1; m <= 12; ++m) {
    const geo::Month month = geo::Month::Of(year, m);
    const double app = council && month >= geo::Month::Of(kAppYear, kAppMonth) ? kAppFactor : 1;
    factors.push_back(MonthFactor(kind, month) * app);
  }
  return factors;
}

double Mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

// The window in which the police know that the minute lies. `overnight` hotspots are found in the morning.
void WidenWindow(Incident& incident, SeededRandom& random) {
  const geo::LocalMinute truth = incident.from;
  geo::LocalMinute before = 0, after = 0;
  switch (InfoOf(incident.kind).habit) {
    case WindowHabit::kInstant:
      incident.to = truth;
      return;
    case WindowHabit::kHours:
      if (random.chance(0.35)) {
        incident.to = truth;
        return;
      }
      before = random.below(4 * 60);
      after = 5 + random.below(6 * 60);
      break;
    case WindowHabit::kNightOrHoliday:
      if (random.chance(0.15)) {
        incident.to = truth;
        return;
      }
      if (incident.hotspot < 0 && random.chance(0.14)) {
        before = 12 * 60 + random.below(8 * 1440);
        after = 12 * 60 + random.below(4 * 1440);
      } else {
        before = random.below(6 * 60);
        after = 10 + random.below(7 * 60);
      }
      break;
  }
  // The first month's windows do not begin before the data do, so that the years are whole.
  incident.from = OnRealClock(std::max(truth - before, geo::DayOf(kFirstYear, 1, 1) * geo::kMinutesPerDay));
  incident.to = std::max(OnRealClock(truth + after), incident.from);
}

class Draw {
 public:
  Draw(const Land& land, const Settlement& settlement, const WardMap& wards)
      : land_(land), settlement_(settlement), wards_(wards), expected_(wards.wards.size()) {
    for (int block = 0; block < kBlocks; ++block) {
      if (!land.is_land(block) && near_land(block)) outside_.push_back(block);
    }
  }

  // Incidents of one kind and year outside the planted hotspots.
  void background(int kind, int year, bool council, std::vector<Incident>& out) {
    const std::vector<double> factors = MonthFactors(kind, year, council);
    const double yearly = (council ? kCouncilYearly : InfoOf(kind).yearly) * Mean(factors);
    std::vector<double> weights(kBlocks);
    for (int block = 0; block < kBlocks; ++block) {
      const auto i = static_cast<std::size_t>(block);
      const double centre = InfoOf(kind).centre_share;
      weights[i] = (centre * settlement_.centre_weight()[i] + (1 - centre) * settlement_.home_weight()[i]) * shift(kind, year, wards_.ward_of[i]);
      if (weights[i] > 0) expected_.at(council, kind, year, wards_.ward_of[i]) += yearly * weights[i];
    }
    SeededRandom random(fmt::format("background {} {}", council ? "council" : "police", InfoOf(kind).id), static_cast<std::uint64_t>(year));
    const WeightedTable blocks(weights);
    const Clock clock(factors, WeekProfile(kind));
    const int count = random.count(yearly * blocks.total());
    for (int i = 0; i < count; ++i) {
      Incident incident;
      incident.kind = kind;
      incident.council = council;
      incident.at = point_in(static_cast<int>(blocks.pick(random)), random);
      finish(incident, clock.draw(year, random), random, out);
    }
  }

  void hotspot(int index, int year, bool council, std::vector<Incident>& out) {
    const PlantedHotspot& spot = PlantedHotspots()[static_cast<std::size_t>(index)];
    const int planned = (council ? spot.council : spot.police)[static_cast<std::size_t>(year - kFirstYear)];
    if (planned == 0) return;
    const std::vector<double> factors = MonthFactors(spot.kind, year, council);
    const geo::GridPoint middle = geo::GridPoint::FromMeters(spot.easting_m, spot.northing_m);
    const int ward = wards_.ward_of[static_cast<std::size_t>(Land::nearest_block(middle))];
    // All of its surroundings lie in one ward: what is planted in a ward stays in it.
    for (const int step : {0, 1, -1, kColumns, -kColumns, kColumns + 1, kColumns - 1, -kColumns + 1, -kColumns - 1}) {
      const int found = wards_.ward_of[static_cast<std::size_t>(Land::nearest_block(middle) + step)];
      WARDWATCH_CHECK(found == ward && ward != kNowhereLabel, "hotspot {} lies across wards {} and {}", spot.id, ward, found);
    }
    expected_.at(council, spot.kind, year, ward) += planned * Mean(factors);
    SeededRandom random(fmt::format("hotspot {} {}", council ? "council" : "police", spot.id), static_cast<std::uint64_t>(year));
    const Clock clock(factors, WindowProfile(spot.window));
    const int count = random.count(planned * Mean(factors));
    for (int i = 0; i < count; ++i) {
      Incident incident;
      incident.kind = spot.kind;
      incident.council = council;
      incident.hotspot = index;
      incident.at = point_at(spot, random);
      finish(incident, clock.draw(year, random), random, out);
    }
  }

  ExpectedCounts take_expected() { return std::move(expected_); }

 private:
  bool near_land(int block) const {
    const int column = block % kColumns, row = block / kColumns;
    for (int dr = -3; dr <= 3; ++dr) {
      for (int dc = -3; dc <= 3; ++dc) {
        const int other = Land::block_at(column + dc, row + dr);
        if (other != kNowhereLabel && land_.is_land(other)) return true;
      }
    }
    return false;
  }

  double shift(int kind, int year, int ward) const {
    if (year < 2024 || ward == kNowhereLabel) return 1;
    for (const WardShift& shift : WardShifts()) {
      if (shift.kind == kind && wards_.wards[static_cast<std::size_t>(ward)].name == shift.ward) return shift.factor;
    }
    return 1;
  }

  geo::GridPoint point_in(int block, SeededRandom& random) const {
    for (;;) {
      const geo::GridPoint at = geo::GridPoint::FromMeters(std::floor(Land::centre_easting_m(block) + random.between(-180, 180)),
                                                           std::floor(Land::centre_northing_m(block) + random.between(-180, 180)));
      if (land_.block_contains(block, at)) return at;
    }
  }

  geo::GridPoint point_at(const PlantedHotspot& spot, SeededRandom& random) const {
    double east = 0, north = 0;
    if (random.chance(0.5)) {
      do {
        east = random.between(-spot.core_radius_m, spot.core_radius_m);
        north = random.between(-spot.core_radius_m, spot.core_radius_m);
      } while (east * east + north * north > spot.core_radius_m * spot.core_radius_m);
    } else {
      east = spot.spread_m * random.normal();
      north = spot.spread_m * random.normal();
    }
    return geo::GridPoint::FromMeters(std::floor(spot.easting_m + east + 0.5), std::floor(spot.northing_m + north + 0.5));
  }

  void finish(Incident& incident, geo::LocalMinute truth, SeededRandom& random, std::vector<Incident>& out) const {
    incident.from = incident.to = truth;
    if (!incident.council) WidenWindow(incident, random);
    // Neither loss of position depends on place or time.
    const double fate = random.unit();
    if (fate < kUnlocatedShare) {
      incident.at = geo::kUnlocated;
    } else if (fate < kUnlocatedShare + kOutsideShare) {
      incident.at = point_in(outside_[static_cast<std::size_t>(random.below(static_cast<int>(outside_.size())))], random);
    }
    out.push_back(incident);
  }

  const Land& land_;
  const Settlement& settlement_;
  const WardMap& wards_;
  ExpectedCounts expected_;
  std::vector<int> outside_;  // water and neighbours' ground within 750 m of the authority
};

bool Earlier(const Incident& a, const Incident& b) { return std::tie(a.from, a.to, a.kind, a.at) < std::tie(b.from, b.to, b.kind, b.at); }

// References in order of time, some rows twice, and a few references used for two different incidents: what real extracts hold.
void NumberAndRepeat(std::vector<Incident>& incidents, int copies, int conflicts) {
  std::stable_sort(incidents.begin(), incidents.end(), Earlier);
  for (std::size_t i = 0; i < incidents.size(); ++i) incidents[i].number = static_cast<int>(i) + 1;
  SeededRandom random("repeats", incidents.size());
  const int size = static_cast<int>(incidents.size());
  for (int i = 0; i < conflicts; ++i) {
    const auto at = static_cast<std::size_t>(1 + random.below(size - 1));
    incidents[at].number = incidents[at - 1].number;
  }
  for (int i = 0; i < copies; ++i) incidents.push_back(incidents[static_cast<std::size_t>(random.below(size))]);
  std::stable_sort(incidents.begin(), incidents.end(), Earlier);
}

}  // namespace

IncidentHistory DrawHistory(const Land& land, const Settlement& settlement, const WardMap& wards_from_2023) {
  Draw draw(land, settlement, wards_from_2023);
  std::vector<Incident> police, council;
  for (int year = kFirstYear; year <= kLastYear; ++year) {
    for (int kind = 0; kind < kKinds; ++kind) draw.background(kind, year, false, police);
    draw.background(kAsb, year, true, council);
    for (int i = 0; i < static_cast<int>(PlantedHotspots().size()); ++i) {
      draw.hotspot(i, year, false, police);
      draw.hotspot(i, year, true, council);
    }
  }
  NumberAndRepeat(police, 150, 8);
  NumberAndRepeat(council, 40, 0);
  return {std::move(police), std::move(council), draw.take_expected()};
}

}  // namespace sample
