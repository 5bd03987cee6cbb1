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
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored) && !std::filesystem::is_regular_file(path, ignored)) {
    // A device or a pipe is written to, never replaced.
    sink.descriptor_ = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (sink.descriptor_ < 0) return geo::Fail(sink.failure("open"));
    return sink;
  }
  // Behind a link the file that it names is replaced, not the link.
  if (std::filesystem::is_symlink(path, ignored)) sink.path_ = std::filesystem::weakly_canonical(path, ignored);
  sink.partial_ = sink.path_;
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
  if (path_.empty() || descriptor_ < 0) return;
  close(descriptor_);
  if (!partial_.empty()) unlink(partial_.c_str());
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

void OutputSink::abandon() const {
  if (!partial_.empty()) unlink(partial_.c_str());
}

geo::Result<void> OutputSink::finish() {
  if (!is_file()) return {};
  if (partial_.empty()) {
    if (close(std::exchange(descriptor_, -1)) != 0) return geo::Fail(failure("write"));
    return {};
  }
  if (fsync(descriptor_) != 0 && errno != EINVAL) return geo::Fail(failure("write"));
  if (close(std::exchange(descriptor_, -1)) != 0 || rename(partial_.c_str(), path_.c_str()) != 0) {
    const geo::Error error = failure("write");
    unlink(partial_.c_str());
    return geo::Fail(error);
  }
  return {};
}

}  // namespace server
