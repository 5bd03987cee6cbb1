// The rows of a layer: an id and properties each. Values are kept once, already in the bytes of a tile.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "geo/types/result.h"

namespace geo {

// monostate: the feature has no such property. Text is UTF-8.
using TileValue = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

// A 53-bit id of a text key, the same in every run and version, never 0: what JavaScript holds exactly. Of a million keys two share one with probability 6e-5.
std::uint64_t StableFeatureId(std::string_view key);

class TileTable {
 public:
  using Code = std::uint32_t;
  static constexpr Code kNoValue = 0xFFFF'FFFF;
  static constexpr std::size_t kMostColumns = 64;

  // Errors: kInvalidArgument on `layer.columns` for over kMostColumns, an empty or a repeated name.
  static Result<TileTable> Make(std::vector<std::string> columns);

  // The code of a value, the same for equal values of one type: a caller with few distinct values asks once for each. kNoValue for monostate.
  // Errors: kInvalidArgument on `layer.value` for a number that is not finite. Cost: one hash.
  Result<Code> code_of(const TileValue& value);
  // A row with a code for each column (checked). Ids need not differ: the row tells features apart.
  void add(std::uint64_t id, std::span<const Code> row);
  Result<void> add(std::uint64_t id, std::span<const TileValue> row);

  std::size_t rows() const { return ids_.size(); }
  std::size_t columns() const { return columns_.size(); }
  const std::string& column(std::size_t index) const { return columns_[index]; }
  std::uint64_t id(std::size_t row) const { return ids_[row]; }
  std::span<const Code> codes(std::size_t row) const { return {codes_.data() + row * columns_.size(), columns_.size()}; }
  std::size_t distinct_values() const { return values_.size(); }
  // A Value message of MVT.
  const std::string& value_bytes(Code code) const { return values_[code]; }

  // The same values with rows[i] of this table as row i.
  TileTable rearranged(std::span<const std::uint32_t> rows) const;

 private:
  std::vector<std::string> columns_;
  std::vector<std::uint64_t> ids_;
  std::vector<Code> codes_;  // row by row
  std::vector<std::string> values_;
  std::unordered_map<std::string, Code> code_of_bytes_;
};

}  // namespace geo
