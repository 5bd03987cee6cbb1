// Cells: every cell with an incident; and hotspots: the hot ones among them.
#include <fmt/format.h>

#include "server/layers/cell_rows.h"
#include "server/layers/kinds.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

class Cells final : public CollectionKind {
 public:
  Cells(v1::CellSelection selection, std::string name, std::string title, std::string description)
      : selection_(selection), name_(std::move(name)), title_(std::move(title)), description_(std::move(description)) {}

  std::vector<Collection> list(const geo::DatasetSnapshot& data) const override {
    return {{CollectionIdOf(data, name_), fmt::format("{}: {}", data.record.title, title_), description_, this, &data, 0}};
  }
  const Schema& schema() const override {
    static const Schema schema = SchemaOf(GeometryType::kPolygon, 7, CellColumns());
    return schema;
  }
  std::size_t coloured() const override { return schema().find("density_per_km2_per_year"); }
  geo::LayerMeasure measure() const override { return geo::LayerMeasure::kDensity; }
  std::string layer_name() const override { return name_; }

  geo::Result<TablePtr> open(const std::shared_ptr<const geo::Snapshot>& snapshot, const Collection& collection, const LayerQuestion& question,
                             const OpenLimits& how, const geo::StopSignal& stop) const override {
    auto response = AskForCells(snapshot, collection, question, selection_, how, stop);
    if (!response) return geo::Fail(response.error());
    std::vector<CellFeature> rows;
    rows.reserve(static_cast<std::size_t>(response->cells_size()));
    for (v1::HotspotCell& cell : *response->mutable_cells()) rows.push_back({std::move(cell)});
    response->mutable_context()->clear_answer_hash();
    return std::make_shared<RowTable<CellFeature>>(snapshot, CellColumns(), FactsOf(collection, question), std::move(rows),
                                                   std::move(*response->mutable_context()));
  }

 private:
  const v1::CellSelection selection_;
  const std::string name_, title_, description_;
};

}  // namespace

const CollectionKind& CellCollections() {
  static const Cells kind(v1::CELL_SELECTION_OCCUPIED, "cells", "cells",
                          "Every square of 250 m with an incident: counts, density in real units, Gi* with false discoveries controlled, persistence over two "
                          "earlier years. Heaviest first. Default: the latest whole year.");
  return kind;
}

const CollectionKind& HotspotCollections() {
  static const Cells kind(v1::CELL_SELECTION_HOT, "hotspots", "hotspots",
                          "The hot cells: the fewest squares of 250 m that carry a quarter of all located incidents, heaviest first. Default: the latest whole "
                          "year.");
  return kind;
}

}  // namespace server
