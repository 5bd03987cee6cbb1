#include "server/cli/cell_name.h"

#include <fmt/format.h>

namespace server {

geo::Result<NamedCell> ParseCellName(std::string_view name) {
  const auto parsed = geo::ParseCell(name);
  if (!parsed) return geo::Fail({geo::ErrorCode::kInternal, "cell", "BAD_CELL", fmt::format("\"{}\" is no cell id", name)});
  return NamedCell{parsed->first.shape(), parsed->first.size_mm(), parsed->second};
}

}  // namespace server
