// From Beast's request to ours: what is refused before anyone serves it, and what of it is kept.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>
#include <string>

#include <tl/expected.hpp>

#include "server/http/http_message.h"

namespace server::http {

struct Refusal {
  int status = 400;
  std::string reason;
  std::string detail;
};

using RawRequest = boost::beast::http::request<boost::beast::http::string_body>;

// Of the head alone, before the body is read: HTTP/1.1, one good Host, no Transfer-Encoding (a length is asked for: one way to frame a body leaves nothing to
// disagree about), a body that is not compressed, a method that HTTP knows, no body with those that
// read.
std::optional<Refusal> CheckHead(const RawRequest& request);
bool Expects100(const RawRequest& request);

// Takes the body out of `raw`.
tl::expected<Request, Refusal> TakeRequest(RawRequest& raw);

}  // namespace server::http
