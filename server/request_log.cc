#include "server/request_log.h"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>

namespace server {
namespace {

// JSON strings are fit for both forms: quotes and control characters are escaped, bytes that are not UTF-8 replaced. One event stays one line.
std::string Escaped(std::string_view text) { return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace); }

}  // namespace

RequestLog::RequestLog(Form form) : form_(form), logger_(std::make_shared<spdlog::logger>("wardwatchd", std::make_shared<spdlog::sinks::stderr_sink_mt>())) {
  logger_->set_pattern(form == Form::kJson ? R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l",%v})" : "time=%Y-%m-%dT%H:%M:%S.%e%z level=%l %v");
  if (form == Form::kNone) logger_->set_level(spdlog::level::off);
}

RequestLog::~RequestLog() = default;

void RequestLog::request(const RequestLine& line) {
  if (form_ == Form::kNone) return;
  // Every text here is of our own making (method, status, reason, field path, digest): nothing to escape.
  if (form_ == Form::kJson) {
    logger_->info(R"("event":"request","method":"{}","status":"{}","reason":"{}","field":"{}","ms":{:.3f},"rows":{},"snapshot":"{}","purpose_bytes":{})",
                  line.method, line.status, line.reason, line.field, line.ms, line.rows, line.snapshot, line.purpose_bytes);
  } else {
    logger_->info("event=request method={} status={} reason={} field={} ms={:.3f} rows={} snapshot={} purpose_bytes={}", line.method, line.status,
                  line.reason.empty() ? "-" : line.reason, line.field.empty() ? "-" : line.field, line.ms, line.rows,
                  line.snapshot.empty() ? "-" : line.snapshot, line.purpose_bytes);
  }
}

void RequestLog::event(std::string_view name, std::initializer_list<std::pair<std::string_view, std::string>> fields, bool error) {
  if (form_ == Form::kNone) return;
  std::string text = form_ == Form::kJson ? fmt::format(R"("event":"{}")", name) : fmt::format("event={}", name);
  for (const auto& [key, value] : fields) {
    text += form_ == Form::kJson ? fmt::format(R"(,"{}":{})", key, Escaped(value)) : fmt::format(" {}={}", key, Escaped(value));
  }
  logger_->log(error ? spdlog::level::err : spdlog::level::info, "{}", text);
}

void RequestLog::flush() { logger_->flush(); }

}  // namespace server
