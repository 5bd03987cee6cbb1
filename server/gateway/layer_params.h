// The parameters by which every layer is asked: datetime, category, workstream.
#pragma once

#include <string>

#include "server/gateway/gateway_request.h"
#include "server/layers/draw_tile.h"

namespace server {

geo::Result<LayerQuestion> TakeLayerQuestion(QueryReader& query, const AnyLayer& layer);

// "?datetime=...&category=..." of those that a request was asked with, for the addresses that its answer holds; empty for none.
std::string LayerQueryOf(const GatewayRequest& request);

// "{layer}.json" without its ending. kNotFound UNKNOWN_RESOURCE for another ending.
geo::Result<std::string> WithoutEnding(const std::string& segment, std::string_view ending);

}  // namespace server
