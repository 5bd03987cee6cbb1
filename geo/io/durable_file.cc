#include "geo/io/durable_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>
#include <vector>

namespace geo {
namespace {

namespace fs = std::filesystem;

constexpr char kMark[] = ".writing-";

Error WriteFault(const fs::path& target, const char* doing, int error_number) {
  return {ErrorCode::kInternal, "store", "STORE_WRITE", fmt::format("{}: {}: {}", target.filename().string(), doing, std::strerror(error_number))};
}

// 0, or the system's error number.
int SyncPath(const fs::path& path, int flags) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC);
  if (fd < 0) return errno;
  const int failed = ::fsync(fd) == 0 ? 0 : errno;
  const int not_closed = ::close(fd) == 0 ? 0 : errno;
  return failed != 0 ? failed : not_closed;
}

fs::path FolderOf(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

void RemoveWithSideFiles(const fs::path& path) {
  std::error_code ignored;
  for (const char* suffix : {"", "-journal", "-wal", "-shm"}) fs::remove(fs::path(path.string() + suffix), ignored);
}

}  // namespace

Successor::Successor(fs::path target) : target_(std::move(target)), path_(target_.string() + kMark + std::to_string(::getpid()) + ".gpkg") {
  RemoveWithSideFiles(path_);
}

Successor::~Successor() { RemoveWithSideFiles(path_); }

Result<void> Successor::publish() {
  if (const int fault = SyncPath(path_, O_RDWR); fault != 0) return Fail(WriteFault(target_, "cannot be synced to disk", fault));
  if (::rename(path_.c_str(), target_.c_str()) != 0) return Fail(WriteFault(target_, "cannot be replaced", errno));
  if (const int fault = SyncPath(FolderOf(target_), O_RDONLY | O_DIRECTORY); fault != 0) {
    return Fail(WriteFault(target_, "was replaced, but its folder cannot be synced", fault));
  }
  return {};
}

void RemoveAbandonedSuccessors(const fs::path& target) {
  std::error_code ignored;
  const std::string prefix = target.filename().string() + kMark;
  std::vector<fs::path> abandoned;
  for (fs::directory_iterator it(FolderOf(target), ignored), end; !ignored && it != end; it.increment(ignored)) {
    if (it->path().filename().string().starts_with(prefix)) abandoned.push_back(it->path());
  }
  for (const fs::path& path : abandoned) fs::remove(path, ignored);
}

Result<StoreLock> StoreLock::Take(const fs::path& target) {
  const std::string path = target.string() + ".lock";
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (fd < 0) return Fail(WriteFault(target, "its lock file cannot be opened", errno));
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    const int fault = errno;
    ::close(fd);
    if (fault != EWOULDBLOCK) return Fail(WriteFault(target, "cannot be locked", fault));
    return Fail(Error{ErrorCode::kAborted, "store", "STORE_LOCKED",
                      fmt::format("another load, or an edit, is writing {}; try again when it has finished", target.filename().string())});
  }
  return StoreLock(fd);
}

StoreLock::StoreLock(StoreLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

StoreLock::~StoreLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace geo
