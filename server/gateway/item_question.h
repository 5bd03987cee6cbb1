// The parameters of a request for features.
#pragma once

#include <string>

#include "server/codec/page_token.h"
#include "server/gateway/gateway_request.h"
#include "server/layers/feature_selection.h"
#include "server/layers/layer_question.h"

namespace server {

struct ItemQuestion {
  LayerQuestion layer;
  FeatureSelection selection;
  LayerCrs crs = LayerCrs::kCrs84;
  std::size_t limit = 0;
  std::size_t offset = 0;
  PageTicket ticket;  // for the next page
};

// Takes datetime, category, workstream, crs, bbox, bbox-crs, filter, filter-lang, filter-crs, limit, token, and each property of the collection by its name.
geo::Result<ItemQuestion> DecodeItemQuestion(const GatewayRequest& request, QueryReader& query, const Collection& collection, int usual_limit);
// The same without limit and token: all of them.
geo::Result<ItemQuestion> DecodeAllItems(QueryReader& query, const Collection& collection);
// Takes datetime, category, workstream, crs: what a single feature depends on.
geo::Result<ItemQuestion> DecodeOneItem(QueryReader& query, const Collection& collection);

}  // namespace server
