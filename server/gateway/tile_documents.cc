#include "server/gateway/tile_documents.h"

#include <fmt/format.h>

#include "server/gateway/collection_json.h"
#include "server/gateway/html_page.h"
#include "server/gateway/layer_params.h"

namespace server {
namespace {

constexpr std::string_view kMatrixSetUri = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
constexpr std::string_view kMercatorUri = "http://www.opengis.net/def/crs/EPSG/0/3857";

const geo::LayerScale& ScaleOf(const AnyLayer& layer) {
  return geo::LayerScaleOf(layer.raster != nullptr ? layer.raster->measure : layer.collection->kind->measure());
}

const std::array<double, 4>& BoundsOf(const AnyLayer& layer) { return layer.raster != nullptr ? layer.raster->bbox_deg : layer.collection->bbox_deg; }
const std::string& TitleOf(const AnyLayer& layer) { return layer.raster != nullptr ? layer.raster->title : layer.collection->title; }

std::string Template(const GatewayRequest& request, const AnyLayer& layer) {
  return fmt::format("{}/tiles/{}/{{z}}/{{x}}/{{y}}.{}{}", request.base, http::PercentEncoded(layer.id()), layer.raster != nullptr ? "png" : "mvt",
                     LayerQueryOf(request));
}

Json FieldsOf(const Schema& schema) {
  Json fields = Json::object();
  for (const Property& property : schema.properties) {
    if (property.in_tiles) fields[property.name] = property.title;
  }
  return fields;
}

Json TileJsonDocument(const GatewayRequest& request, const AnyLayer& layer) {
  Json document{{"tilejson", "3.0.0"}, {"name", TitleOf(layer)}, {"scheme", "xyz"}};
  document["attribution"] = Escaped(layer.data().record.publisher);
  document["tiles"] = Json::array({Template(request, layer)});
  document["minzoom"] = 0;
  document["maxzoom"] = layer.raster != nullptr ? kDeepestListedZoom : 16;
  document["bounds"] = BoundsOf(layer);
  if (layer.collection != nullptr) {
    document["vector_layers"] = Json::array({{{"id", layer.collection->kind->layer_name()}, {"fields", FieldsOf(layer.collection->kind->schema())}}});
  }
  return document;
}

// One layer for each class that is drawn, named as in the legend. Not one layer with a step expression: QGIS reads filters and single colours only.
void AddClasses(const AnyLayer& layer, const std::string& property, Json like, const char* colour, Json& layers) {
  const Json value = Json::array({"get", property});
  for (const geo::LegendEntry& entry : geo::LegendOf(ScaleOf(layer))) {
    if (entry.clear) continue;
    Json of_class = like;
    of_class["id"] = entry.label;
    of_class["source"] = "layer";
    of_class["source-layer"] = layer.collection->kind->layer_name();
    Json filter = Json::array({"all", Json::array({"has", property})});
    if (entry.from) filter.push_back(Json::array({">=", value, *entry.from}));
    if (entry.below) filter.push_back(Json::array({"<", value, *entry.below}));
    of_class["filter"] = std::move(filter);
    of_class["paint"][colour] = geo::HexOf(entry.colour);
    layers.push_back(std::move(of_class));
  }
}

Json PolygonLayers(const AnyLayer& layer) {
  const CollectionKind& kind = *layer.collection->kind;
  Json layers = Json::array();
  AddClasses(layer, kind.schema().properties[kind.coloured()].name, {{"type", "fill"}, {"paint", {{"fill-opacity", 0.7}}}}, "fill-color", layers);
  layers.push_back({{"id", "outline"},
                    {"type", "line"},
                    {"source", "layer"},
                    {"source-layer", kind.layer_name()},
                    {"paint", {{"line-color", "#22313f"}, {"line-width", 0.8}, {"line-opacity", 0.6}}}});
  return layers;
}

// Where points are too many the tile has counts of cells, with a density on the ground. The classes are of that density; of points that have a number of their
// own to be coloured by, of that, and the counts are in one colour.
Json PointLayers(const AnyLayer& layer) {
  const CollectionKind& kind = *layer.collection->kind;
  const std::string name = kind.layer_name();
  const Property& coloured = kind.schema().properties[kind.coloured()];
  const bool own = coloured.type == ValueType::kWhole || coloured.type == ValueType::kNumber;
  Json layers = Json::array();
  AddClasses(layer, own ? coloured.name : "per_km2_year", {{"type", "circle"}, {"paint", {{"circle-radius", 5}}}}, "circle-color", layers);
  const Json counts = Json::array({"has", "point_count"});
  Json points{{"id", own ? "many" : "points"}, {"type", "circle"}, {"source", "layer"}, {"source-layer", name}};
  points["filter"] = own ? counts : Json::array({"!", counts});
  points["paint"] = {
      {"circle-color", "#0b5cad"}, {"circle-radius", 4}, {"circle-opacity", 0.7}, {"circle-stroke-color", "#ffffff"}, {"circle-stroke-width", 1}};
  layers.push_back(std::move(points));
  return layers;
}

Json LinkToTiles(const GatewayRequest& request, const Collection& collection) {
  return {{"href", CollectionUrl(request, collection) + "/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}" + LayerQueryOf(request)},
          {"rel", "item"},
          {"type", "application/vnd.mapbox-vector-tile"},
          {"title", "A tile"},
          {"templated", true}};
}

Json TileSetDocument(const GatewayRequest& request, const Collection& collection) {
  Json document{{"title", collection.title}, {"dataType", "vector"}, {"crs", kMercatorUri}, {"tileMatrixSetURI", kMatrixSetUri}};
  document["boundingBox"] = {{"lowerLeft", {collection.bbox_deg[0], collection.bbox_deg[1]}},
                             {"upperRight", {collection.bbox_deg[2], collection.bbox_deg[3]}},
                             {"crs", UriOf(LayerCrs::kCrs84)}};
  document["layers"] = Json::array({{{"id", collection.kind->layer_name()},
                                     {"dataType", "vector"},
                                     {"geometryDimension", collection.kind->schema().geometry == GeometryType::kPoint ? 0 : 2}}});
  document["links"] = Json::array(
      {LinkTo(CollectionUrl(request, collection) + "/tiles/WebMercatorQuad" + LayerQueryOf(request), "self", "application/json", "This tile set"),
       LinkToTiles(request, collection),
       LinkTo(request.base + "/tileMatrixSets/WebMercatorQuad", "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme", "application/json", "WebMercatorQuad"),
       LinkTo(request.base + "/tiles/" + http::PercentEncoded(collection.id) + LayerQueryOf(request), "describedby", "application/json", "TileJSON")});
  return document;
}

}  // namespace

std::string TileJson(const GatewayRequest& request, const AnyLayer& layer) { return TileJsonDocument(request, layer).dump(); }

std::string MapStyle(const GatewayRequest& request, const AnyLayer& layer) {
  Json document{{"version", 8}, {"name", TitleOf(layer)}};
  const auto& bounds = BoundsOf(layer);
  document["center"] = {(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2};
  document["zoom"] = 11;
  if (layer.raster != nullptr) {
    document["sources"] = {{"layer", {{"type", "raster"}, {"tiles", Json::array({Template(request, layer)})}, {"tileSize", 256}, {"bounds", bounds}}}};
    document["layers"] =
        Json::array({{{"id", "raster"}, {"type", "raster"}, {"source", "layer"}, {"paint", {{"raster-opacity", 0.7}, {"raster-resampling", "nearest"}}}}});
    return document.dump();
  }
  document["sources"] = {
      {"layer", {{"type", "vector"}, {"url", fmt::format("{}/tiles/{}{}", request.base, http::PercentEncoded(layer.id()), LayerQueryOf(request))}}}};
  document["layers"] = layer.collection->kind->schema().geometry == GeometryType::kPoint ? PointLayers(layer) : PolygonLayers(layer);
  return document.dump();
}

namespace {

constexpr const char* kStripesMean = "in stripes: the change is not told from chance (5 % false discovery)";
bool HasStripes(const AnyLayer& layer) { return layer.raster != nullptr && layer.raster->measure == geo::LayerMeasure::kDensityDifference; }

}  // namespace

std::string LegendJson(const AnyLayer& layer) {
  const geo::LayerScale& scale = ScaleOf(layer);
  Json document{{"layer", layer.id()}, {"scale", scale.name}, {"unit", scale.unit}, {"diverging", scale.diverging}, {"palette", scale.palette}};
  if (layer.collection != nullptr) document["property"] = layer.collection->kind->schema().properties[layer.collection->kind->coloured()].name;
  document["classes"] = Json::array();
  for (const geo::LegendEntry& entry : geo::LegendOf(scale)) {
    Json one{{"label", entry.label}};
    if (entry.from) one["from"] = *entry.from;
    if (entry.below) one["below"] = *entry.below;
    one["colour"] = geo::HexOf(entry.colour);
    one["clear"] = entry.clear;
    document["classes"].push_back(std::move(one));
  }
  if (HasStripes(layer)) document["stripes"] = kStripesMean;
  return document.dump();
}

std::string LegendSvg(const AnyLayer& layer) {
  const geo::LayerScale& scale = ScaleOf(layer);
  const auto entries = geo::LegendOf(scale);
  std::string rows;
  std::size_t line = 0;
  for (const geo::LegendEntry& entry : entries) {
    const std::size_t top = 24 + 20 * line++;
    rows += fmt::format("<rect x=\"4\" y=\"{}\" width=\"24\" height=\"16\" fill=\"{}\" stroke=\"#555\"/><text x=\"34\" y=\"{}\">{}</text>", top,
                        entry.clear ? "none" : geo::HexOf(entry.colour), top + 13, Escaped(entry.label));
  }
  if (HasStripes(layer)) {
    const std::size_t top = 24 + 20 * line++;
    rows += fmt::format(
        "<rect x=\"4\" y=\"{}\" width=\"24\" height=\"16\" fill=\"none\" stroke=\"#555\"/><path d=\"M8 {}l8 -12M16 {}l8 -12\" stroke=\"#555\" "
        "stroke-width=\"4\"/>"
        "<text x=\"34\" y=\"{}\">{}</text>",
        top, top + 14, top + 14, top + 13, Escaped(kStripesMean));
  }
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" font-family=\"sans-serif\" font-size=\"12\">"
      "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><text x=\"4\" y=\"15\">{}</text>{}</svg>\n",
      HasStripes(layer) ? 460 : 300, 30 + 20 * line, Escaped(scale.unit.empty() ? std::string(scale.name) : scale.unit), rows);
}

std::string MatrixSets(const GatewayRequest& request) {
  Json document;
  document["tileMatrixSets"] =
      Json::array({{{"id", kMatrixSet},
                    {"title", "Google Maps Compatible for the World"},
                    {"uri", kMatrixSetUri},
                    {"links", Json::array({LinkTo(request.base + "/tileMatrixSets/WebMercatorQuad", "self", "application/json", "WebMercatorQuad")})}}});
  return document.dump();
}

std::string MatrixSet(const GatewayRequest& request) {
  Json document{{"id", kMatrixSet}, {"title", "Google Maps Compatible for the World"}, {"uri", kMatrixSetUri}, {"crs", kMercatorUri}};
  document["orderedAxes"] = {"X", "Y"};
  document["wellKnownScaleSet"] = "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible";
  document["tileMatrices"] = Json::array();
  for (int zoom = 0; zoom <= geo::kDeepestZoom; ++zoom) {
    const geo::TileMatrix matrix = geo::MatrixOf(zoom);
    document["tileMatrices"].push_back({{"id", std::to_string(zoom)},
                                        {"scaleDenominator", matrix.scale_denominator},
                                        {"cellSize", matrix.cell_size_m},
                                        {"cornerOfOrigin", "topLeft"},
                                        {"pointOfOrigin", {geo::kTileOriginX_m, geo::kTileOriginY_m}},
                                        {"tileWidth", 256},
                                        {"tileHeight", 256},
                                        {"matrixWidth", matrix.tiles},
                                        {"matrixHeight", matrix.tiles}});
  }
  document["links"] = Json::array({LinkTo(request.base + "/tileMatrixSets/WebMercatorQuad", "self", "application/json", "This tile matrix set")});
  return document.dump();
}

std::string TileSets(const GatewayRequest& request, const Collection& collection) {
  Json document;
  document["links"] = Json::array({LinkTo(CollectionUrl(request, collection) + "/tiles" + LayerQueryOf(request), "self", "application/json", "The tile sets")});
  document["tilesets"] = Json::array({TileSetDocument(request, collection)});
  return document.dump();
}

std::string TileSet(const GatewayRequest& request, const Collection& collection) { return TileSetDocument(request, collection).dump(); }

}  // namespace server
