// Small text files, whole: manifests and dictionaries.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "geo/types/result.h"

namespace geo {

// Opens once, without waiting on a pipe, and reads only a regular file.
// Errors: kNotFound NO_SUCH_FILE; kInvalidArgument NOT_A_FILE, TOO_LONG; kInternal READ_FAILED. Messages hold no path.
Result<std::string> ReadTextFile(const std::filesystem::path& path, std::size_t max_bytes);

}  // namespace geo
