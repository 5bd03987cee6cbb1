#include "server/layers/layer_messages.h"

#include "server/codec/period_codec.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

v1::PropertyType EncodeType(ValueType type) {
  switch (type) {
    case ValueType::kText:
      return v1::PROPERTY_TYPE_TEXT;
    case ValueType::kWhole:
      return v1::PROPERTY_TYPE_WHOLE;
    case ValueType::kNumber:
      return v1::PROPERTY_TYPE_NUMBER;
    case ValueType::kFlag:
      return v1::PROPERTY_TYPE_FLAG;
    case ValueType::kTime:
      return v1::PROPERTY_TYPE_TIME;
    case ValueType::kDate:
      return v1::PROPERTY_TYPE_DATE;
  }
  return v1::PROPERTY_TYPE_UNSPECIFIED;
}

}  // namespace

void EncodeProperties(const Schema& schema, google::protobuf::RepeatedPtrField<v1::LayerProperty>& out) {
  for (const Property& property : schema.properties) {
    v1::LayerProperty& encoded = *out.Add();
    encoded.set_name(property.name);
    encoded.set_type(EncodeType(property.type));
    encoded.set_title(property.title);
    encoded.set_description(property.description);
    encoded.set_unit(property.unit);
    for (const std::string& value : property.values) encoded.add_values(value);
  }
}

void EncodeLegend(const geo::LayerScale& scale, const std::string& property, v1::Legend& out) {
  out.set_property(property);
  out.set_scale(std::string(scale.name));
  out.set_unit(scale.unit);
  out.set_diverging(scale.diverging);
  out.set_palette(std::string(scale.palette));
  for (const geo::LegendEntry& entry : geo::LegendOf(scale)) {
    v1::LegendClass& encoded = *out.add_classes();
    encoded.set_label(entry.label);
    if (entry.from) encoded.set_from(*entry.from);
    if (entry.below) encoded.set_below(*entry.below);
    encoded.set_colour(geo::HexOf(entry.colour));
    encoded.set_clear(entry.clear);
  }
}

void EncodeLayer(const AnyLayer& layer, v1::Layer& out) {
  out.set_id(layer.id());
  out.set_dataset("datasets/" + layer.data().record.id);
  EncodeDays(layer.collection != nullptr ? DaysOf(*layer.collection) : ExtentOf(layer.data()).days, *out.mutable_days());
  const auto& bbox = layer.collection != nullptr ? layer.collection->bbox_deg : layer.raster->bbox_deg;
  out.mutable_extent()->set_west_deg(bbox[0]);
  out.mutable_extent()->set_south_deg(bbox[1]);
  out.mutable_extent()->set_east_deg(bbox[2]);
  out.mutable_extent()->set_north_deg(bbox[3]);
  if (layer.raster != nullptr) {
    out.set_title(layer.raster->title);
    out.set_description(layer.raster->description);
    out.set_kind(v1::LAYER_KIND_RASTER);
    EncodeLegend(geo::LayerScaleOf(layer.raster->measure), "", *out.mutable_legend());
    return;
  }
  const CollectionKind& kind = *layer.collection->kind;
  out.set_title(layer.collection->title);
  out.set_description(layer.collection->description);
  out.set_kind(kind.schema().geometry == GeometryType::kPoint ? v1::LAYER_KIND_POINTS : v1::LAYER_KIND_POLYGONS);
  out.set_tile_layer(kind.layer_name());
  EncodeProperties(kind.schema(), *out.mutable_properties());
  EncodeLegend(geo::LayerScaleOf(kind.measure()), kind.schema().properties[kind.coloured()].name, *out.mutable_legend());
}

void EncodeValue(const FeatureValue& value, v1::PropertyValue& out) {
  if (const auto* text = std::get_if<std::string>(&value)) out.set_text(*text);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) out.set_whole(*whole);
  if (const auto* number = std::get_if<double>(&value)) out.set_number(*number);
  if (const auto* flag = std::get_if<bool>(&value)) out.set_flag(*flag);
}

}  // namespace server
