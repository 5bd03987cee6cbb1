#include "server/gateway/collection_json.h"

#include <google/protobuf/util/json_util.h>

#include "server/layers/kind_parts.h"

namespace server {
namespace {

// The part that a property has in a feature's time (OGC API - Features, part 5): an instant of its own, or an end of the period that its values are about.
const char* TimeRoleOf(const Property& property, const CollectionKind& kind) {
  if (property.type == ValueType::kTime) return kind.has_instants() || kind.standing() ? "primary-instant" : "primary-interval-start";
  return property.name == LastDayProperty().name ? "primary-interval-end" : nullptr;
}

Json TypeOf(const Property& property, const CollectionKind& kind) {
  Json schema;
  switch (property.type) {
    case ValueType::kText:
      schema = {{"type", "string"}};
      break;
    case ValueType::kWhole:
      schema = {{"type", "integer"}};
      break;
    case ValueType::kNumber:
      schema = {{"type", "number"}};
      break;
    case ValueType::kFlag:
      schema = {{"type", "boolean"}};
      break;
    case ValueType::kTime:
      schema = {{"type", "string"}, {"format", "date-time"}};
      break;
    case ValueType::kDate:
      schema = {{"type", "string"}, {"format", "date"}};
      break;
  }
  schema["title"] = property.title;
  schema["description"] = property.description;
  if (!property.unit.empty()) schema["x-ogc-unit"] = property.unit;
  if (!property.values.empty()) schema["enum"] = property.values;
  if (const char* const role = TimeRoleOf(property, kind)) schema["x-ogc-role"] = role;
  return schema;
}

}  // namespace

Json LinkTo(const std::string& href, std::string_view rel, std::string_view type, std::string_view title) {
  return {{"href", href}, {"rel", rel}, {"type", type}, {"title", title}};
}

std::string CollectionUrl(const GatewayRequest& request, const Collection& collection) {
  return request.base + "/collections/" + http::PercentEncoded(collection.id);
}

void AddHandling(const Collection& collection, Json& document) {
  if (const auto handling = collection.kind->handling(); !handling.empty()) document["wardwatch:handling"] = handling;
}

Json CollectionDocument(const Collection& collection, const GatewayRequest& request) {
  const std::string url = CollectionUrl(request, collection);
  const geo::DatasetRecord& record = collection.data->record;
  const geo::Period days = DaysOf(collection);
  // All features of what stands have one instant.
  const geo::LocalMinute first = days.begin * geo::kMinutesPerDay, last = collection.kind->standing() ? first : days.end * geo::kMinutesPerDay - 1;
  Json document{{"id", collection.id}, {"title", collection.title}, {"description", collection.description}};
  document["attribution"] = record.publisher;
  document["extent"] = {{"spatial", {{"bbox", Json::array({collection.bbox_deg})}, {"crs", UriOf(LayerCrs::kCrs84)}}},
                        {"temporal",
                         {{"interval", Json::array({Json::array({UtcText(first, record.time_zone), UtcText(last, record.time_zone)})})},
                          {"trs", "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"}}}};
  document["itemType"] = "feature";
  document["crs"] = {UriOf(LayerCrs::kCrs84), UriOf(LayerCrs::kNationalGrid)};
  document["storageCrs"] = UriOf(LayerCrs::kNationalGrid);
  document["wardwatch:dataset"] = record.id;
  document["wardwatch:snapshot"] = request.snapshot->id;
  document["wardwatch:as_at"] = geo::FormatDay(record.as_at);
  document["wardwatch:licence"] = record.licence;
  AddHandling(collection, document);
  document["links"] = {LinkTo(url + "?f=json", "self", "application/json", "This collection"),
                       LinkTo(url + "?f=html", "alternate", "text/html", "This collection for people"),
                       LinkTo(url + "/items?f=json", "items", "application/geo+json", "Its features"),
                       LinkTo(url + "/items?f=html", "items", "text/html", "Its features for people"),
                       LinkTo(url + "/queryables", kQueryablesRel, "application/schema+json", "What its features can be selected by"),
                       LinkTo(url + "/schema", kSchemaRel, "application/schema+json", "What its features hold"),
                       LinkTo(url + "/tiles", "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector", "application/json", "Its vector tiles"),
                       LinkTo(request.base + "/styles/" + http::PercentEncoded(collection.id) + ".json", "style", "application/json", "A MapLibre style"),
                       LinkTo(url + "/download?f=geojson", "enclosure", "application/geo+json", "All of it as GeoJSON"),
                       LinkTo(url + "/download?f=csv", "enclosure", "text/csv", "All of it as CSV"),
                       LinkTo(url + "/download?f=gpkg", "enclosure", "application/geopackage+sqlite3", "All of it as GeoPackage"),
                       LinkTo(url + "/download?f=fgb", "enclosure", "application/flatgeobuf", "All of it as FlatGeobuf")};
  return document;
}

Json SchemaDocument(const Collection& collection, const GatewayRequest& request, bool queryables) {
  const Schema& schema = collection.kind->schema();
  Json document{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                {"$id", CollectionUrl(request, collection) + (queryables ? "/queryables" : "/schema")},
                {"type", "object"},
                {"title", collection.title},
                {"description", collection.description}};
  Json properties = Json::object();
  for (const Property& property : schema.properties) properties[property.name] = TypeOf(property, *collection.kind);
  properties["geometry"] = {{"x-ogc-role", "primary-geometry"},
                            {"format", schema.geometry == GeometryType::kPoint ? "geometry-point" : "geometry-polygon-any"}};
  document["properties"] = std::move(properties);
  document["additionalProperties"] = false;
  return document;
}

Json ContextDocument(const wardwatch::v1::AnswerContext& context) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  std::string text;
  if (!google::protobuf::util::MessageToJsonString(context, &text, options).ok()) return nullptr;
  Json document = Json::parse(text, nullptr, false);
  // Of a message of the RPC; these bytes have an ETag.
  document.erase("answer_hash");
  return document;
}

}  // namespace server
