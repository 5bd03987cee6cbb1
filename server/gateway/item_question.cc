#include "server/gateway/item_question.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "geo/types/sha256.h"
#include "server/codec/refusal.h"
#include "server/gateway/layer_params.h"
#include "server/layers/cql_filter.h"
#include "server/limits.h"

namespace server {
namespace {

// `token` in place of the RPC's page_token.
geo::Error AboutToken(geo::Error error) {
  if (error.field == "page_token") error.field = "token";
  return error;
}

// Of everything that decides the features and their order: not the page, the number and the representation.
std::string DigestOf(const GatewayRequest& request) {
  auto parameters = request.http->target.parameters;
  std::sort(parameters.begin(), parameters.end());
  std::string key;
  for (const std::string& segment : request.http->target.segments) key += '/' + segment;
  for (const auto& [name, value] : parameters) {
    if (name != "token" && name != "limit" && name != "f") key += '\n' + name + '=' + value;
  }
  return geo::Sha256Hex(key).substr(0, 32);
}

// A parameter of a property has the text of one of its values; what can be none of them is a mistake.
geo::Result<void> CheckValue(const Property& property, const std::string& text) {
  const auto bad = [&](std::string_view wanted) { return geo::Fail(geo::InvalidArgument(property.name, fmt::format("is {}; send {}", Quoted(text), wanted))); };
  double number = 0;
  std::int64_t whole = 0;
  const char* end = text.data() + text.size();
  switch (property.type) {
    case ValueType::kFlag:
      return text == "true" || text == "false" ? geo::Result<void>() : bad("true or false");
    case ValueType::kWhole:
      if (const auto parsed = std::from_chars(text.data(), end, whole); parsed.ec != std::errc() || parsed.ptr != end) return bad("a whole number");
      return {};
    case ValueType::kNumber:
      if (const auto parsed = std::from_chars(text.data(), end, number); parsed.ec != std::errc() || parsed.ptr != end) return bad("a number");
      return {};
    default:
      break;
  }
  if (property.values.empty() || std::find(property.values.begin(), property.values.end(), text) != property.values.end()) return {};
  return bad("one of: " + Listed(property.values));
}

geo::Result<void> DecodeLayer(QueryReader& query, const Collection& collection, ItemQuestion& out) {
  auto layer = TakeLayerQuestion(query, AnyLayer{&collection, nullptr});
  if (!layer) return geo::Fail(layer.error());
  out.layer = std::move(*layer);
  if (const auto crs = query.take("crs")) {
    const auto decoded = DecodeCrs(*crs, "crs");
    if (!decoded) return geo::Fail(decoded.error());
    out.crs = *decoded;
  }
  return {};
}

geo::Result<void> DecodeBbox(QueryReader& query, FeatureSelection& selection) {
  const auto text = query.take("bbox"), crs_text = query.take("bbox-crs");
  LayerCrs crs = LayerCrs::kCrs84;
  if (crs_text) {
    const auto decoded = DecodeCrs(*crs_text, "bbox-crs");
    if (!decoded) return geo::Fail(decoded.error());
    crs = *decoded;
  }
  if (!text) return {};
  auto bbox = Bbox::Decode(*text, crs);
  if (!bbox) return geo::Fail(bbox.error());
  selection.bbox = std::move(*bbox);
  return {};
}

geo::Result<void> DecodeCql(QueryReader& query, const Collection& collection, FeatureSelection& selection) {
  const auto text = query.take("filter"), crs_text = query.take("filter-crs");
  const auto language = query.take_choice("filter-lang", {"cql2-text", "cql2-json"});
  if (!language) return geo::Fail(language.error());
  geo::FilterCrs crs = geo::FilterCrs::kCrs84;
  if (crs_text) {
    const auto decoded = geo::ParseFilterCrs(*crs_text);
    if (!decoded) return geo::Fail(decoded.error());
    crs = *decoded;
  }
  if (!text) return {};
  auto filter = DecodeFilterParameter(*text, *language == "cql2-text" ? FilterLanguage::kCqlText : FilterLanguage::kCqlJson, crs, collection);
  if (!filter) return geo::Fail(filter.error());
  selection.filter = std::move(*filter);
  return {};
}

geo::Result<void> DecodeProperties(QueryReader& query, const Collection& collection, FeatureSelection& selection) {
  const Schema& schema = collection.kind->schema();
  for (std::size_t i = 0; i < schema.properties.size(); ++i) {
    // A parameter of that name asks more of the data than a filter could: it chooses what is counted.
    if (schema.properties[i].name == "category") continue;
    const auto value = query.take(schema.properties[i].name);
    if (!value) continue;
    if (auto good = CheckValue(schema.properties[i], *value); !good) return good;
    selection.equals.emplace_back(i, *value);
  }
  return {};
}

}  // namespace

geo::Result<ItemQuestion> DecodeAllItems(QueryReader& query, const Collection& collection) {
  ItemQuestion question;
  if (auto layer = DecodeLayer(query, collection, question); !layer) return geo::Fail(layer.error());
  if (collection.kind->has_instants()) question.selection.instants = question.layer.instants;
  if (auto bbox = DecodeBbox(query, question.selection); !bbox) return geo::Fail(bbox.error());
  if (auto filter = DecodeCql(query, collection, question.selection); !filter) return geo::Fail(filter.error());
  if (auto properties = DecodeProperties(query, collection, question.selection); !properties) return geo::Fail(properties.error());
  return question;
}

geo::Result<ItemQuestion> DecodeItemQuestion(const GatewayRequest& request, QueryReader& query, const Collection& collection, int usual_limit) {
  auto decoded = DecodeAllItems(query, collection);
  if (!decoded) return decoded;
  ItemQuestion& question = *decoded;
  const auto limit = query.take_limit("limit", usual_limit, limits::kMaxPage);
  if (!limit) return geo::Fail(limit.error());
  question.limit = static_cast<std::size_t>(*limit);
  question.ticket = {DigestOf(request), request.snapshot->id};
  const auto offset = ParsePageToken(query.take_or_empty("token"), question.ticket);
  if (!offset) return geo::Fail(AboutToken(offset.error()));
  question.offset = *offset;
  return decoded;
}

geo::Result<ItemQuestion> DecodeOneItem(QueryReader& query, const Collection& collection) {
  ItemQuestion question;
  if (auto layer = DecodeLayer(query, collection, question); !layer) return geo::Fail(layer.error());
  // A feature that has an instant of its own is the same whenever it is asked for: it is looked for in all of the data.
  if (collection.kind->has_instants() && !question.layer.instants) {
    const geo::Period days = ExtentOf(*collection.data).days;
    question.layer.period = geo::Period{std::max(days.begin, days.end - limits::kPeriodDays), days.end};
  }
  return question;
}

}  // namespace server
