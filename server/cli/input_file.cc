#include "server/cli/input_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include "server/cli/question_parts.h"

namespace server {

geo::Result<std::string> ReadInputFile(const std::filesystem::path& path, std::string_view flag, std::size_t most_bytes) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return geo::Fail(BadFlag(std::string(flag), fmt::format("{} is a folder, not a file", path.string())));
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return geo::Fail(BadFlag(std::string(flag), fmt::format("{} cannot be read: {}", path.string(), std::strerror(errno))));
  // One byte more tells too long from just fitting, also of a pipe, which has no size.
  std::string bytes(most_bytes + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.bad()) return geo::Fail(BadFlag(std::string(flag), fmt::format("{} cannot be read: {}", path.string(), std::strerror(errno))));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  if (bytes.size() > most_bytes) {
    return geo::Fail(BadFlag(std::string(flag), fmt::format("{} holds more than {} KiB, the most that one question takes", path.string(), most_bytes >> 10)));
  }
  return bytes;
}

}  // namespace server
