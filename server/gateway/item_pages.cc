// Features: a page of them, or one.
#include <fmt/format.h>

#include <algorithm>

#include "server/codec/page_token.h"
#include "server/gateway/collection_json.h"
#include "server/gateway/feature_sources.h"
#include "server/gateway/gateway.h"
#include "server/gateway/html_page.h"
#include "server/gateway/item_question.h"
#include "server/gateway/pages.h"
#include "server/layers/feature_json.h"
#include "server/limits.h"

namespace server {
namespace {

constexpr std::size_t kLongText = 60;  // bytes; a sentence, whose column must not be as narrow as a number's

const std::vector<Medium>& GeoJsonOrHtml() {
  static const std::vector<Medium> media{{"json", "application/geo+json", {"application/json"}}, {"html", "text/html", {}}};
  return media;
}

// One page, cut from a table.
struct ItemPage {
  GatewayRequest request;
  Collection collection;
  ItemQuestion question;
  TablePtr table;
  std::vector<std::uint32_t> matched;
  std::size_t begin = 0, end = 0;

  std::string next() const {
    if (end >= matched.size()) return {};
    return request.url({{"token", FormatPageToken(question.ticket, end)}});
  }
};

geo::Result<ItemPage> OpenPage(const GatewayRequest& request, const Collection& collection, const ItemQuestion& question, const geo::StopSignal& stop) {
  ItemPage page{request, collection, question, nullptr, {}, 0, 0};
  auto table = request.parts.layers.open(request.snapshot, collection, question.layer, stop);
  if (!table) return geo::Fail(table.error());
  page.table = std::move(*table);
  auto matched = SelectFeatures(*page.table, collection, question.selection, stop);
  if (!matched) return geo::Fail(matched.error());
  page.matched = std::move(*matched);
  page.begin = std::min(question.offset, page.matched.size());
  page.end = page.begin + std::min(question.limit, page.matched.size() - page.begin);
  return page;
}

Json LinksOf(const ItemPage& page) {
  const GatewayRequest& request = page.request;
  Json links = {LinkTo(request.url({{"f", "json"}}), "self", "application/geo+json", "This page"),
                LinkTo(request.url({{"f", "html"}}), "alternate", "text/html", "This page for people"),
                LinkTo(CollectionUrl(request, page.collection), "collection", "application/json", page.collection.title)};
  if (const std::string next = page.next(); !next.empty()) links.push_back(LinkTo(next, "next", "application/geo+json", "The next page"));
  return links;
}

std::string HeadOf(const ItemPage& page) {
  Json head{{"type", "FeatureCollection"},
            {"timeStamp", page.request.since},
            {"numberMatched", page.matched.size()},
            {"numberReturned", page.end - page.begin},
            {"links", LinksOf(page)},
            {"wardwatch:context", ContextDocument(page.table->context())}};
  AddHandling(page.collection, head);
  return head.dump();
}

// A feature's own page, about the same days.
std::string FeatureUrl(const ItemPage& page, const std::string& id) {
  std::string url = CollectionUrl(page.request, page.collection) + "/items/" + http::PercentEncoded(id) + "?f=html";
  for (const auto& [name, value] : page.request.http->target.parameters) {
    if (name == "datetime" || name == "category" || name == "workstream") url += '&' + name + '=' + http::PercentEncoded(value);
  }
  return url;
}

void AppendHtmlRow(const ItemPage& page, const Feature& feature, std::string& out) {
  out += "<tr><td>" + Anchor(FeatureUrl(page, feature.id), feature.id) + "</td>";
  for (const FeatureValue& value : feature.values) {
    const bool number = std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
    const std::string text = std::holds_alternative<double>(value) ? fmt::format("{:.6g}", std::get<double>(value)) : TextOf(value);
    out += fmt::format("<td{}>{}</td>", number ? " class=\"n\"" : text.size() > kLongText ? " class=\"long\"" : "", Escaped(text));
  }
  out += "</tr>\n";
}

geo::Result<http::Response> PageHtml(const ItemPage& page) {
  const GatewayRequest& request = page.request;
  std::string rows = "<tr><th>id</th>";
  for (const Property& property : page.collection.kind->schema().properties) rows += "<th>" + Escaped(property.title) + "</th>";
  rows += "</tr>\n";
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const auto feature = page.table->feature(page.matched[i]);
    if (!feature) return geo::Fail(feature.error());
    AppendHtmlRow(page, *feature, rows);
  }
  std::string body = fmt::format("<p>{} of {} features.</p>", page.end - page.begin, page.matched.size());
  if (const std::string next = page.next(); !next.empty()) body += "<p>" + Anchor(next, "Next page") + "</p>";
  body += "<div class=\"scroll\"><table>" + rows + "</table></div><p>" + Anchor(request.url({{"f", "json"}}), "As GeoJSON") + "</p>";
  return HtmlPage(request.base, page.collection.title + ": features",
                  {{request.base + "/?f=html", "Wardwatch"},
                   {request.base + "/collections?f=html", "Collections"},
                   {CollectionUrl(request, page.collection) + "?f=html", page.collection.title}},
                  body);
}

http::Response GeoJsonResponse(std::string text, LayerCrs crs) {
  http::Response response = JsonResponse(std::move(text), "application/geo+json");
  response.headers.emplace_back("Content-Crs", fmt::format("<{}>", UriOf(crs)));
  return response;
}

geo::Result<http::Response> OneFeature(const GatewayRequest& request, const Collection& collection, const ItemQuestion& question, bool html,
                                       const geo::StopSignal& stop) {
  const auto table = request.parts.layers.open(request.snapshot, collection, question.layer, stop);
  if (!table) return geo::Fail(table.error());
  const auto index = (*table)->find(request.captured[1]);
  if (!index) {
    return geo::Fail({geo::ErrorCode::kNotFound, "featureId", "UNKNOWN_FEATURE",
                      fmt::format("there is no such feature in {} for these days; items lists those that there are", collection.id)});
  }
  const auto feature = (*table)->feature(*index);
  if (!feature) return geo::Fail(feature.error());
  if (html) {
    std::string rows;
    for (std::size_t i = 0; i < feature->values.size(); ++i) {
      const Property& property = collection.kind->schema().properties[i];
      rows += fmt::format("<tr><th>{}</th><td>{}</td><td class=\"note\">{}</td></tr>", Escaped(property.title), Escaped(TextOf(feature->values[i])),
                          Escaped(property.description));
    }
    return HtmlPage(request.base, feature->id, {{request.base + "/?f=html", "Wardwatch"}, {CollectionUrl(request, collection) + "?f=html", collection.title}},
                    "<table>" + rows + "</table><p>" + Anchor(request.url({{"f", "json"}}), "As GeoJSON") + "</p>");
  }
  const Json links = {LinkTo(request.url({{"f", "json"}}), "self", "application/geo+json", "This feature"),
                      LinkTo(request.url({{"f", "html"}}), "alternate", "text/html", "This feature for people"),
                      LinkTo(CollectionUrl(request, collection), "collection", "application/json", collection.title)};
  std::string text;
  const FeatureJson json(collection.kind->schema(), question.crs);
  if (auto written = json.append(*feature, ",\"links\":" + links.dump(), text); !written) return geo::Fail(written.error());
  return GeoJsonResponse(std::move(text), question.crs);
}

}  // namespace

