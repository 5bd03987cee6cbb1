// Clusters: neighbouring cells that hold more than chance explains, as one shape.
#include <fmt/format.h>

#include <algorithm>

#include "geo/cells/cell_groups.h"
#include "server/layers/cell_rows.h"
#include "server/layers/kinds.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

struct ClusterFeature {
  v1::HotspotCell heaviest;
  std::int64_t cells = 0;
  std::optional<std::int64_t> incidents;  // none where a cell's count is suppressed
  double share = 0;
  double q_value = 1;  // the least of its cells
  std::shared_ptr<const geo::MultiPolygon> shape;

  std::string feature_id() const { return heaviest.cell(); }
  FeatureGeometry geometry(const std::shared_ptr<const geo::Snapshot>&) const { return shape; }
  std::size_t bytes() const { return heaviest.SpaceUsedLong() + static_cast<std::size_t>(cells) * 48; }
};

using Row = ClusterFeature;

const std::vector<Column<Row>>& Columns() {
  static const std::vector<Column<Row>> columns{
      {{"heaviest_cell", ValueType::kText, "Heaviest cell", "The id of its heaviest cell, and its own.", "", {}},
       [](const Row& row, const TableFacts&) -> FeatureValue { return row.heaviest.cell(); }},
      {BeginProperty(), [](const Row&, const TableFacts& facts) -> FeatureValue { return facts.begin_utc; }},
      {LastDayProperty(), [](const Row&, const TableFacts& facts) -> FeatureValue { return facts.last_day; }},
      {{"cells", ValueType::kWhole, "Cells", "Cells of 250 m.", "", {}}, [](const Row& row, const TableFacts&) -> FeatureValue { return row.cells; }},
      {{"incidents", ValueType::kWhole, "Incidents", "Incidents inside.", "", {}},
       [](const Row& row, const TableFacts&) { return row.incidents ? FeatureValue(*row.incidents) : FeatureValue(); }},
      {{"share", ValueType::kNumber, "Share", "Of all located incidents, 0 to 1.", "", {}},
       [](const Row& row, const TableFacts&) -> FeatureValue { return row.share; }},
      {{"q_value", ValueType::kNumber, "q", "The least of its cells; false discoveries controlled over every analysed cell.", "", {}},
       [](const Row& row, const TableFacts&) -> FeatureValue { return row.q_value; }},
      {{"area_code", ValueType::kText, "Ward code", "The area that holds the centre of its heaviest cell; absent outside.", "", {}},
       [](const Row& row, const TableFacts&) { return TextOrNone(row.heaviest.area_code()); }},
      {{"area_title", ValueType::kText, "Ward", "Its name.", "", {}}, [](const Row& row, const TableFacts&) { return TextOrNone(row.heaviest.area_title()); }},
      {SuppressedProperty(), [](const Row& row, const TableFacts&) -> FeatureValue { return !row.incidents.has_value(); }},
  };
  return columns;
}

std::vector<Row> RowsOf(const v1::FindHotspotsResponse& response) {
  std::vector<const v1::HotspotCell*> hot;
  std::vector<geo::CellId> ids;
  std::optional<geo::CellGrid> grid;
  for (const v1::HotspotCell& cell : response.cells()) {
    const auto parsed = geo::ParseCell(cell.cell());
    if (!parsed || cell.significance().statistic() <= 0) continue;
    grid = parsed->first;
    hot.push_back(&cell);
    ids.push_back(parsed->second);
  }
  std::vector<Row> rows;
  if (!grid) return rows;
  for (const auto& group : geo::GroupCells(*grid, ids)) {
    Row row;
    row.incidents = 0;
    std::vector<geo::CellId> members;
    // Cells come heaviest first, and so do the members of a group.
    row.heaviest = *hot[group.front()];
    for (const std::size_t member : group) {
      const v1::HotspotCell& cell = *hot[member];
      members.push_back(ids[member]);
      row.share += cell.share();
      row.q_value = std::min(row.q_value, cell.significance().q_value());
      if (cell.count().has_suppressed()) row.incidents.reset();
      if (row.incidents) *row.incidents += cell.count().has_rounded() ? cell.count().rounded() : cell.count().exact();
    }
    row.cells = static_cast<std::int64_t>(members.size());
    row.shape = std::make_shared<const geo::MultiPolygon>(geo::MultiPolygon{{geo::OutlineOfSquares(*grid, members)}});
    rows.push_back(std::move(row));
  }
  return rows;
}

class Clusters final : public CollectionKind {
 public:
  std::vector<Collection> list(const geo::DatasetSnapshot& data) const override {
    if (data.record.vintages.empty()) return {};  // without areas nothing is analysed
    return {{CollectionIdOf(data, "clusters"), fmt::format("{}: clusters", data.record.title),
             "Squares of 250 m that share an edge and hold more than chance explains (Gi*, false discoveries controlled at 0.05), merged into one shape. "
             "Default: the latest whole year.",
             this, &data, 0}};
  }
  const Schema& schema() const override {
    static const Schema schema = SchemaOf(GeometryType::kPolygon, 7, Columns());
    return schema;
  }
  std::size_t coloured() const override { return schema().find("incidents"); }
  geo::LayerMeasure measure() const override { return geo::LayerMeasure::kCount; }
  std::string layer_name() const override { return "clusters"; }

  geo::Result<TablePtr> open(const std::shared_ptr<const geo::Snapshot>& snapshot, const Collection& collection, const LayerQuestion& question,
                             const OpenLimits& how, const geo::StopSignal& stop) const override {
    auto response = AskForCells(snapshot, collection, question, v1::CELL_SELECTION_SIGNIFICANT, how, stop);
    if (!response) return geo::Fail(response.error());
    response->mutable_context()->clear_answer_hash();
    return std::make_shared<RowTable<Row>>(snapshot, Columns(), FactsOf(collection, question), RowsOf(*response), std::move(*response->mutable_context()));
  }
};

}  // namespace

const CollectionKind& ClusterCollections() {
  static const Clusters kind;
  return kind;
}

}  // namespace server
