#include "server/cli/incident_report.h"

#include <fmt/format.h>

#include <optional>
#include <string_view>

#include "geo/types/local_time.h"
#include "server/cli/context_footer.h"
#include "server/cli/value_text.h"
#include "wardwatch/v1/incident_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

constexpr std::string_view kMidnight = "T00:00";

bool AtMidnight(const std::string& local) { return local.size() == 16 && std::string_view(local).substr(10) == kMidnight; }

std::string Spaced(std::string local) {
  if (local.size() > 10) local[10] = ' ';
  return local;
}

// True when `to` is the minute after `from`: an instant.
bool OneMinuteLater(const std::string& from, const std::string& to) {
  const auto minute_of = [](const std::string& local) -> std::optional<std::int64_t> {
    const auto day = geo::ParseDay(std::string_view(local).substr(0, 10), "from_local");
    if (!day || local.size() != 16) return std::nullopt;
    return std::int64_t{*day} * geo::kMinutesPerDay + (local[11] - '0') * 600 + (local[12] - '0') * 60 + (local[14] - '0') * 10 + (local[15] - '0');
  };
  const auto begin = minute_of(from);
  const auto end = minute_of(to);
  return begin && end && *end - *begin <= 1;
}

}  // namespace

std::string WhenText(const std::string& from_local, const std::string& to_local) {
  if (AtMidnight(from_local) && AtMidnight(to_local)) {
    const auto first = geo::ParseDay(std::string_view(from_local).substr(0, 10), "from_local");
    const auto end = geo::ParseDay(std::string_view(to_local).substr(0, 10), "to_local");
    if (first && end) {
      const geo::Month month = geo::Month::OfDay(*first);
      if (*end == *first + 1) return geo::FormatDay(*first);
      if (*first == month.first_day() && *end == month.next().first_day()) return geo::FormatMonth(month);
    }
  }
  if (to_local.empty() || OneMinuteLater(from_local, to_local)) return Spaced(from_local);
  std::size_t same = 0;
  if (from_local.size() == 16 && to_local.size() == 16) {
    if (from_local.substr(0, 4) == to_local.substr(0, 4)) same = 5;
    if (from_local.substr(0, 10) == to_local.substr(0, 10)) same = 11;
  }
  return Spaced(from_local) + " to " + Spaced(to_local).substr(same);
}

IncidentTable::IncidentTable()
    : table_({{"when", Align::kLeft, 0, 0},
              {"category", Align::kLeft, 18, 0},
              {"ward", Align::kLeft, 0, 0},
              {"easting", Align::kRight, 0, 2},
              {"northing", Align::kRight, 0, 2},
              {"place", Align::kLeft, 14, 0},
              {"row of the source", Align::kLeft, 20, 1}}) {}

void IncidentTable::add(const api::Incident& incident) {
  ++rows_;
  if (!incident.has_position()) ++unlocated_;
  const bool located = incident.has_position();
  table_.add_row({WhenText(incident.from_local(), incident.to_local()), incident.category(), located ? incident.area_code() : "(no position)",
                  located ? DecimalText(incident.position().easting_m(), 0) : "", located ? DecimalText(incident.position().northing_m(), 0) : "",
                  incident.place(), incident.id()});
}

std::string IncidentTable::format(const api::AnswerContext& context, bool limited, const Terminal& terminal) const {
  std::vector<std::string> left_out;
  std::string out = rows_ == 0 ? std::string("No incidents.\n") : table_.format(terminal, &left_out);
  std::vector<LabelledLine> first;
  first.push_back(LeftOutLine(left_out));
  first.emplace_back("listed", fmt::format("{} incidents, {} of them without a position{}", WholeText(rows_), WholeText(unlocated_),
                                           limited ? "; there may be more: --limit 0 lists all" : ""));
  return out + '\n' + ContextFooter(context, first, terminal);
}

void IncidentCsvHeader(CsvWriter& csv) {
  csv.record({"id", "source", "category", "from_local", "to_local", "easting_m", "northing_m", "longitude_deg", "latitude_deg", "place", "area_code", "weight",
              "vintage", "snapshot"});
}

void IncidentCsvRecord(const api::Incident& incident, const api::AnswerContext& context, CsvWriter& csv) {
  csv.text(incident.id()).text(incident.source()).text(incident.category()).text(incident.from_local()).text(incident.to_local());
  if (incident.has_position()) {
    const api::Position& position = incident.position();
    csv.number(position.easting_m()).number(position.northing_m()).number(position.longitude_deg()).number(position.latitude_deg());
  } else {
    csv.empty().empty().empty().empty();
  }
  csv.text(incident.place()).text(incident.area_code()).number(incident.weight()).text(context.vintage()).text(context.snapshot());
  csv.end_record();
}

}  // namespace server
