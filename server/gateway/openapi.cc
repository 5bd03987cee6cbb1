// The OpenAPI 3.0 document, made from the routes and the data that is served.
#include <set>

#include "server/gateway/collection_json.h"
#include "server/gateway/gateway.h"
#include "server/gateway/pages.h"
#include "server/layers/bbox.h"
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
                "A time, a date, or two with a slash between, \"..\" for an open side. Of incidents: when they began. Of all else: the days that are "
                "counted, or the calendar year that holds the time. Default: the latest whole year.",
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
  std::string_view path, id, summary, description, tag;
  std::vector<std::string> parameters;
  std::vector<std::string> types;
};

const std::vector<Operation>& Operations() {
  static const std::vector<Operation> operations{
      {"/", "getLandingPage", "Landing page", "Where everything else is.", "Service", {"f"}, {"application/json", "text/html"}},
      {"/conformance",
       "getConformance",
       "Conformance",
       "The classes of OGC standards that this service conforms to.",
       "Service",
       {"f"},
       {"application/json", "text/html"}},
      {"/api",
       "getApi",
       "This document",
       "The API, as OpenAPI 3.0 or as a page.",
       "Service",
       {},
       {"application/vnd.oai.openapi+json;version=3.0", "text/html"}},
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
      {"/health", "getHealth", "Readiness", "Whether it can answer, and from which data; 503 where not.", "Operation", {}, {"application/json"}},
      {"/health/live", "getLive", "Liveness", "Whether it runs.", "Operation", {}, {"application/json"}},
      {"/metrics", "getMetrics", "Metrics", "Counters in Prometheus' text format.", "Operation", {}, {"text/plain"}},
  };
  return operations;
}

Json PathsOf() {
  Json paths = Json::object();
  for (const Operation& operation : Operations()) {
    Json get{{"tags", {operation.tag}}, {"operationId", operation.id}, {"summary", operation.summary}, {"description", operation.description}};
    for (const std::string& parameter : operation.parameters) get["parameters"].push_back({{"$ref", "#/components/parameters/" + parameter}});
    get["responses"] = ResponsesOf(operation.types, operation.path.find("collectionId") != std::string_view::npos);
    paths[std::string(operation.path)] = {{"get", std::move(get)}};
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
                      {{"name", "Operation"}, {"description", "For those who run it."}}};
  document["paths"] = PathsOf();
  Json refused{{"description", "Why not: what was sent, the limit, what to do."}};
  refused["content"]["application/problem+json"] = {{"schema", {{"$ref", "#/components/schemas/Problem"}}}};
  document["components"] = {{"parameters", Parameters(request)}, {"responses", {{"Refused", std::move(refused)}}}, {"schemas", {{"Problem", ProblemSchema()}}}};
  return document.dump();
}

}  // namespace server
