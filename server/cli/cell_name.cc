#include "server/cli/cell_name.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace server {
namespace {

template <class Number>
bool ReadNumber(std::string_view text, Number& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

geo::Result<NamedCell> ParseCellName(std::string_view name) {
  const std::size_t row_at = name.find(":r");
  const std::size_t column_at = row_at == std::string_view::npos ? row_at : name.find(":c", row_at);
  NamedCell cell;
  double size_m = 0;
  const bool parted = column_at != std::string_view::npos && (name[0] == 's' || name[0] == 'h');
  if (!parted || !ReadNumber(name.substr(1, row_at - 1), size_m) || !(size_m >= 1 && size_m <= 100'000) ||
      !ReadNumber(name.substr(row_at + 2, column_at - row_at - 2), cell.id.row) || !ReadNumber(name.substr(column_at + 2), cell.id.column)) {
    return geo::Fail({geo::ErrorCode::kInternal, "cell", "BAD_CELL", fmt::format("\"{}\" is no cell id", name)});
  }
  cell.shape = name[0] == 'h' ? geo::CellShape::kHexagon : geo::CellShape::kSquare;
  cell.size_mm = static_cast<std::int32_t>(std::lround(size_m * 1000));
  return cell;
}

}  // namespace server
