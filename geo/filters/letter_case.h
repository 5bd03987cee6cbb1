// CASEI: text in which capitals and small letters are alike.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace geo {

// The next code point of UTF-8 text, which is shortened by it; each byte that belongs to none counts as itself, so that any bytes come to an end.
char32_t TakeCodePoint(std::string_view& text);
void AppendCodePoint(char32_t point, std::string& text);

// Simple case folding of Latin letters, Latin-1 and Latin Extended-A (names of places in Britain and of people in Europe). Others stay as they are.
// Source: Unicode 15, CaseFolding.txt, status C.
char32_t FoldedCase(char32_t point);
std::string FoldedCase(std::string_view text);

// Is it UTF-8 without control characters other than tab and line ends?
bool IsPlainText(std::string_view text);

}  // namespace geo
