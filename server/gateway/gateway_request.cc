#include "server/gateway/gateway_request.h"

#include <algorithm>

#include "geo/types/sha256.h"
#include "server/codec/refusal.h"

namespace server {

std::string GatewayRequest::path() const {
  std::string url = base;
  for (const std::string& segment : http->target.segments) url += '/' + http::PercentEncoded(segment);
  return http->target.segments.empty() ? url + '/' : url;
}

std::string GatewayRequest::url(const std::vector<std::pair<std::string, std::string>>& changed) const {
  std::string text = path();
  char mark = '?';
  const auto add = [&](const std::string& name, const std::string& value) {
    text += mark + http::PercentEncoded(name) + '=' + http::PercentEncoded(value);
    mark = '&';
  };
  for (const auto& [name, value] : http->target.parameters) {
    const bool replaced = std::any_of(changed.begin(), changed.end(), [&](const auto& one) { return one.first == name; });
    if (!replaced) add(name, value);
  }
  for (const auto& [name, value] : changed) {
    if (!value.empty()) add(name, value);
  }
  return text;
}

geo::Result<std::size_t> TakeMedium(QueryReader& query, const GatewayRequest& request, const std::vector<Medium>& offered) {
  const auto asked = query.take("f");
  if (!asked) return ChooseMedium(request.http->accept, offered);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < offered.size(); ++i) {
    if (offered[i].name == *asked) return i;
    names.push_back(offered[i].name);
  }
  return geo::Fail({geo::ErrorCode::kInvalidArgument, "f", "UNKNOWN_VALUE", "is " + Quoted(*asked) + "; send one of: " + Listed(names)});
}

std::string EtagOf(const GatewayRequest& request, std::string_view medium) {
  auto parameters = request.http->target.parameters;
  std::sort(parameters.begin(), parameters.end());
  std::string key = WARDWATCH_VERSION "\nanalyst\n";
  for (const std::string& part : {request.snapshot->id, request.since, request.path(), std::string(medium)}) key += part + '\n';
  // `f` has done its work: the same representation has one tag however it was asked for.
  for (const auto& [name, value] : parameters) {
    if (name != "f") key += name + '=' + value + '\n';
  }
  return geo::Sha256Hex(key).substr(0, 32);
}

http::Plan Now(http::Response response, std::string etag) {
  http::Plan plan;
  response.etag = std::move(etag);
  plan.now = std::move(response);
  return plan;
}

http::Response JsonResponse(std::string text, std::string type) {
  http::Response response;
  response.content_type = std::move(type);
  response.body = http::MakeBytes(std::move(text));
  response.compressible = true;
  return response;
}

}  // namespace server