geo::Result<http::Plan> PlanItems(const GatewayRequest& request, QueryReader& query) {
  const auto medium = TakeMedium(query, request, GeoJsonOrHtml());
  if (!medium) return geo::Fail(medium.error());
  const auto collection = request.catalogue->find(request.captured[0]);
  if (!collection) return geo::Fail(collection.error());
  const bool html = *medium == 1;
  auto question = DecodeItemQuestion(request, query, **collection, html ? limits::kDefaultHtmlRows : limits::kDefaultItems);
  if (!question) return geo::Fail(question.error());
  if (auto finished = query.finish(); !finished) return geo::Fail(finished.error());
  http::Plan plan;
  plan.etag = EtagOf(request, GeoJsonOrHtml()[*medium].type);
  plan.work = [request, collection = **collection, question = std::move(*question), html,
               etag = plan.etag](const geo::StopSignal& stop) -> geo::Result<http::Response> {
    auto page = OpenPage(request, collection, question, stop);
    if (!page) return geo::Fail(page.error());
    const auto rows = static_cast<std::int64_t>(page->end - page->begin);
    auto response = html ? PageHtml(*page) : geo::Result<http::Response>(GeoJsonResponse("", question.crs));
    if (!response) return response;
    if (!html) {
      std::string head = HeadOf(*page);
      response->stream =
          GeoJsonSource({collection.kind->schema(), page->table, std::move(page->matched), page->begin, page->end}, question.crs, std::move(head));
    }
    response->rows = rows;
    response->etag = etag;
    return response;
  };
  return plan;
}

geo::Result<http::Plan> PlanItem(const GatewayRequest& request, QueryReader& query) {
  const auto medium = TakeMedium(query, request, GeoJsonOrHtml());
  if (!medium) return geo::Fail(medium.error());
  const auto collection = request.catalogue->find(request.captured[0]);
  if (!collection) return geo::Fail(collection.error());
  auto question = DecodeOneItem(query, **collection);
  if (!question) return geo::Fail(question.error());
  if (auto finished = query.finish(); !finished) return geo::Fail(finished.error());
  http::Plan plan;
  plan.etag = EtagOf(request, GeoJsonOrHtml()[*medium].type);
  plan.work = [request, collection = **collection, question = std::move(*question), html = *medium == 1,
               etag = plan.etag](const geo::StopSignal& stop) -> geo::Result<http::Response> {
    auto response = OneFeature(request, collection, question, html, stop);
    if (response) {
      response->etag = etag;
      response->rows = 1;
    }
    return response;
  };
  return plan;
}

}  // namespace server
