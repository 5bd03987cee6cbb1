#include "server/cli/output_sink.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace server {

geo::Error OutputSink::failure(const char* what) const {
  return {geo::ErrorCode::kInternal, "--output", "CANNOT_WRITE",
          fmt::format("cannot {} {}: {}", what, is_file() ? path_.string() : std::string("the output"), std::strerror(errno))};
}

geo::Result<OutputSink> OutputSink::Open(const std::filesystem::path& path) {
  OutputSink sink;
  sink.path_ = path;
  if (path.empty()) {
    sink.descriptor_ = STDOUT_FILENO;
    return sink;
  }
  sink.partial_ = path;
  sink.partial_ += fmt::format(".{}.partial", getpid());
  sink.descriptor_ = open(sink.partial_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (sink.descriptor_ < 0) {
    sink.partial_.clear();
    return geo::Fail(sink.failure("create"));
  }
  return sink;
}

OutputSink::OutputSink(OutputSink&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)), partial_(std::move(other.partial_)) {
  other.path_.clear();
  other.partial_.clear();
}

OutputSink::~OutputSink() {
  if (partial_.empty() || descriptor_ < 0) return;
  close(descriptor_);
  unlink(partial_.c_str());
}

geo::Result<void> OutputSink::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      if (errno == EPIPE) return geo::Fail({geo::ErrorCode::kCancelled, "", kReaderGone, "the reader of the output went away"});
      return geo::Fail(failure("write"));
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

geo::Result<void> OutputSink::finish() {
  if (!is_file()) return {};
  if (fsync(descriptor_) != 0 && errno != EINVAL) return geo::Fail(failure("write"));
  if (close(std::exchange(descriptor_, -1)) != 0 || rename(partial_.c_str(), path_.c_str()) != 0) {
    const geo::Error error = failure("write");
    unlink(partial_.c_str());
    return geo::Fail(error);
  }
  return {};
}

}  // namespace server
