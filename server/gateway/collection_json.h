// Collections as documents.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "server/gateway/gateway_request.h"
#include "server/layers/bbox.h"

namespace server {

using Json = nlohmann::ordered_json;

Json LinkTo(const std::string& href, std::string_view rel, std::string_view type, std::string_view title);
// An entry of /collections, and /collections/{collectionId} itself.
Json CollectionDocument(const Collection& collection, const GatewayRequest& request);
// Adds "wardwatch:handling" where the collection has a mark.
void AddHandling(const Collection& collection, Json& document);
// JSON Schema of a feature's properties: what may be filtered by (queryables), or what comes (schema).
Json SchemaDocument(const Collection& collection, const GatewayRequest& request, bool queryables);
// An AnswerContext with the names of its proto.
Json ContextDocument(const wardwatch::v1::AnswerContext& context);

std::string CollectionUrl(const GatewayRequest& request, const Collection& collection);
inline constexpr std::string_view kQueryablesRel = "http://www.opengis.net/def/rel/ogc/1.0/queryables";
inline constexpr std::string_view kSchemaRel = "http://www.opengis.net/def/rel/ogc/1.0/schema";

}  // namespace server
