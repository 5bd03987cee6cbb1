#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "datasets/sample/offence_kinds.h"
#include "datasets/sample/seeded_random.h"
#include "datasets/sample/write_incidents.h"

namespace sample {
namespace {

int YearOf(const Incident& incident) { return geo::Month::OfDay(geo::DayOfMinute(incident.from)).year(); }

std::string Position(geo::GridPoint at) { return at == geo::kUnlocated ? "," : fmt::format("{:.0f},{:.0f}", at.easting_m(), at.northing_m()); }

std::string StreetOf(const Incident& incident, const Settlement& settlement) {
  if (incident.at == geo::kUnlocated) return "";
  return settlement.snap_points()[static_cast<std::size_t>(settlement.nearest_snap(incident.at))].street;
}

struct ReportWords {
  const char* before;  // of the old form
  const char* app;     // of the app
};
constexpr ReportWords kReportWords[] = {
    {"Noise nuisance", "Noise"},
    {"Rowdy behaviour", "Rowdy or drunken behaviour"},
    {"Street drinking", "Rowdy or drunken behaviour"},
    {"Graffiti", "Graffiti and flyposting"},
    {"Nuisance vehicles", "Vehicle nuisance"},
    {"Begging", "Begging"},
    {"Drug litter", "Needles and drug litter"},
    {"Neighbour dispute", "Neighbour nuisance"},
};

std::string DayAndClock(geo::LocalMinute minute) {
  const std::string iso = geo::FormatMinute(minute);  // 2022-01-31T23:05
  return fmt::format("{}/{}/{} {}", iso.substr(8, 2), iso.substr(5, 2), iso.substr(0, 4), iso.substr(11, 5));
}

// Keyed by the reference, so that a copy of a row is a copy of its flags, and no draw of anything else moves.
struct PoliceFlags {
  bool alcohol = false;   // drink was involved
  bool domestic = false;  // between people who live together
};
PoliceFlags FlagsOf(const Incident& incident) {
  SeededRandom random("flags", static_cast<std::uint64_t>(incident.number));
  const bool against_people = incident.kind == kViolence || incident.kind == kPublicOrder;
  const int hour = (incident.from % geo::kMinutesPerDay) / 60;
  const bool night = hour >= 20 || hour < 6;
  const double drink = random.unit(), home = random.unit();
  return {drink < (against_people ? (night ? 0.6 : 0.15) : (night ? 0.1 : 0.02)), home < (incident.kind == kViolence ? 0.3 : 0.0)};
}

constexpr const char* kGivenNames[] = {"Alex", "Sam", "Jo", "Robin", "Chris", "Pat", "Lee", "Kim", "Max", "Ash"};
constexpr const char* kFamilyNames[] = {"Example", "Sampler", "Placeholder", "Fictional", "Invented", "Specimen", "O'Nobody", "Testcase"};
// Free text as people write it: commas, quotes, line ends.
constexpr const char* kDetails[] = {
    "\"Third night in a row, please call me\"",
    "\"They shouted \"\"go home\"\" at us\"",
    "\"By the bins,\nbehind the hall\"",
    "Ongoing since last week",
    "\"Loud music, engines, horns\"",
    "As above",
    "Seen from my window",
};

}  // namespace

void WritePolice(const std::vector<Incident>& incidents, const Settlement& settlement, OutputFolder& out) {
  for (int year = kFirstYear; year <= kLastYear; ++year) {
    std::string text = "Reference,Offence,From,To,Easting,Northing,Street,Alcohol,Domestic\n";
    for (const Incident& incident : incidents) {
      if (YearOf(incident) != year) continue;
      const PoliceFlags flags = FlagsOf(incident);
      fmt::format_to(std::back_inserter(text), "TW/{:07d},{},{},{},{},{},{},{}\n", incident.number, InfoOf(incident.kind).local_word,
                     geo::FormatMinute(incident.from), incident.to == incident.from ? "" : geo::FormatMinute(incident.to), Position(incident.at),
                     StreetOf(incident, settlement), flags.alcohol ? "Y" : "N", flags.domestic ? "Y" : "");
    }
    out.write(fmt::format("police-{}.csv", year), text);
  }
}

void WriteCouncil(const std::vector<Incident>& incidents, const Settlement& settlement, OutputFolder& out) {
  std::string text = "Report ID,Title,Detail,User Name,User Email,Category,Created,Status,Easting,Northing,Street,Device Type\n";
  const geo::LocalMinute app = geo::DayOf(kAppYear, kAppMonth, 1) * geo::kMinutesPerDay;
  for (const Incident& incident : incidents) {
    // Keyed by the report, so that a copy of a row is a copy of all of it.
    SeededRandom random("report", static_cast<std::uint64_t>(incident.number));
    const ReportWords& words = kReportWords[random.below(8)];
    const char* given = kGivenNames[random.below(10)];
    const char* family = kFamilyNames[random.below(8)];
    const char* word = incident.from < app ? words.before : words.app;
    const std::string contact = fmt::format("{} {},{}.{}@example.org", given, family, given, random.below(1000));
    const char* detail = kDetails[random.below(7)];
    const char* status = random.chance(0.7) ? "fixed - council" : "closed";
    fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{},{},{},{},{}\n", 400000 + incident.number, word, detail, contact, word,
                   DayAndClock(incident.from), status, Position(incident.at), StreetOf(incident, settlement), incident.from < app ? "web" : "app");
  }
  out.write("council-asb.csv", text);
}

}  // namespace sample
