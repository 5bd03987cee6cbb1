// The list of collections, one of them, and what its features hold.
#include <fmt/format.h>

#include "server/gateway/collection_json.h"
#include "server/gateway/gateway.h"
#include "server/gateway/html_page.h"
#include "server/gateway/pages.h"

namespace server {
namespace {

const std::vector<Medium>& JsonOrHtml() {
  static const std::vector<Medium> media{{"json", "application/json", {}}, {"html", "text/html", {}}};
  return media;
}

const std::vector<Medium>& SchemaOrHtml() {
  static const std::vector<Medium> media{{"json", "application/schema+json", {"application/json"}}, {"html", "text/html", {}}};
  return media;
}

Trail Home(const GatewayRequest& request) { return {{request.base + "/?f=html", "Wardwatch"}}; }

Trail Above(const GatewayRequest& request) { return {{request.base + "/?f=html", "Wardwatch"}, {request.base + "/collections?f=html", "Collections"}}; }

http::Response CollectionsHtml(const GatewayRequest& request) {
  std::string body = "<table><tr><th>collection</th><th>what it holds</th></tr>";
  for (const Collection& collection : request.catalogue->collections) {
    body += fmt::format("<tr><td>{}</td><td>{}</td></tr>", Anchor(CollectionUrl(request, collection) + "?f=html", collection.title),
                        Escaped(collection.description));
  }
  return HtmlPage(request.base, "Collections", Home(request), body + "</table>");
}

std::string ContextTable(const wardwatch::v1::AnswerContext& context) {
  std::string rows;
  const auto row = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) rows += fmt::format("<tr><th>{}</th><td>{}</td></tr>", Escaped(name), Escaped(value));
  };
  row("data version", context.snapshot());
  row("method", context.method());
  row("disclosure", context.disclosure_rule());
  row("boundaries", context.vintage());
  row("located", fmt::format("{:.1f} %", context.located_share() * 100));
  row("hour unknown", fmt::format("{:.1f} %", context.unknown_time_share() * 100));
  for (const auto& parameter : context.parameters()) row(parameter.name(), parameter.value());
  for (const auto& crossed : context.breaks_crossed()) row("break " + crossed.id(), crossed.note());
  return "<table>" + rows + "</table>";
}

http::Response CollectionHtml(const GatewayRequest& request, const Collection& collection, const wardwatch::v1::AnswerContext& context) {
  const std::string url = CollectionUrl(request, collection);
  std::string body = fmt::format("<p>{}</p><ul>", Escaped(collection.description));
  for (const auto& [href, text] :
       Trail{{url + "/items?f=html", "Features"}, {url + "/items?f=json", "Features as GeoJSON"}, {url + "/queryables?f=html", "Properties"}}) {
    body += "<li>" + Anchor(href, text) + "</li>";
  }
  body += "</ul><h2>How to read it</h2>" + ContextTable(context);
  return HtmlPage(request.base, collection.title, Above(request), body);
}

// A plan that opens the collection with its default question: its context is part of the page, and the table is wanted next anyway.
http::Plan OpenAndShow(const GatewayRequest& request, const Collection& collection, bool html, std::string etag) {
  http::Plan plan;
  plan.etag = std::move(etag);
  plan.work = [request, collection, html, tag = plan.etag](const geo::StopSignal& stop) -> geo::Result<http::Response> {
    const auto question = MakeLayerQuestion("", "", "", *collection.data, collection.kind->standing());
    if (!question) return geo::Fail(question.error());
    const auto table = request.parts.layers.open(request.snapshot, collection, *question, stop);
    if (!table) return geo::Fail(table.error());
    http::Response response;
    if (html) {
      response = CollectionHtml(request, collection, (*table)->context());
    } else {
      Json document = CollectionDocument(collection, request);
      document["wardwatch:context"] = ContextDocument((*table)->context());
      response = JsonResponse(document.dump());
    }
    response.etag = tag;
    return response;
  };
  return plan;
}

geo::Result<http::Plan> SchemaPlan(const GatewayRequest& request, QueryReader& query, bool queryables) {
  const auto medium = TakeMedium(query, request, SchemaOrHtml());
  if (!medium) return geo::Fail(medium.error());
  if (auto finished = query.finish(); !finished) return geo::Fail(finished.error());
  const auto collection = request.catalogue->find(request.captured[0]);
  if (!collection) return geo::Fail(collection.error());
  const std::string etag = EtagOf(request, SchemaOrHtml()[*medium].type);
  if (*medium == 0) return Now(JsonResponse(SchemaDocument(**collection, request, queryables).dump(), SchemaOrHtml()[0].type), etag);
  std::string body = "<table><tr><th>property</th><th>type</th><th>what it is</th></tr>";
  const Json document = SchemaDocument(**collection, request, queryables);  // named: a loop over a part of a temporary outlives it
  for (const auto& [name, property] : document["properties"].items()) {
    body += fmt::format("<tr><td><code>{}</code></td><td>{}</td><td>{}</td></tr>", Escaped(name),
                        Escaped(property.value("format", property.value("type", std::string()))), Escaped(property.value("description", std::string())));
  }
  Trail trail = Above(request);
  trail.emplace_back(CollectionUrl(request, **collection) + "?f=html", (*collection)->title);
  return Now(HtmlPage(request.base, queryables ? "What can be filtered by" : "What features hold", trail, body + "</table>"), etag);
}

}  // namespace

geo::Result<http::Plan> PlanCollections(const GatewayRequest& request, QueryReader& query) {
  const auto medium = TakeMedium(query, request, JsonOrHtml());
  if (!medium) return geo::Fail(medium.error());
  if (auto finished = query.finish(); !finished) return geo::Fail(finished.error());
  const std::string etag = EtagOf(request, JsonOrHtml()[*medium].type);
  if (*medium == 1) return Now(CollectionsHtml(request), etag);
  Json document;
  document["links"] = {LinkTo(request.base + "/collections?f=json", "self", "application/json", "The collections"),
                       LinkTo(request.base + "/collections?f=html", "alternate", "text/html", "The collections for people")};
  document["timeStamp"] = request.since;
  document["crs"] = {UriOf(LayerCrs::kCrs84), UriOf(LayerCrs::kNationalGrid)};
  document["collections"] = Json::array();
  for (const Collection& collection : request.catalogue->collections) document["collections"].push_back(CollectionDocument(collection, request));
  return Now(JsonResponse(document.dump()), etag);
}

geo::Result<http::Plan> PlanCollection(const GatewayRequest& request, QueryReader& query) {
  const auto medium = TakeMedium(query, request, JsonOrHtml());
  if (!medium) return geo::Fail(medium.error());
  if (auto finished = query.finish(); !finished) return geo::Fail(finished.error());
  const auto collection = request.catalogue->find(request.captured[0]);
  if (!collection) return geo::Fail(collection.error());
  return OpenAndShow(request, **collection, *medium == 1, EtagOf(request, JsonOrHtml()[*medium].type));
}

geo::Result<http::Plan> PlanQueryables(const GatewayRequest& request, QueryReader& query) { return SchemaPlan(request, query, true); }

geo::Result<http::Plan> PlanSchema(const GatewayRequest& request, QueryReader& query) { return SchemaPlan(request, query, false); }

}  // namespace server
