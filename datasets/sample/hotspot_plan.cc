#include "datasets/sample/hotspot_plan.h"

#include <iterator>

#include "datasets/sample/offence_kinds.h"

namespace sample {
namespace {

constexpr int kThuFriSat = 0b0111000, kMonFri = 0b0011111, kMonSat = 0b0111111, kDaily = 0b1111111, kFriSat = 0b0110000;
constexpr PlantedWindow kNightLife{20, 6, kThuFriSat};
constexpr std::array<int, kYears> kNone{};

constexpr PlantedHotspot kPlan[] = {
    {"market-square", "Market Square pubs and clubs", kViolence, kNightLife, 576125, 361625, 25, 70, {220, 220, 220, 220, 220, 220}, kNone, "persistent", ""},
    {"quayside", "Quayside bars", kViolence, kNightLife, 576125, 363375, 25, 70, {170, 170, 170, 170, 170, 170}, kNone, "persistent", ""},
    {"saltgate-pier", "Saltgate pier", kViolence, kNightLife, 580375, 362625, 25, 70, {145, 145, 145, 145, 145, 145}, kNone, "persistent", ""},
    {"leisure-park",
     "Brackenhythe leisure park, opened in January 2024",
     kViolence,
     kNightLife,
     571125,
     361125,
     25,
     70,
     {0, 0, 0, 0, 0, 132},
     kNone,
     "new",
     ""},
    {"ropery-old",
     "Ropery Street clubs, until the licence moved",
     kViolence,
     kNightLife,
     577875,
     362625,
     25,
     70,
     {120, 120, 120, 120, 120, 0},
     kNone,
     "cooled",
     "ropery-new"},
    {"ropery-new", "Kiln Yard clubs, from January 2024", kViolence, kNightLife, 577875, 363375, 25, 70, {0, 0, 0, 0, 0, 120}, kNone, "new", ""},
    {"marlhurst-station",
     "Marlhurst station forecourt",
     kViolence,
     kNightLife,
     576375,
     357125,
     25,
     70,
     {108, 108, 108, 108, 108, 108},
     kNone,
     "persistent",
     ""},
    {"old-dock-clubs",
     "Old Dock clubs, closed in December 2023",
     kViolence,
     kNightLife,
     573875,
     363125,
     25,
     70,
     {125, 125, 125, 125, 125, 0},
     kNone,
     "cooled",
     ""},
    {"guildhall-supermarket",
     "Guildhall supermarket: a single address",
     kShoplifting,
     {9, 18, kMonSat},
     576625,
     361375,
     0,
     60,
     {260, 260, 260, 260, 260, 260},
     kNone,
     "persistent",
     ""},
    {"bus-station",
     "Bus station after school",
     kAsb,
     {15, 18, kMonFri},
     575625,
     361625,
     30,
     70,
     {190, 190, 190, 190, 190, 190},
     {45, 45, 45, 45, 45, 45},
     "persistent",
     ""},
    {"lido-terrace",
     "Lido terrace evenings, quiet in 2023",
     kAsb,
     {18, 24, kDaily},
     580875,
     363125,
     30,
     70,
     {280, 280, 280, 280, 0, 280},
     {110, 110, 110, 110, 0, 110},
     "recurring",
     ""},
    {"park-and-ride", "Priory park and ride, overnight", kVehicle, {20, 6, kDaily}, 574875, 359875, 30, 60, {95, 95, 95, 95, 95, 95}, kNone, "persistent", ""},
    {"station-racks", "Tidewick station cycle racks", kBicycle, {7, 19, kMonFri}, 576375, 360875, 15, 40, {60, 60, 60, 60, 60, 60}, kNone, "persistent", ""},
    {"withy-park", "Withy Common park", kDrugs, {14, 22, kDaily}, 573375, 358375, 30, 80, {70, 70, 70, 70, 70, 70}, kNone, "persistent", ""},
    {"taxi-rank", "Castle Street taxi rank", kPublicOrder, {22, 4, kFriSat}, 576375, 362125, 20, 60, {90, 90, 90, 90, 90, 90}, kNone, "persistent", ""},
};

}  // namespace

const std::vector<PlantedHotspot>& PlantedHotspots() {
  static const std::vector<PlantedHotspot> plan(std::begin(kPlan), std::end(kPlan));
  return plan;
}

std::vector<double> WindowProfile(const PlantedWindow& window) {
  std::vector<double> week(168);
  const int hours = window.end_hour > window.begin_hour ? window.end_hour - window.begin_hour : window.end_hour + 24 - window.begin_hour;
  for (int day = 0; day < 7; ++day) {
    if ((window.weekdays >> day & 1) == 0) continue;
    for (int hour = 0; hour < hours; ++hour) week[static_cast<std::size_t>((day * 24 + window.begin_hour + hour) % 168)] = 1;
  }
  return week;
}

const std::vector<WardShift>& WardShifts() {
  static const std::vector<WardShift> shifts{
      {"Larkhill", kVehicle, 2.4},  {"Marlhurst", kBurglary, 0.3},  {"Brackenhythe South", kAsb, 1.7},   {"Lantern Hill", kDamage, 0.4},
      {"St Brannock's", kDrugs, 3}, {"Harrow Down", kVehicle, 0.3}, {"Saltgate West", kOtherTheft, 1.9},
  };
  return shifts;
}

}  // namespace sample
