// What each resource of the gateway plans for a request. Cheap: what takes work is put into the plan.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "server/gateway/gateway_request.h"

namespace server {

using PlanPage = geo::Result<http::Plan> (*)(const GatewayRequest& request, QueryReader& query);

struct Route {
  http::Method method = http::Method::kGet;  // HEAD goes where GET does
  std::vector<std::string> pattern;          // segments; "{name}" stands for any one
  std::string label;                         // "GET/collections/{collectionId}"
  PlanPage plan = nullptr;
  bool without_data = false;  // answers while there is no snapshot, and while draining
};

// All resources, in the order in which the OpenAPI document lists them.
std::span<const Route> Routes();

geo::Result<http::Plan> PlanLanding(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanConformance(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanApi(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanStyleSheet(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanHealth(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanLive(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanMetrics(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanCollections(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanCollection(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanQueryables(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanSchema(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanItems(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanDownload(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanTile(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanOgcTile(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanTileJson(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanStyle(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanLegend(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanMatrixSets(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanMatrixSet(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanTileSets(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanTileSet(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanWmts(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanWmtsDocument(const GatewayRequest& request, QueryReader& query);
geo::Result<http::Plan> PlanItem(const GatewayRequest& request, QueryReader& query);

// The conformance classes that the tests prove.
std::vector<std::string> ConformanceClasses();
// The OpenAPI 3.0 document of these routes and this data.
std::string OpenApiDocument(const GatewayRequest& request);

}  // namespace server
