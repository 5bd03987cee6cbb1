// The OpenAPI 3.0 document, made from the routes and the data that is served.
#include <set>

#include "server/gateway/collection_json.h"
#include "server/gateway/gateway.h"
#include "server/gateway/pages.h"
#include "server/limits.h"

namespace server {
namespace {

Json Parameter(std::string_view name, std::string_view in, std::string_view description, Json schema) {
  Json parameter{{"name", name}, {"in", in}, {"description", description}, {"required", in == "path"}, {"schema", std::move(schema)}};
  if (in == "query") {
    parameter["style"] = "form";
    parameter["explode"] = false;
  }
  return parameter;
}

Json Text() { return {{"type", "string"}}; }

Json CrsSchema() { return {{"type", "string"}, {"format", "uri"}, {"enum", {UriOf(LayerCrs::kCrs84), UriOf(LayerCrs::kNationalGrid)}}}; }

Json Parameters(const GatewayRequest& request) {
  std::vector<std::string> ids;
  for (const Collection& collection : request.catalogue->collections) ids.push_back(collection.id);
  Json all;
  all["collectionId"] = Parameter("collectionId", "path", "Id of a collection.", {{"type", "string"}, {"enum", ids}});
  all["featureId"] = Parameter("featureId", "path", "Id of a feature.", Text());
  all["layerId"] = Parameter("layerId", "path", "Id of a collection or a raster layer.", Text());
  all["style"] = Parameter("style", "path", "Id of a layer, and .json.", Text());
  all["legend"] = Parameter("legend", "path", "Id of a layer, and .json or .svg.", Text());
  all["tileMatrixSetId"] = Parameter("tileMatrixSetId", "path", "The one there is.", {{"type", "string"}, {"enum", {"WebMercatorQuad"}}});
  for (const char* name : {"tileMatrix", "tileRow", "tileCol", "z", "x", "y"}) {
    all[name] = Parameter(name, "path", "Zoom, row from the north or column from the west of a tile of WebMercatorQuad.", Text());
  }
  all["f"] = Parameter("f", "query", "The representation; without it Accept decides.", {{"type", "string"}, {"enum", {"json", "html"}}});
  all["limit"] = Parameter("limit", "query", "At most so many features in a page; more is clamped.",
                           {{"type", "integer"}, {"minimum", 1}, {"maximum", limits::kMaxPage}, {"default", limits::kDefaultItems}});
  all["bbox"] =
      Parameter("bbox", "query",
                "Only features that meet this rectangle: west,south,east,north, or six numbers with heights, in CRS84 unless bbox-crs says otherwise. A "
                "west over the east crosses the antimeridian.",
                {{"type", "array"}, {"minItems", 4}, {"maxItems", 6}, {"items", {{"type", "number"}}}});
  all["bbox-crs"] = Parameter("bbox-crs", "query", "The system of bbox.", CrsSchema());
  all["crs"] = Parameter("crs", "query", "The system of the answer's coordinates; the header Content-Crs repeats it.", CrsSchema());
  all["datetime"] =
      Parameter("datetime", "query",
                "A time, a date, or two with a slash between, \"..\" for an open side. Of incidents: when they began. Of cameras and their views: the "
                "instant that the register is as at; default: that. Of all else: the days that are counted, or the calendar year that holds the time. "
                "Default: the latest whole year.",
                Text());
  all["category"] = Parameter("category", "query", "Only incidents of these categories are counted: ids with commas between.", Text());
  all["workstream"] = Parameter("workstream", "query", "Only incidents of this workstream are counted: its categories, sources and hours.", Text());
  all["filter"] = Parameter("filter", "query", "Only features of which this is true: CQL2, over the queryables of the collection.", Text());
  all["filter-lang"] =
      Parameter("filter-lang", "query", "The form of filter.", {{"type", "string"}, {"enum", {"cql2-text", "cql2-json"}}, {"default", "cql2-text"}});
  all["filter-crs"] = Parameter("filter-crs", "query", "The system of shapes in filter.", {{"type", "string"}, {"format", "uri"}});
  all["token"] = Parameter("token", "query", "Where the page begins, as a next link has it. Bound to the request and to the data version.", Text());
  return all;
}

// Responses of one resource, by the representations that it has.
Json ResponsesOf(const std::vector<std::string>& types, bool collection) {
  Json ok{{"description", "The resource."}};
  for (const std::string& type : types) {
    ok["content"][type] = {{"schema", type == "text/html" || type == "text/plain" || type == "text/css" ? Text() : Json{{"type", "object"}}}};
  }
  Json responses{{"200", std::move(ok)}, {"400", {{"$ref", "#/components/responses/Refused"}}}};
  if (collection) responses["404"] = {{"$ref", "#/components/responses/Refused"}};
  responses["default"] = {{"$ref", "#/components/responses/Refused"}};
  return responses;
}

struct Operation {
  std::string path, id, summary, description, tag;
  std::vector<std::string> parameters;
  std::vector<std::string> types;
};

// Every resource, in the order of the document.
const std::vector<Operation> kOperations{
    {"/", "getLandingPage", "Landing page", "Where everything else is.", "Service", {"f"}, {"application/json", "text/html"}},
    {"/conformance",
     "getConformance",
     "Conformance",
     "The classes of OGC standards that this service conforms to.",
     "Service",
     {"f"},
     {"application/json", "text/html"}},
    {"/api", "getApi", "This document", "The API, as OpenAPI 3.0 or as a page.", "Service", {}, {"application/vnd.oai.openapi+json;version=3.0", "text/html"}},
    {"/collections",
     "getCollections",
     "Collections",
     "Every collection of every dataset, with its extent.",
     "Features",
     {"f"},
     {"application/json", "text/html"}},
    {"/collections/{collectionId}",
     "getCollection",
     "One collection",
     "What it holds, and how to read it.",
     "Features",
     {"collectionId", "f"},
     {"application/json", "text/html"}},
    {"/collections/{collectionId}/queryables",
     "getQueryables",
     "Queryables",
     "What its features can be selected by.",
     "Features",
     {"collectionId"},
     {"application/schema+json", "text/html"}},
    {"/collections/{collectionId}/schema",
     "getSchema",
     "Schema",
     "What its features hold.",
     "Features",
     {"collectionId"},
     {"application/schema+json", "text/html"}},
    {"/collections/{collectionId}/items",
     "getItems",
     "Features",
     "A page of features. Each property of the collection is a parameter too: features whose value has this text.",
     "Features",
     {"collectionId", "limit", "bbox", "bbox-crs", "crs", "datetime", "category", "workstream", "filter", "filter-lang", "filter-crs", "token", "f"},
     {"application/geo+json", "text/html"}},
    {"/collections/{collectionId}/items/{featureId}",
     "getItem",
     "One feature",
     "One feature by its id.",
     "Features",
     {"collectionId", "featureId", "crs", "datetime", "category", "workstream", "f"},
     {"application/geo+json", "text/html"}},
    {"/collections/{collectionId}/download",
     "getDownload",
     "Download",
     "All features that the parameters select as one file, with Range: geojson, csv, gpkg or fgb of a collection, tif of a raster layer.",
     "Files",
     {"collectionId", "bbox", "bbox-crs", "crs", "datetime", "category", "workstream", "filter", "filter-lang", "filter-crs"},
     {"application/geo+json", "text/csv", "application/geopackage+sqlite3", "application/flatgeobuf", "image/tiff"}},
    {"/collections/{collectionId}/tiles",
     "getTileSets",
     "Tile sets",
     "The vector tiles of a collection.",
     "Tiles",
     {"collectionId", "datetime", "category", "workstream"},
     {"application/json"}},
    {"/collections/{collectionId}/tiles/WebMercatorQuad",
     "getTileSet",
     "One tile set",
     "Its tiles in WebMercatorQuad.",
     "Tiles",
     {"collectionId", "datetime", "category", "workstream"},
     {"application/json"}},
    {"/collections/{collectionId}/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}",
     "getOgcTile",
     "A vector tile",
     "204 where there is nothing to show.",
     "Tiles",
     {"collectionId", "tileMatrix", "tileRow", "tileCol", "datetime", "category", "workstream"},
     {"application/vnd.mapbox-vector-tile"}},
    {"/tileMatrixSets", "getTileMatrixSets", "Tile matrix sets", "How tiles are cut.", "Tiles", {}, {"application/json"}},
    {"/tileMatrixSets/{tileMatrixSetId}", "getTileMatrixSet", "One tile matrix set", "Its matrices.", "Tiles", {"tileMatrixSetId"}, {"application/json"}},
    {"/tiles/{layerId}",
     "getTileJson",
     "TileJSON",
     "What a map needs to know of a layer's tiles.",
     "Tiles",
     {"layerId", "datetime", "category", "workstream"},
     {"application/json"}},
    {"/tiles/{layerId}/{z}/{x}/{y}",
     "getTile",
     "A tile by column and row",
     "The last segment ends in .mvt for a collection, in .png for a raster layer.",
     "Tiles",
     {"layerId", "z", "x", "y", "datetime", "category", "workstream"},
     {"application/vnd.mapbox-vector-tile", "image/png"}},
    {"/styles/{style}",
     "getStyle",
     "A MapLibre style",
     "{layerId}.json: the layer alone in the colours of its legend.",
     "Tiles",
     {"style", "datetime", "category", "workstream"},
     {"application/json"}},
    {"/legends/{legend}",
     "getLegend",
     "A legend",
     "{layerId}.json or {layerId}.svg: classes and colours, the same at every zoom.",
     "Tiles",
     {"legend", "datetime", "category", "workstream"},
     {"application/json", "image/svg+xml"}},
    {"/wmts/1.0.0/WMTSCapabilities.xml",
     "getWmts",
     "WMTS capabilities",
     "The raster layers as WMTS 1.0.0; /wmts takes the same by KVP.",
     "Tiles",
     {},
     {"application/xml"}},
    {"/health", "getHealth", "Readiness", "Whether it can answer, and from which data; 503 where not.", "Operation", {}, {"application/json"}},
    {"/health/live", "getLive", "Liveness", "Whether it runs.", "Operation", {}, {"application/json"}},
    {"/metrics", "getMetrics", "Metrics", "Counters in Prometheus' text format.", "Operation", {}, {"text/plain"}},
};

Json PathsOf() {
  Json paths = Json::object();
  for (const Operation& operation : kOperations) {
    Json get{{"tags", {operation.tag}}, {"operationId", operation.id}, {"summary", operation.summary}, {"description", operation.description}};
    for (const std::string& parameter : operation.parameters) get["parameters"].push_back({{"$ref", "#/components/parameters/" + parameter}});
    get["responses"] = ResponsesOf(operation.types, operation.path.find("collectionId") != std::string::npos);
    paths[operation.path] = {{"get", std::move(get)}};
  }
  return paths;
}

Json ProblemSchema() {
  return {{"type", "object"},
          {"required", {"title", "status", "detail", "reason"}},
          {"properties",
           {{"type", {{"type", "string"}}},
            {"title", {{"type", "string"}}},
            {"status", {{"type", "integer"}}},
            {"detail", {{"type", "string"}, {"description", "What was sent, the limit, what to do."}}},
            {"reason", {{"type", "string"}, {"description", "Stable, for programs."}}},
            {"parameter", {{"type", "string"}, {"description", "The parameter at fault."}}}}}};
}

}  // namespace

std::string OpenApiDocument(const GatewayRequest& request) {
  Json document{{"openapi", "3.0.3"}};
  document["info"] = {{"title", "Wardwatch"},
                      {"version", WARDWATCH_VERSION},
                      {"description", "Incidents, hotspots and wards, with how sure they are: the same answers as over gRPC, as standard layers."},
                      {"contact", {{"name", "Whoever runs this server"}, {"url", request.base + "/"}}}};
  document["servers"] = Json::array({{{"url", request.base}, {"description", "This server"}}});
  document["tags"] = {{{"name", "Service"}, {"description", "What the service is."}},
                      {{"name", "Features"}, {"description", "Collections and their features."}},
                      {{"name", "Tiles"}, {"description", "Vector tiles, pictures, and what describes them."}},
                      {{"name", "Files"}, {"description", "Whole collections as files."}},
                      {{"name", "Operation"}, {"description", "For those who run it."}}};
  document["paths"] = PathsOf();
  Json refused{{"description", "Why not: what was sent, the limit, what to do."}};
  refused["content"]["application/problem+json"] = {{"schema", {{"$ref", "#/components/schemas/Problem"}}}};
  document["components"] = {{"parameters", Parameters(request)}, {"responses", {{"Refused", std::move(refused)}}}, {"schemas", {{"Problem", ProblemSchema()}}}};
  return document.dump();
}

}  // namespace server
