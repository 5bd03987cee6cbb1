// What describes tiles to those who draw them.
#pragma once

#include <string>
#include <string_view>

#include "server/gateway/gateway_request.h"
#include "server/layers/draw_tile.h"

namespace server {

inline constexpr std::string_view kMatrixSet = "WebMercatorQuad";
inline constexpr int kDeepestListedZoom = 18;  // deeper tiles are served, to zoom 20; clients draw those of this zoom larger

// TileJSON 3.0.0, about the days and incidents that the request names.
std::string TileJson(const GatewayRequest& request, const AnyLayer& layer);
// A MapLibre style of the layer alone, in the colours of its legend.
std::string MapStyle(const GatewayRequest& request, const AnyLayer& layer);
std::string LegendJson(const AnyLayer& layer);
std::string LegendSvg(const AnyLayer& layer);

// OGC API - Tiles (OGC 20-057) and OGC 17-083r4.
std::string MatrixSets(const GatewayRequest& request);
std::string MatrixSet(const GatewayRequest& request);
std::string TileSets(const GatewayRequest& request, const Collection& collection);
std::string TileSet(const GatewayRequest& request, const Collection& collection);

// WMTS 1.0.0 (OGC 07-057r7): the raster layers.
std::string WmtsCapabilities(const GatewayRequest& request);

}  // namespace server
