// One column of a dBASE table: fixed-width text behind a header of fixed-width fields.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace support {

// The cells of `column` without the blanks around them; empty when the table has no such column.
inline std::vector<std::string> DbfColumn(const std::string& bytes, const std::string& column) {
  if (bytes.size() < 32) return {};
  const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes.at(at))); };
  const std::size_t rows = byte(4) | byte(5) << 8 | byte(6) << 16 | byte(7) << 24, header = byte(8) | byte(9) << 8, row_bytes = byte(10) | byte(11) << 8;
  std::size_t offset = 1;  // the mark of deleted rows
  for (std::size_t field = 32; field + 32 <= header && bytes.at(field) != '\r'; field += 32) {
    const std::string name = bytes.substr(field, 11).c_str();
    const std::size_t width = byte(field + 16);
    if (name != column) {
      offset += width;
      continue;
    }
    std::vector<std::string> cells;
    for (std::size_t row = 0; row < rows; ++row) {
      std::string cell = bytes.substr(header + row * row_bytes + offset, width);
      cell.erase(0, cell.find_first_not_of(' '));
      cell.erase(cell.find_last_not_of(' ') + 1);
      cells.push_back(cell);
    }
    return cells;
  }
  return {};
}

inline std::vector<double> DbfNumbers(const std::string& bytes, const std::string& column) {
  std::vector<double> numbers;
  for (const std::string& cell : DbfColumn(bytes, column)) numbers.push_back(std::stod(cell));
  return numbers;
}

}  // namespace support
