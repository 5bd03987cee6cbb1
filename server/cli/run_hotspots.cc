#include <map>
#include <utility>
#include <vector>

#include "server/cli/answer_json.h"
#include "server/cli/geojson_writer.h"
#include "server/cli/hotspot_report.h"
#include "server/cli/request_options.h"
#include "server/cli/session.h"
#include "wardwatch/v1/hotspot_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

// Beyond this the cells that are not hot say nothing at a terminal's size, and would cost more than the answer.
constexpr int kMostBackdropCells = 20'000;

// What the answer says of its own cells, into the cells of a background that was not tested again. `complete`: the answer lists all that are significant.
std::vector<MapCell> WithSignificance(std::vector<MapCell> cells, const std::vector<MapCell>& tested, bool complete) {
  std::map<geo::CellId, const MapCell*> by_id;
  for (const MapCell& cell : tested) by_id[cell.id] = &cell;
  for (MapCell& cell : cells) {
    const auto found = by_id.find(cell.id);
    cell.tested = complete;
    if (found == by_id.end()) continue;
    cell.tested = found->second->tested;
    cell.significance = found->second->significance;
  }
  return cells;
}

// The map's background: every cell with an incident. A question of its own, so that the answer in the table keeps its parameters and its hash. Permutations are
// not made twice for it: then only the cells of the table carry what was found.
std::vector<MapCell> MapCells(Session& session, api::FindHotspotsRequest request, const api::FindHotspotsResponse& answer) {
  const HotspotFlags& flags = session.line.hotspots;
  if (flags.no_map) return {};
  const bool whole = flags.list == "occupied" || flags.list == "analysed";
  if (whole || answer.hot_cells() == 0 || answer.occupied_cells() > kMostBackdropCells) return MapCellsOf(answer);
  const bool permuted = answer.significance().permutations() > 0;
  if (permuted) {
    request.clear_significance();
    request.mutable_significance()->set_statistic(api::LOCAL_STATISTIC_NONE);
  }
  request.set_selection(api::CELL_SELECTION_OCCUPIED);
  request.set_previous_years(0);
  request.set_page_size(10'000);
  const auto backdrop = session.connection.find_hotspots(request);
  if (!backdrop || backdrop->context().snapshot() != answer.context().snapshot()) {
    session.note(backdrop ? "the data changed meanwhile: the map shows the listed cells only"
                          : "the map shows the listed cells only: " + backdrop.error().message);
    return MapCellsOf(answer);
  }
  return permuted ? WithSignificance(MapCellsOf(*backdrop), MapCellsOf(answer), flags.list == "significant") : MapCellsOf(*backdrop);
}

geo::Result<api::FindHotspotsResponse> Ask(Session& session, const api::FindHotspotsRequest& request) {
  if (!session.line.hotspots.progress) return session.connection.find_hotspots(request);
  auto answer = session.connection.watch_hotspots(request, [&](const api::Progress& progress) { session.progress.show(progress); });
  session.progress.clear();
  return answer;
}

}  // namespace

geo::Result<void> RunHotspots(Session& session) {
  // The flags are judged before the server is asked for its datasets.
  if (const auto draft = MakeHotspotsRequest(session.line, ""); !draft) return geo::Fail(draft.error());
  const auto dataset = ChooseDataset(session);
  if (!dataset) return geo::Fail(dataset.error());
  const auto request = MakeHotspotsRequest(session.line, *dataset);
  if (!request) return geo::Fail(request.error());
  const auto answer = Ask(session, *request);
  if (!answer) return geo::Fail(answer.error());
  switch (session.line.common.format) {
    case Format::kJson:
      return session.sink.write(AnswerJson(*answer, true));
    case Format::kCsv:
      return session.sink.write(HotspotCsv(*answer));
    case Format::kGeojson: {
      const auto geojson = HotspotsGeoJson(*answer);
      return geojson ? session.sink.write(*geojson) : geo::Result<void>(geo::Fail(geojson.error()));
    }
    default:
      break;
  }
  return session.sink.write(HotspotTable(*answer, MapCells(session, *request, *answer), session.line.hotspots.top, session.terminal));
}

}  // namespace server
