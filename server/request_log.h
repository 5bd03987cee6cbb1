// One line for each request and each event of the server, on stderr. No coordinates, no filters, no purpose text: its length only.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace spdlog {
class logger;
}

namespace server {

struct RequestLine {
  std::string_view method;  // "HotspotService.FindHotspots"
  std::string_view status;  // "OK"
  std::string_view reason;  // of an error: "HOUR_UNKNOWN"
  std::string_view field;   // of an error: a path of the request, never its value
  double ms = 0;
  std::int64_t rows = 0;
  std::string_view snapshot;
  std::size_t purpose_bytes = 0;
};

// Thread-safe.
class RequestLog {
 public:
  enum class Form { kText, kJson, kNone };
  explicit RequestLog(Form form);
  ~RequestLog();

  void request(const RequestLine& line);
  // An event of the server: "reload", {{"snapshot", id}}.
  void event(std::string_view name, std::initializer_list<std::pair<std::string_view, std::string>> fields, bool error = false);
  void flush();

 private:
  const Form form_;
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace server
