#include "server/layers/tile_source.h"

#include "geo/geodesy/british_grid.h"

namespace server {
namespace {

constexpr std::size_t kRowsBetweenStopChecks = 256;

geo::TileValue TileValueOf(const FeatureValue& value) {
  return std::visit([](const auto& held) -> geo::TileValue { return held; }, value);
}

// Columns of the schema that tiles carry, as indices.
std::vector<std::size_t> ColumnsInTiles(const Schema& schema) {
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < schema.properties.size(); ++i) {
    if (schema.properties[i].in_tiles) columns.push_back(i);
  }
  return columns;
}

std::size_t VerticesOf(const geo::MultiPolygon& shape) {
  std::size_t vertices = 0;
  for (const auto& part : shape.parts) {
    for (const auto& ring : part.rings) vertices += ring.size();
  }
  return vertices;
}

}  // namespace

geo::Result<std::shared_ptr<const TileSource>> TileSource::Build(const Collection& collection, TablePtr table, const std::vector<std::uint32_t>& rows,
                                                                   double years, const geo::StopSignal& stop) {
  std::shared_ptr<TileSource> source(new TileSource(std::move(table)));
  if (auto filled = source->Fill(collection, rows, years, stop); !filled) return geo::Fail(filled.error());
  return std::shared_ptr<const TileSource>(std::move(source));
}

geo::Result<void> TileSource::Fill(const Collection& collection, const std::vector<std::uint32_t>& rows, double years, const geo::StopSignal& stop) {
  const Schema& schema = collection.kind->schema();
  layer_ = collection.kind->layer_name();
  const auto grid = geo::BritishGrid::Create();
  if (!grid) return geo::Fail(grid.error());
  const auto columns = ColumnsInTiles(schema);
  std::vector<std::string> names;
  for (const std::size_t column : columns) names.push_back(schema.properties[column].name);
  auto properties = geo::TileTable::Make(std::move(names));
  if (!properties) return geo::Fail(properties.error());
  std::vector<geo::GridPoint> points;
  std::vector<geo::MultiPolygon> shapes;
  std::vector<geo::TileValue> row(columns.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return geo::Fail(stop.reason());
    const auto feature = table_->feature(rows[i]);
    if (!feature) return geo::Fail(feature.error());
    for (std::size_t column = 0; column < columns.size(); ++column) row[column] = TileValueOf(feature->values[columns[column]]);
    if (auto added = properties->add(geo::StableFeatureId(feature->id), row); !added) return added;
    const auto* shape = std::get_if<std::shared_ptr<const geo::MultiPolygon>>(&feature->geometry);
    const auto* point = std::get_if<geo::GridPoint>(&feature->geometry);
    if (schema.geometry == GeometryType::kPoint) {
      points.push_back(point != nullptr ? *point : geo::kUnlocated);
      bytes_ += 24 + columns.size() * 4;
    } else {
      shapes.push_back(shape != nullptr ? **shape : geo::MultiPolygon());
      bytes_ += 64 + columns.size() * 4 + VerticesOf(shapes.back()) * 100;  // some zooms prepared
    }
  }
  bytes_ += properties->distinct_values() * 64;
  if (schema.geometry == GeometryType::kPoint) {
    auto built = geo::TilePoints::Build(geo::WorldPositions(points, *grid), *properties, {layer_, 0, years});
    if (!built) return geo::Fail(built.error());
    points_ = std::move(*built);
    return {};
  }
  auto built = geo::TileShapes::Build(shapes, *grid);
  if (!built) return geo::Fail(built.error());
  shapes_ = std::move(*built);
  properties_ = std::move(*properties);
  return {};
}

geo::EncodedTile TileSource::encode(geo::TileId tile) const {
  if (points_) return points_->encode(tile);
  return shapes_->encode(tile, layer_, *properties_);
}

}  // namespace server
