// How a source tells a flag: a column with words for yes and no, or the same for all of its rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace geo {

struct FlagColumn {
  std::string flag;              // id
  std::uint8_t bit = 0;          // its index in the dataset's flags
  std::string column;            // header name; empty: `always` holds for every row
  std::vector<std::string> yes, no;  // byte for byte; "" is a blank field; no word in both
  bool always = false;
  bool drops_position = false;   // the position of a row that has it is not kept: it is somebody's home

  // Whether a field says yes; nullopt for a word that is in neither list.
  std::optional<bool> read(std::string_view text) const;
};

}  // namespace geo
