// Is this the whole of a text file?
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "geo/types/result.h"

namespace geo {

// Bytes of the UTF-8 byte order mark to skip, 0 or 3.
// Errors, all kInvalidArgument, the first by byte offset, with line and offset in the message: FILE_TOO_LONG (4 GiB), NUL_BYTE, NOT_UTF8 (Unicode 15, table
// 3-7: no overlong forms, no surrogates, nothing past U+10FFFF), LONE_CR; then CUT_FILE for an empty text or one that does not end with a line feed. Cost: one
// pass, eight ASCII bytes at a time.
Result<std::size_t> CheckText(std::string_view text);

// At most 40 bytes of `text` for a message: control characters, quotes, backslashes and bytes that are not UTF-8 as \xNN; "..." where it was cut.
std::string Excerpt(std::string_view text);

// Length of the UTF-8 sequence at the start of `text`, 1..4, or 0 when there is no good one.
std::size_t SequenceLength(std::string_view text);

}  // namespace geo
