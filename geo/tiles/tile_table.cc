#include "geo/tiles/tile_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "geo/tiles/mvt_layer.h"
#include "geo/types/check.h"
#include "geo/types/sha256.h"

namespace geo {

std::uint64_t StableFeatureId(std::string_view key) {
  const std::string digest = Sha256Hex(key);
  std::uint64_t value = 0;
  std::from_chars(digest.data(), digest.data() + 16, value, 16);
  value >>= 11;
  return value == 0 ? 1 : value;
}

Result<TileTable> TileTable::Make(std::vector<std::string> columns) {
  if (columns.size() > kMostColumns) {
    return Fail(InvalidArgument("layer.columns", fmt::format("{} properties; a layer has at most {}", columns.size(), kMostColumns)));
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].empty()) return Fail(InvalidArgument("layer.columns", "a property without a name"));
    if (std::find(columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(i), columns[i]) != columns.begin() + static_cast<std::ptrdiff_t>(i)) {
      return Fail(InvalidArgument("layer.columns", fmt::format("two properties named \"{}\"", columns[i])));
    }
  }
  TileTable table;
  table.columns_ = std::move(columns);
  return table;
}

Result<TileTable::Code> TileTable::code_of(const TileValue& value) {
  if (std::holds_alternative<std::monostate>(value)) return kNoValue;
  if (const auto* number = std::get_if<double>(&value); number != nullptr && !std::isfinite(*number)) {
    return Fail(InvalidArgument("layer.value", "a property that is not a finite number; leave it out instead"));
  }
  const auto [at, fresh] = code_of_bytes_.try_emplace(EncodeValue(value), static_cast<Code>(values_.size()));
  if (fresh) values_.push_back(at->first);
  WARDWATCH_CHECK(values_.size() < kNoValue, "{} values", values_.size());
  return at->second;
}

void TileTable::add(std::uint64_t id, std::span<const Code> row) {
  WARDWATCH_CHECK(row.size() == columns_.size(), "{} values for {} columns", row.size(), columns_.size());
  for (const Code code : row) WARDWATCH_CHECK(code == kNoValue || code < values_.size(), "code {} of {}", code, values_.size());
  ids_.push_back(id);
  codes_.insert(codes_.end(), row.begin(), row.end());
}

Result<void> TileTable::add(std::uint64_t id, std::span<const TileValue> row) {
  std::vector<Code> codes;
  codes.reserve(row.size());
  for (const TileValue& value : row) {
    const auto code = code_of(value);
    if (!code) return Fail(code.error());
    codes.push_back(*code);
  }
  add(id, codes);
  return {};
}

TileTable TileTable::rearranged(std::span<const std::uint32_t> rows) const {
  TileTable table;
  table.columns_ = columns_;
  table.values_ = values_;
  table.code_of_bytes_ = code_of_bytes_;
  table.ids_.reserve(rows.size());
  table.codes_.reserve(rows.size() * columns_.size());
  for (const std::uint32_t row : rows) {
    table.ids_.push_back(ids_[row]);
    const auto codes = this->codes(row);
    table.codes_.insert(table.codes_.end(), codes.begin(), codes.end());
  }
  return table;
}

}  // namespace geo
