#include "server/cli/place_report.h"

#include <fmt/format.h>

#include <vector>

#include "server/cli/context_footer.h"
#include "server/cli/csv_writer.h"
#include "server/cli/period_text.h"
#include "server/cli/significance_text.h"
#include "server/cli/surface_report.h"
#include "server/cli/text_table.h"
#include "server/cli/text_width.h"
#include "server/cli/value_text.h"
#include "wardwatch/v1/hotspot_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

std::string DensityText(double per_km2_per_year) { return DecimalText(per_km2_per_year, per_km2_per_year < 10 ? 2 : 0); }

std::string AreaText(double area_m2) { return DecimalText(area_m2 / 1e6, area_m2 < 1e6 ? 3 : 2); }

std::string AskedText(const api::ContourLevel& level) {
  switch (level.level_case()) {
    case api::ContourLevel::kDensityPerKm2PerYear:
      return fmt::format("density {}", level.density_per_km2_per_year());
    case api::ContourLevel::kVolumeShare:
      return PercentText(level.volume_share()) + " of the surface";
    case api::ContourLevel::kIncidentShare:
      return PercentText(level.incident_share()) + " of incidents";
    default:
      return "?";
  }
}

std::string LevelsTable(const api::FindPlacesResponse& answer, const Terminal& terminal) {
  TextTable table({{"level", Align::kRight, 0, 0},
                   {"asked for", Align::kLeft, 0, 0},
                   {fmt::format("from per {}\nper year", terminal.square_km()), Align::kRight, 0, 0},
                   {"places", Align::kRight, 0, 0},
                   {terminal.square_km(), Align::kRight, 0, 0},
                   {"incidents", Align::kRight, 0, 0},
                   {"share", Align::kRight, 0, 0}});
  for (int i = 0; i < answer.levels_size(); ++i) {
    const api::DrawnLevel& level = answer.levels(i);
    table.add_row({WholeText(i + 1), AskedText(level.asked()), DensityText(level.density_per_km2_per_year()), WholeText(level.places()),
                   AreaText(level.area_m2()), CountText(level.incidents()), PercentText(level.share())});
  }
  return table.format(terminal, nullptr);
}

std::string PlaceRows(const api::FindPlacesResponse& answer, const Terminal& terminal, std::vector<std::string>& left_out) {
  const bool levels = answer.levels_size() > 1;
  std::vector<TableColumn> columns;
  if (levels) columns.push_back({"level", Align::kRight, 0, 0});
  columns.insert(columns.end(), {{"place", Align::kLeft, 0, 0},
                                 {"name", Align::kLeft, 14, 0},
                                 {"ward", Align::kLeft, 12, 0},
                                 {"incidents", Align::kRight, 0, 0},
                                 {"share", Align::kRight, 0, 2},
                                 {terminal.square_km(), Align::kRight, 0, 1},
                                 {fmt::format("peak per\n{} year", terminal.square_km()), Align::kRight, 0, 0}});
  TextTable table(columns);
  for (const api::Place& place : answer.places()) {
    std::vector<std::string> row;
    if (levels) row.push_back(WholeText(place.level() + 1));
    row.insert(row.end(),
               {place.id(), PlaceNameText(place.name()), place.name().area_code().empty() ? "(outside)" : place.name().area_title(),
                CountText(place.incidents()), PercentText(place.share()), AreaText(place.area_m2()), DensityText(place.peak_density_per_km2_per_year())});
    table.add_row(row);
  }
  return table.format(terminal, &left_out);
}

