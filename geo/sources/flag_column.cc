#include "geo/sources/flag_column.h"

#include <algorithm>

namespace geo {

std::optional<bool> FlagColumn::read(std::string_view text) const {
  if (std::find(yes.begin(), yes.end(), text) != yes.end()) return true;
  if (std::find(no.begin(), no.end(), text) != no.end()) return false;
  return std::nullopt;
}

}  // namespace geo
