// Layers, legends and values as messages.
#pragma once

#include "server/layers/draw_tile.h"
#include "wardwatch/v1/layer.pb.h"

namespace server {

void EncodeLayer(const AnyLayer& layer, wardwatch::v1::Layer& out);
void EncodeProperties(const Schema& schema, google::protobuf::RepeatedPtrField<wardwatch::v1::LayerProperty>& out);
void EncodeLegend(const geo::LayerScale& scale, const std::string& property, wardwatch::v1::Legend& out);
void EncodeValue(const FeatureValue& value, wardwatch::v1::PropertyValue& out);

}  // namespace server
