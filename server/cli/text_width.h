// How wide text stands on a terminal, and how to cut and fold it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace server {

// Terminal columns of UTF-8 text: 0 for combining marks and zero-width characters, 2 for East Asian wide ones and emoji, 1 otherwise.
// An invalid byte counts 1.
int DisplayWidth(std::string_view utf8);

// Not wider than `width`, whole characters only; what was cut ends in `ellipsis`. An ellipsis wider than `width` is left out.
std::string CutToWidth(std::string_view utf8, int width, std::string_view ellipsis);

// Padded with spaces to `width`, on the left when `right_aligned`. Wider text comes back as it is.
std::string PadToWidth(std::string_view utf8, int width, bool right_aligned);

// Control characters and invalid UTF-8 become "?": names come from files of others and must not steer the terminal.
std::string Printable(std::string_view text);

// Folded at spaces into lines of at most `width`; a longer word stands alone on its line. No text gives one empty line.
std::vector<std::string> FoldText(std::string_view text, int width);

}  // namespace server
