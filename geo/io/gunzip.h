// Gzip, unpacked within bounds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "geo/types/result.h"

namespace geo {

bool IsGzip(std::string_view bytes);

// Unpacks every member of a gzip file. Real tables unpack to 4..15 times their size, so beyond kFreeBytes a ratio over kMaxRatio is taken for a bomb.
// Errors: kInvalidArgument NOT_GZIP, CUT_FILE (ends inside a member), BAD_GZIP (checksum, bytes after the last member), UNPACKS_TOO_LARGE.
Result<std::string> Gunzip(std::string_view bytes, const std::string& name, std::int64_t limit_bytes);

inline constexpr std::int64_t kFreeBytes = 16 << 20;
inline constexpr std::int64_t kMaxRatio = 20;

}  // namespace geo
