#include "geo/io/regular_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <new>

#include "geo/types/sha256.h"

namespace geo {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

Error Refused(const std::string& name, const char* reason, std::string what) {
  return {ErrorCode::kInvalidArgument, name, reason, fmt::format("{} {}", name, what)};
}

Error SystemFault(const std::string& name, const char* doing, int error_number) {
  return {ErrorCode::kInternal, name, "FILE_READ", fmt::format("{}: {}: {}", name, doing, std::strerror(error_number))};
}

Error NotOpened(const std::string& name, int error_number) {
  if (error_number == ENOENT || error_number == ENOTDIR) return {ErrorCode::kNotFound, name, "NO_SUCH_FILE", fmt::format("{} does not exist", name)};
  if (error_number == ELOOP) return Refused(name, "NOT_A_REGULAR_FILE", "is a symbolic link; name the file itself");
  return SystemFault(name, "cannot be opened", error_number);
}

bool SameState(const struct stat& a, const struct stat& b) {
  return a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec && a.st_ctim.tv_sec == b.st_ctim.tv_sec &&
         a.st_ctim.tv_nsec == b.st_ctim.tv_nsec;
}

}  // namespace

Result<FileBytes> ReadRegularFile(const std::filesystem::path& path, const std::string& name, std::int64_t limit_bytes) {
  // O_NONBLOCK: opening a pipe that nobody writes to must return, to be refused.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (file.get() < 0) return Fail(NotOpened(name, errno));
  struct stat before {};
  if (::fstat(file.get(), &before) != 0) return Fail(SystemFault(name, "cannot be examined", errno));
  if (!S_ISREG(before.st_mode)) return Fail(Refused(name, "NOT_A_REGULAR_FILE", "is not a regular file; folders, pipes and devices are refused"));
  if (before.st_size > limit_bytes) {
    return Fail(Refused(name, "FILE_TOO_LARGE", fmt::format("has {} bytes; the limit is {}", before.st_size, limit_bytes)));
  }
  if (before.st_size == 0) return Fail(Refused(name, "EMPTY_FILE", "is empty"));
  FileBytes read;
  try {
    read.bytes.resize(static_cast<std::size_t>(before.st_size));
  } catch (const std::bad_alloc&) {
    return Fail(Error{ErrorCode::kResourceExhausted, name, "OUT_OF_MEMORY", fmt::format("no memory for the {} bytes of {}", before.st_size, name)});
  }
  std::size_t filled = 0;
  while (filled < read.bytes.size()) {
    const ssize_t n = ::read(file.get(), read.bytes.data() + filled, read.bytes.size() - filled);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return Fail(SystemFault(name, "cannot be read", errno));
    if (n == 0) break;
    filled += static_cast<std::size_t>(n);
  }
  struct stat after {};
  if (::fstat(file.get(), &after) != 0) return Fail(SystemFault(name, "cannot be examined", errno));
  if (filled != read.bytes.size() || !SameState(before, after)) {
    return Fail(Refused(name, "FILE_CHANGED", "changed while it was read; load again when its writer has finished"));
  }
  read.sha256 = Sha256Hex(read.bytes);
  return read;
}

}  // namespace geo
