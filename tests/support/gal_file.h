// Neighbour lists in GAL, the text form that GeoDa and PySAL publish.
#pragma once

#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace support {

// Lists of positions in the file. First line: the number of places, alone or second of four words; then for each its id and how many, and a line of their ids.
// Places stand in order of id, as 1, 2, 3, unless `ids` gives the order of the table that goes with the file. Empty when the text is no such list.
inline std::vector<std::vector<std::uint32_t>> ReadGal(const std::string& text, const std::vector<std::string>& ids = {}) {
  std::istringstream in(text);
  std::string line, word, first;
  std::getline(in, line);
  std::istringstream header(line);
  header >> first;
  if (header >> word) first = word;
  const std::size_t count = first.empty() ? 0 : std::stoul(first);
  std::map<std::string, std::uint32_t> position;
  for (std::uint32_t i = 0; i < count; ++i) position[ids.empty() ? std::to_string(i + 1) : ids.at(i)] = i;
  std::vector<std::vector<std::uint32_t>> lists(count);
  for (std::size_t place = 0; place < count; ++place) {
    std::string id;
    std::size_t neighbours = 0;
    if (!(in >> id >> neighbours) || !position.contains(id)) return {};
    for (std::size_t k = 0; k < neighbours; ++k) {
      if (!(in >> word) || !position.contains(word)) return {};
      lists[position[id]].push_back(position[word]);
    }
  }
  return lists;
}

}  // namespace support
