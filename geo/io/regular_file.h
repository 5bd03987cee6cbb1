// One file of a supplier, read whole and once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "geo/types/result.h"

namespace geo {

struct FileBytes {
  std::string bytes;
  std::string sha256;  // of exactly these bytes
};

// Opens `path` once without following a final link, insists on a regular file of at most `limit_bytes`, and reads it to the end. What is digested is what is
// parsed: nothing opens the name a second time. `name` is what messages call it.
// Errors: kNotFound; kInvalidArgument NOT_A_REGULAR_FILE (link, folder, pipe, device), FILE_TOO_LARGE, FILE_CHANGED (size or times moved while reading),
// EMPTY_FILE; kInternal FILE_READ with the system's reason.
Result<FileBytes> ReadRegularFile(const std::filesystem::path& path, const std::string& name, std::int64_t limit_bytes);

}  // namespace geo
