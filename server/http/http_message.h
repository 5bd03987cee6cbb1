// Requests and responses as the gateway's own values: nothing here knows how they travel.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/types/result.h"
#include "geo/types/stop_signal.h"
#include "server/http/target.h"

namespace server::http {

// kOther: one that HTTP knows and nothing here has (PUT, DELETE, PATCH and so on); Request::method_name tells which.
enum class Method : std::uint8_t { kGet, kHead, kPost, kOptions, kOther };

// Of what a client sent, the parts that anything may depend on. Every other header is ignored: X-Forwarded-*, X-Role and their like change nothing.
struct Request {
  Method method = Method::kGet;
  std::string method_name = "GET";
  Target target;
  std::string host;
  std::string origin;  // empty: not from a page of another site
  std::string accept;
  std::string accept_encoding;
  std::string content_type;
  std::string if_none_match;
  std::string if_range;
  std::string range;
  std::string grpc_timeout;
  std::string access_control_request_method;
  std::vector<std::pair<std::string, std::string>> metadata;  // of gRPC-Web: lower-case names that may travel on
  std::string body;
};

// A body that is made piece by piece, each on a worker when the one before has been taken.
class BodySource {
 public:
  virtual ~BodySource() = default;
  // Appends the next piece, of about 256 KiB. False when it is the last.
  virtual geo::Result<bool> next(std::string& piece, const geo::StopSignal& stop) = 0;
};

using Bytes = std::shared_ptr<const std::string>;
inline Bytes MakeBytes(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

struct Response {
  int status = 200;
  std::string content_type;
  std::vector<std::pair<std::string, std::string>> headers;  // beyond those that every response has
  Bytes body;                                                // null: empty
  std::unique_ptr<BodySource> stream;                        // in place of a body
  Bytes gzipped;                                             // the body's gzip, where it is known already
  std::string etag;                                          // without quotes; empty: none
  std::string cache_control = "private, no-cache";           // one client may keep it, and must ask: a reload changes answers, and roles will
  bool ranges = false;                                       // Range is answered
  bool compressible = false;
  bool page = false;   // HTML: gets a content security policy
  bool close = false;  // the connection ends with it
  std::int64_t rows = 0;
  std::optional<geo::Error> error;  // what the log says of it
};

// Text of a status: "Not Found".
const char* ReasonOf(int status);

}  // namespace server::http
