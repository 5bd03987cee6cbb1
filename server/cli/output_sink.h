// Where an answer goes: standard output, or a file that appears whole or not at all.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "geo/types/result.h"

namespace server {

// The `reason` of an Error when the reader of a pipe went away (`wardwatch incidents ... | head`). Nothing to complain about.
inline constexpr const char* kReaderGone = "READER_GONE";

class OutputSink {
 public:
  // `path` empty: standard output. A file is written beside its place and renamed by finish(); without finish() it is removed again.
  // A device or a pipe is written to as it is; of a link, the file that it names is replaced.
  static geo::Result<OutputSink> Open(const std::filesystem::path& path);
  OutputSink(OutputSink&& other) noexcept;
  OutputSink& operator=(OutputSink&&) = delete;
  ~OutputSink();

  // Errors: kInternal, with the file and the system's word; kCancelled kReaderGone. SIGPIPE must be ignored.
  geo::Result<void> write(std::string_view bytes);
  geo::Result<void> finish();

  // Removes what was written beside the place of the file. For a process that is about to end: from any thread.
  void abandon() const;

  bool is_file() const { return !path_.empty(); }

 private:
  OutputSink() = default;
  geo::Error failure(const char* what) const;
  int descriptor_ = -1;
  std::filesystem::path path_;
  std::filesystem::path partial_;
};

}  // namespace server
