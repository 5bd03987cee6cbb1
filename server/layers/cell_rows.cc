#include "server/layers/cell_rows.h"

#include <limits>

#include "geo/cells/cell_grid.h"
#include "server/codec/hotspot_codec.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

using Row = CellFeature;

const char* WordOf(v1::Persistence persistence) {
  switch (persistence) {
    case v1::PERSISTENCE_NOT_HOT:
      return "not hot";
    case v1::PERSISTENCE_PERSISTENT:
      return "persistent";
    case v1::PERSISTENCE_RECURRING:
      return "recurring";
    case v1::PERSISTENCE_NEW:
      return "new";
    case v1::PERSISTENCE_COOLED:
      return "cooled";
    default:
      return "";
  }
}

}  // namespace

FeatureGeometry CellFeature::geometry(const std::shared_ptr<const geo::Snapshot>&) const {
  const auto parsed = geo::ParseCell(cell.cell());
  if (!parsed) return {};
  return std::make_shared<const geo::MultiPolygon>(geo::MultiPolygon{{geo::Polygon{{parsed->first.outline_of(parsed->second)}}}});
}

const std::vector<Column<CellFeature>>& CellColumns() {
  static const std::vector<Column<Row>> columns{
      {{"cell", ValueType::kText, "Cell", "The cell's id, the same in every question and every year.", "", {}},
       [](const Row& row, const TableFacts&) -> FeatureValue { return row.cell.cell(); }},
      {BeginProperty(), [](const Row&, const TableFacts& facts) -> FeatureValue { return facts.begin_utc; }},
      {LastDayProperty(), [](const Row&, const TableFacts& facts) -> FeatureValue { return facts.last_day; }},
      {{"incidents", ValueType::kWhole, "Incidents", "Incidents in the cell.", "", {}},
       [](const Row& row, const TableFacts&) { return ValueOf(row.cell.count()); }},
      {{"share", ValueType::kNumber, "Share", "Of all located incidents, 0 to 1.", "", {}},
       [](const Row& row, const TableFacts&) -> FeatureValue { return row.cell.share(); }},
      {{"rank", ValueType::kWhole, "Rank", "1 is the heaviest cell.", "", {}},
       [](const Row& row, const TableFacts&) -> FeatureValue { return std::int64_t{row.cell.rank()}; }},
      {{"hot", ValueType::kFlag, "Hot", "Among the fewest cells that carry a quarter of all located incidents.", "", {}},
       [](const Row& row, const TableFacts&) -> FeatureValue { return row.cell.hot(); }},
      {{"density_per_km2_per_year", ValueType::kNumber, "Density", "Kernel density at the cell's centre (quartic, 500 m).", "per km2 per year", {}},
       [](const Row& row, const TableFacts&) -> FeatureValue { return row.cell.density_per_km2_per_year(); }},
      {{"z", ValueType::kNumber, "z", "Getis-Ord Gi* over the cell and the eight around it; absent where it was not analysed.", "", {}},
       [](const Row& row, const TableFacts&) {
         return row.cell.significance().has_statistic() ? FeatureValue(row.cell.significance().statistic()) : FeatureValue();
       }},
      {{"q_value", ValueType::kNumber, "q", "False discoveries controlled over every analysed cell.", "", {}},
       [](const Row& row, const TableFacts&) {
         return row.cell.significance().has_q_value() ? FeatureValue(row.cell.significance().q_value()) : FeatureValue();
       }},
      {{"significant", ValueType::kFlag, "Significant", "More, or fewer, than chance explains, at a false discovery rate of 0.05.", "", {}},
       [](const Row& row, const TableFacts&) -> FeatureValue { return row.cell.significance().significant(); }},
      {{"confidence_class", ValueType::kWhole, "Class of z", "+3, +2, +1: hot at q 0.01, 0.05, 0.10; -3 to -1: cold; 0: neither.", "", {}},
       [](const Row& row, const TableFacts&) -> FeatureValue { return std::int64_t{row.cell.significance().confidence_class()}; }},
      {{"persistence",
        ValueType::kText,
        "Persistence",
        "How the cell fared in the two years before; absent where they are not covered.",
        "",
        {"not hot", "persistent", "recurring", "new", "cooled"}},
       [](const Row& row, const TableFacts&) { return TextOrNone(WordOf(row.cell.persistence())); }},
      {{"top_position_share",
        ValueType::kNumber,
        "Top position",
        "Share of the cell on its heaviest single position: near 1 is one address, or a snap point.",
        "",
        {}},
       [](const Row& row, const TableFacts&) -> FeatureValue { return row.cell.top_position_share(); }},
      {{"area_code", ValueType::kText, "Ward code", "The area that holds the centre; absent outside.", "", {}},
       [](const Row& row, const TableFacts&) { return TextOrNone(row.cell.area_code()); }},
      {{"area_title", ValueType::kText, "Ward", "Its name.", "", {}}, [](const Row& row, const TableFacts&) { return TextOrNone(row.cell.area_title()); }},
      {SuppressedProperty(), [](const Row& row, const TableFacts&) -> FeatureValue { return row.cell.count().has_suppressed(); }},
  };
  return columns;
}

geo::Result<v1::FindHotspotsResponse> AskForCells(const std::shared_ptr<const geo::Snapshot>& snapshot, const Collection& collection,
                                                  const LayerQuestion& question, v1::CellSelection selection, const OpenLimits& how,
                                                  const geo::StopSignal& stop) {
  v1::FindHotspotsRequest request;
  request.set_dataset("datasets/" + collection.data->record.id);
  FillPeriod(*question.period, *request.mutable_period());
  question.fill(*request.mutable_filter());
  request.set_selection(selection);
  auto call = DecodeFindHotspots(request, *snapshot);
  if (!call) return geo::Fail(AsParameter(call.error()));
  call->query.threads = how.threads;
  call->page.size = std::numeric_limits<std::size_t>::max();  // pages are cut from the table
  auto answer = ComputeHotspots(*call, stop);
  if (!answer) return geo::Fail(AsParameter(answer.error()));
  v1::FindHotspotsResponse response;
  const auto encoded = EncodeFindHotspots(*call, geo::Disclose(std::move(*answer), question.role), response);
  if (!encoded) return geo::Fail(encoded.error());
  return response;
}

}  // namespace server
