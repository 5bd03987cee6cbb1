#include <fmt/format.h>

#include "server/gateway/pages.h"

namespace server {
namespace {

Route Get(const std::string& path, PlanPage plan, bool without_data = false) {
  Route route{http::Method::kGet, {}, "GET" + path, plan, without_data};
  std::size_t at = 1;
  while (at < path.size()) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    route.pattern.push_back(path.substr(at, end - at));
    at = end + 1;
  }
  return route;
}

}  // namespace

std::span<const Route> Routes() {
  static const std::vector<Route> routes{
      Get("/", PlanLanding),
      Get("/conformance", PlanConformance),
      Get("/api", PlanApi),
      Get("/collections", PlanCollections),
      Get("/collections/{collectionId}", PlanCollection),
      Get("/collections/{collectionId}/queryables", PlanQueryables),
      Get("/collections/{collectionId}/schema", PlanSchema),
      Get("/collections/{collectionId}/items", PlanItems),
      Get("/collections/{collectionId}/items/{featureId}", PlanItem),
      Get("/collections/{collectionId}/download", PlanDownload),
      Get("/collections/{collectionId}/tiles", PlanTileSets),
      Get("/collections/{collectionId}/tiles/WebMercatorQuad", PlanTileSet),
      Get("/collections/{collectionId}/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}", PlanOgcTile),
      Get("/tileMatrixSets", PlanMatrixSets),
      Get("/tileMatrixSets/{tileMatrixSetId}", PlanMatrixSet),
      Get("/tiles/{layerId}", PlanTileJson),
      Get("/tiles/{layerId}/{z}/{x}/{y}", PlanTile),
      Get("/styles/{style}", PlanStyle),
      Get("/legends/{legend}", PlanLegend),
      Get("/wmts", PlanWmts),
      Get("/wmts/1.0.0/WMTSCapabilities.xml", PlanWmtsDocument),
      Get("/health", PlanHealth, true),
      Get("/health/live", PlanLive, true),
      Get("/metrics", PlanMetrics, true),
      Get("/style.css", PlanStyleSheet, true),
  };
  return routes;
}

}  // namespace server