std::string PeakRows(const api::FindPlacesResponse& answer, const Terminal& terminal) {
  TextTable table({{"peak", Align::kLeft, 0, 0},
                   {"name", Align::kLeft, 14, 0},
                   {"ward", Align::kLeft, 12, 0},
                   {"grid ref", Align::kLeft, 0, 1},
                   {"density", Align::kRight, 0, 0},
                   {"prominence", Align::kRight, 0, 0}});
  for (const api::SurfacePeak& peak : answer.peaks()) {
    table.add_row({peak.id(), PlaceNameText(peak.name()), peak.name().area_code().empty() ? "(outside)" : peak.name().area_title(),
                   peak.name().grid_reference(), DensityText(peak.density_per_km2_per_year()), DensityText(peak.prominence_per_km2_per_year())});
  }
  return table.format(terminal, nullptr);
}

void PutName(const api::PlaceName& name, CsvWriter& csv) {
  csv.text(name.nearest_name());
  name.nearest_name().empty() ? csv.empty() : csv.number(name.nearest_name_distance_m());
  csv.text(name.area_code()).text(name.area_title()).text(name.grid_reference());
}

void PutPosition(const api::Position& at, CsvWriter& csv) {
  csv.number(at.easting_m()).number(at.northing_m()).number(at.longitude_deg()).number(at.latitude_deg());
}

}  // namespace

std::string PlaceNameText(const api::PlaceName& name) {
  if (!name.nearest_name().empty()) return name.nearest_name();
  return name.area_title().empty() ? name.grid_reference() : name.area_title();
}

std::string PlacesTable(const api::FindPlacesResponse& answer, const Terminal& terminal) {
  const std::string period = PeriodUsedText(ParameterUsed(answer.context(), "surface.period"));
  std::string out = Printable(fmt::format("Places of {}{}{}", answer.context().dataset(), period.empty() ? "" : ", ", period)) + "\n\n";
  std::vector<std::string> left_out;
  out += LevelsTable(answer, terminal) + '\n';
  out += answer.places().empty() ? "No place: the surface does not reach these levels.\n" : PlaceRows(answer, terminal, left_out);
  if (!answer.peaks().empty()) out += '\n' + PeakRows(answer, terminal);
  std::vector<LabelledLine> first{LeftOutLine(left_out)};
  for (LabelledLine& line : SurfaceLines(answer.surface())) first.push_back(std::move(line));
  return out + '\n' + ContextFooter(answer.context(), first, terminal);
}

std::string PlacesCsv(const api::FindPlacesResponse& answer) {
  CsvWriter csv;
  csv.record({"kind",
              "id",
              "level",
              "level_density_per_km2_per_year",
              "nearest_name",
              "nearest_name_distance_m",
              "area_code",
              "area_title",
              "grid_reference",
              "easting_m",
              "northing_m",
              "longitude_deg",
              "latitude_deg",
              "density_per_km2_per_year",
              "prominence_per_km2_per_year",
              "area_m2",
              "incidents",
              "weight",
              "weight_without_largest",
              "share",
              "vintage",
              "snapshot"});
  const auto end = [&] {
    csv.text(answer.context().vintage()).text(answer.context().snapshot());
    csv.end_record();
  };
  for (const api::Place& place : answer.places()) {
    csv.text("place").text(place.id()).whole(place.level() + 1);
    const bool drawn = place.level() >= 0 && place.level() < answer.levels_size();
    drawn ? csv.number(answer.levels(place.level()).density_per_km2_per_year()) : csv.empty();
    PutName(place.name(), csv);
    PutPosition(place.peak(), csv);
    csv.number(place.peak_density_per_km2_per_year()).empty().number(place.area_m2()).count(place.incidents()).number(place.weight());
    place.has_weight_without_largest() ? csv.number(place.weight_without_largest()) : csv.empty();
    csv.number(place.share());
    end();
  }
  for (const api::SurfacePeak& peak : answer.peaks()) {
    csv.text("peak").text(peak.id()).empty().empty();
    PutName(peak.name(), csv);
    PutPosition(peak.at(), csv);
    csv.number(peak.density_per_km2_per_year()).number(peak.prominence_per_km2_per_year()).empty().empty().empty().empty().empty();
    end();
  }
  return csv.take();
}

}  // namespace server
