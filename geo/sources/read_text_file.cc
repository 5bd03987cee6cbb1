#include "geo/sources/read_text_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace geo {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

tl::unexpected<Error> Refuse(ErrorCode code, const char* reason, std::string message) { return Fail({code, "", reason, std::move(message)}); }

}  // namespace

Result<std::string> ReadTextFile(const std::filesystem::path& path, std::size_t max_bytes) {
  const auto system_reason = [] { return std::generic_category().message(errno); };
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (file.number() < 0) return Refuse(ErrorCode::kNotFound, "NO_SUCH_FILE", "cannot be opened: " + system_reason());
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) return Refuse(ErrorCode::kInternal, "READ_FAILED", system_reason());
  if (!S_ISREG(status.st_mode)) return Refuse(ErrorCode::kInvalidArgument, "NOT_A_FILE", "not a regular file");
  std::string text;
  char buffer[16384];
  for (;;) {
    const ssize_t n = ::read(file.number(), buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return Refuse(ErrorCode::kInternal, "READ_FAILED", system_reason());
    if (n == 0) return text;
    text.append(buffer, static_cast<std::size_t>(n));
    if (text.size() > max_bytes) return Refuse(ErrorCode::kInvalidArgument, "TOO_LONG", fmt::format("over {} bytes", max_bytes));
  }
}

}  // namespace geo
