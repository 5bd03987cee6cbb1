// A request that has been routed: what its handler needs to plan an answer.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "server/gateway/media.h"
#include "server/gateway/query_reader.h"
#include "server/http/application.h"
#include "server/layers/layer_store.h"

namespace server {

// Of the gateway, for all requests.
struct GatewayParts;

struct GatewayRequest {
  const GatewayParts& parts;
  std::shared_ptr<const http::Request> http;
  std::shared_ptr<const geo::Snapshot> snapshot;
  std::shared_ptr<const Catalogue> catalogue;
  std::string base;                   // "http://127.0.0.1:8080", or the public address; no slash at the end
  std::string label;                  // "GET/collections/{collectionId}"
  std::vector<std::string> captured;  // what the pattern's {names} stand for
  std::string since;                  // since when the snapshot is served: "2026-11-30T18:00:00Z"

  // The address of this resource with these parameters in place of those that it was asked with.
  std::string url(const std::vector<std::pair<std::string, std::string>>& changed) const;
  // The address asked for, without its parameters.
  std::string path() const;
};

// Takes `f` and chooses. kInvalidArgument on "f" for a name that is not offered.
geo::Result<std::size_t> TakeMedium(QueryReader& query, const GatewayRequest& request, const std::vector<Medium>& offered);

// Names everything that the answer depends on: the data, when it was put in place, the version, the caller's role, the address that links have, the request and
// the representation.
std::string EtagOf(const GatewayRequest& request, std::string_view medium);

// A plan that is made from the catalogue alone, at once.
http::Plan Now(http::Response response, std::string etag);
http::Response JsonResponse(std::string text, std::string type = "application/json");

}  // namespace server
