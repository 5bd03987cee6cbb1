// A small file that goes into a request.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "geo/types/result.h"

namespace server {

// The bytes of a file or pipe. Errors, on `flag`: it cannot be read, it is a folder, it holds more than `most_bytes`.
geo::Result<std::string> ReadInputFile(const std::filesystem::path& path, std::string_view flag, std::size_t most_bytes);

}  // namespace server
