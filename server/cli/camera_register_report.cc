#include "server/cli/camera_register_report.h"

#include <fmt/format.h>

#include "server/cli/camera_words.h"
#include "server/cli/change_text.h"
#include "server/cli/context_footer.h"
#include "server/cli/csv_writer.h"
#include "server/cli/period_text.h"
#include "server/cli/text_table.h"
#include "server/cli/text_width.h"
#include "server/cli/value_text.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

std::string ModelText(const api::CameraModel& model) {
  std::string text = fmt::format("{}: {}; {} pixels", model.id(), model.title(), WholeText(model.horizontal_pixels()));
  if (model.field_of_view_deg() > 0) text += fmt::format(" over {} degrees", model.field_of_view_deg());
  if (model.sensors() > 1) text += fmt::format(", {} lenses", model.sensors());
  if (model.pan_deg() > 0) text += fmt::format(", tours {} degrees", model.pan_deg());
  text += fmt::format(", {} m high", model.height_m());
  if (model.reach_m() > 0) text += fmt::format(", reaches {} m", model.reach_m());
  return text;
}

std::string LayerText(const api::StreetLayer& layer) {
  std::string text = fmt::format("{}: {}, {} {}", layer.id(), layer.title(), WholeText(layer.rows()), layer.kind());
  if (layer.rows_rejected() > 0) text += fmt::format(", {} rows rejected at load", WholeText(layer.rows_rejected()));
  if (layer.kind() == "camera sites") text += fmt::format(", {} with power", WholeText(layer.with_power()));
  if (layer.kind() == "cameras")
    text += layer.tells_size() > 0 ? fmt::format(", tells {}", fmt::join(layer.tells(), ", ")) : ", tells neither bearing nor state";
  return text;
}

}  // namespace

std::string RegisterTable(const api::ListCamerasResponse& answer, const Terminal& terminal) {
  TextTable table({{"camera", Align::kLeft, 8, 0},
                   {"model", Align::kLeft, 6, 0},
                   {"state", Align::kLeft, 0, 0},
                   {"bearing", Align::kRight, 0, 0},
                   {"height m", Align::kRight, 0, 3},
                   {"movable", Align::kLeft, 0, 4},
                   {"installed", Align::kLeft, 0, 2},
                   {"easting", Align::kRight, 0, 5},
                   {"northing", Align::kRight, 0, 5},
                   {"place", Align::kLeft, 12, 1}});
  for (const api::RegisteredCamera& camera : answer.cameras()) {
    table.add_row({camera.id(), camera.model(), StateWord(camera.state()), camera.has_bearing_deg() ? DecimalText(camera.bearing_deg(), 0) : "not known",
                   camera.has_height_m() ? DecimalText(camera.height_m(), 1) : "model's", camera.movable() ? "yes" : "",
                   camera.has_installed() ? DayText(camera.installed()) : "not known", DecimalText(camera.position().easting_m(), 0),
                   DecimalText(camera.position().northing_m(), 0), camera.place()});
  }
  std::vector<std::string> left_out;
  std::string out = fmt::format("Cameras of {}: {}\n\n", Printable(answer.context().dataset()), WholeText(answer.total()));
  out += table.format(terminal, &left_out);
  std::vector<LabelledLine> lines{LeftOutLine(left_out)};
  for (const api::CameraModel& model : answer.models()) lines.emplace_back("model", ModelText(model));
  for (const api::StreetLayer& layer : answer.layers()) lines.emplace_back("layer", LayerText(layer));
  for (const api::EvidenceTable& evidence : answer.evidence()) {
    lines.emplace_back("evidence", fmt::format("{}: {}, version {}; {}", evidence.id(), evidence.title(), evidence.version(), evidence.source()));
  }
  lines.emplace_back("handling", answer.handling());
  return out + '\n' + ContextFooter(answer.context(), lines, terminal);
}

std::string RegisterCsv(const api::ListCamerasResponse& answer) {
  CsvWriter csv;
  csv.record({"camera", "layer", "model", "state", "bearing_deg", "field_of_view_deg", "height_m", "on_building", "movable", "installed", "easting_m",
              "northing_m", "latitude_deg", "longitude_deg", "place", "snapshot"});
  for (const api::RegisteredCamera& camera : answer.cameras()) {
    csv.text(camera.id()).text(camera.layer()).text(camera.model()).text(StateWord(camera.state()));
    CsvOptional(csv, camera.has_bearing_deg(), camera.bearing_deg());
    CsvOptional(csv, camera.has_field_of_view_deg(), camera.field_of_view_deg());
    CsvOptional(csv, camera.has_height_m(), camera.height_m());
    csv.flag(camera.on_building()).flag(camera.movable());
    camera.has_installed() ? csv.text(DayText(camera.installed())) : csv.empty();
    csv.number(camera.position().easting_m())
        .number(camera.position().northing_m())
        .number(camera.position().latitude_deg())
        .number(camera.position().longitude_deg());
    csv.text(camera.place()).text(answer.context().snapshot());
    csv.end_record();
  }
  return csv.take();
}

}  // namespace server
