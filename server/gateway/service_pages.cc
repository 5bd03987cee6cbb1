// What the service is: landing page, conformance, API description, style sheet.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "server/gateway/gateway.h"
#include "server/gateway/html_page.h"
#include "server/gateway/pages.h"

namespace server {
namespace {

using Json = nlohmann::ordered_json;

const std::vector<Medium>& JsonOrHtml() {
  static const std::vector<Medium> media{{"json", "application/json", {}}, {"html", "text/html", {}}};
  return media;
}

Json Link(const std::string& href, std::string_view rel, std::string_view type, std::string_view title) {
  return {{"href", href}, {"rel", rel}, {"type", type}, {"title", title}};
}

constexpr std::string_view kOpenApiType = "application/vnd.oai.openapi+json;version=3.0";

std::string DatasetTitles(const geo::Snapshot& snapshot) {
  std::string titles;
  for (const auto& data : snapshot.datasets) titles += (titles.empty() ? "" : ", ") + data.record.title;
  return titles;
}

Json LandingDocument(const GatewayRequest& request) {
  const std::string& base = request.base;
  Json document{{"title", "Wardwatch"},
                {"description", "Incidents, hotspots and wards of " + DatasetTitles(*request.snapshot) + ", with how sure they are."},
                {"wardwatch:snapshot", request.snapshot->id}};
  document["links"] = {Link(base + "/?f=json", "self", "application/json", "This page"),
                       Link(base + "/?f=html", "alternate", "text/html", "This page for people"),
                       Link(base + "/api?f=json", "service-desc", kOpenApiType, "The API as OpenAPI 3.0"),
                       Link(base + "/api?f=html", "service-doc", "text/html", "The API for people"),
                       Link(base + "/conformance", "conformance", "application/json", "What this service conforms to"),
                       Link(base + "/conformance", "http://www.opengis.net/def/rel/ogc/1.0/conformance", "application/json", "What this service conforms to"),
                       Link(base + "/collections", "data", "application/json", "The collections"),
                       Link(base + "/collections", "http://www.opengis.net/def/rel/ogc/1.0/data", "application/json", "The collections"),
                       Link(base + "/tileMatrixSets", "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes", "application/json", "How tiles are cut"),
                       Link(base + "/wmts/1.0.0/WMTSCapabilities.xml", "http://www.opengis.net/def/rel/ogc/1.0/wmts", "application/xml", "Density as WMTS")};
  return document;
}

http::Response LandingHtml(const GatewayRequest& request) {
  const std::string& base = request.base;
  std::string body = fmt::format("<p>Incidents, hotspots and wards of {}, with how sure they are.</p><ul>", Escaped(DatasetTitles(*request.snapshot)));
  for (const auto& [href, text] : Trail{{base + "/collections?f=html", "Collections"},
                                        {base + "/api?f=html", "API"},
                                        {base + "/conformance?f=html", "Conformance"},
                                        {base + "/health", "Health"}}) {
    body += "<li>" + Anchor(href, text) + "</li>";
  }
  body += fmt::format("</ul><p class=\"note\">Data version {}.</p>", Escaped(request.snapshot->id));
  return HtmlPage(base, "Wardwatch", {}, body);
}

}  // namespace

std::vector<std::string> ConformanceClasses() {
  return {"http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
          "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/landing-page",
          "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
          "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
          "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
          "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
          "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
          "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
          "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
          "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
          "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
          "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
          "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
          "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
          "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
          "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
          "http://www.opengis.net/spec/tms/2.0/conf/tilematrixset",
          "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
          "http://www.opengis.net/spec/cql2/1.0/conf/cql2-json",
          "http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
          "http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators",
          "http://www.opengis.net/spec/cql2/1.0/conf/case-insensitive-comparison",
          "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions"};
}

geo::Result<http::Plan> PlanLanding(const GatewayRequest& request, QueryReader& query) {
  const auto medium = TakeMedium(query, request, JsonOrHtml());
  if (!medium) return geo::Fail(medium.error());
  if (auto finished = query.finish(); !finished) return geo::Fail(finished.error());
  const std::string etag = EtagOf(request, JsonOrHtml()[*medium].type);
  return Now(*medium == 0 ? JsonResponse(LandingDocument(request).dump()) : LandingHtml(request), etag);
}

geo::Result<http::Plan> PlanConformance(const GatewayRequest& request, QueryReader& query) {
  const auto medium = TakeMedium(query, request, JsonOrHtml());
  if (!medium) return geo::Fail(medium.error());
  if (auto finished = query.finish(); !finished) return geo::Fail(finished.error());
  const std::string etag = EtagOf(request, JsonOrHtml()[*medium].type);
  if (*medium == 0) return Now(JsonResponse(Json{{"conformsTo", ConformanceClasses()}}.dump()), etag);
  std::string body = "<ul>";
  for (const std::string& name : ConformanceClasses()) body += "<li><code>" + Escaped(name) + "</code></li>";
  return Now(HtmlPage(request.base, "Conformance", {{request.base + "/?f=html", "Wardwatch"}}, body + "</ul>"), etag);
}

geo::Result<http::Plan> PlanApi(const GatewayRequest& request, QueryReader& query) {
  static const std::vector<Medium> media{
      {"json", std::string(kOpenApiType), {"application/json", "application/openapi+json", "application/vnd.oai.openapi+json"}}, {"html", "text/html", {}}};
  const auto medium = TakeMedium(query, request, media);
  if (!medium) return geo::Fail(medium.error());
  if (auto finished = query.finish(); !finished) return geo::Fail(finished.error());
  const std::string etag = EtagOf(request, media[*medium].type);
  if (*medium == 0) return Now(JsonResponse(OpenApiDocument(request), std::string(kOpenApiType)), etag);
  const Json document = Json::parse(OpenApiDocument(request));
  std::string body = "<p>" + Anchor(request.base + "/api?f=json", "The same as OpenAPI 3.0") + "</p>";
  for (const auto& [path, operations] : document["paths"].items()) {
    const Json& get = operations["get"];
    body += fmt::format("<h2><code>{}</code></h2><p>{}</p>", Escaped(path), Escaped(get["description"].get<std::string>()));
    if (!get.contains("parameters")) continue;
    body += "<table><tr><th>parameter</th><th>what it does</th></tr>";
    for (const Json& reference : get["parameters"]) {
      const std::string pointer = reference["$ref"].get<std::string>();
      const Json& parameter = document["components"]["parameters"][pointer.substr(pointer.rfind('/') + 1)];
      body += fmt::format("<tr><td><code>{}</code></td><td>{}</td></tr>", Escaped(parameter["name"].get<std::string>()),
                          Escaped(parameter["description"].get<std::string>()));
    }
    body += "</table>";
  }
  return Now(HtmlPage(request.base, "API", {{request.base + "/?f=html", "Wardwatch"}}, body), etag);
}

geo::Result<http::Plan> PlanStyleSheet(const GatewayRequest&, QueryReader& query) {
  if (auto finished = query.finish(); !finished) return geo::Fail(finished.error());
  http::Response response = JsonResponse(std::string(StyleSheet()), "text/css; charset=utf-8");
  response.cache_control = "max-age=3600";
  return Now(std::move(response), "style-" WARDWATCH_VERSION);
}

}  // namespace server
