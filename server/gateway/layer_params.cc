#include "server/gateway/layer_params.h"

namespace server {

geo::Result<LayerQuestion> TakeLayerQuestion(QueryReader& query, const AnyLayer& layer) {
  // In this order in messages, whatever the order of evaluation.
  const std::string datetime = query.take_or_empty("datetime"), category = query.take_or_empty("category"), workstream = query.take_or_empty("workstream");
  return MakeLayerQuestion(datetime, category, workstream, layer.data(), layer.collection != nullptr && layer.collection->kind->standing());
}

std::string LayerQueryOf(const GatewayRequest& request) {
  std::string text;
  for (const auto& [name, value] : request.http->target.parameters) {
    if (name != "datetime" && name != "category" && name != "workstream") continue;
    text += (text.empty() ? '?' : '&') + name + '=' + http::PercentEncoded(value);
  }
  return text;
}

geo::Result<std::string> WithoutEnding(const std::string& segment, std::string_view ending) {
  if (segment.size() > ending.size() && segment.ends_with(ending)) return segment.substr(0, segment.size() - ending.size());
  return geo::Fail({geo::ErrorCode::kNotFound, "", "UNKNOWN_RESOURCE", "there is nothing here; names of this kind end in " + std::string(ending)});
}

}  // namespace server
