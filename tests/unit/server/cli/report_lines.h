// Looking into rendered reports.
#pragma once

#include <algorithm>
#include <sstream>
#include <string>

#include "server/cli/text_width.h"

namespace server {

inline int WidestLine(const std::string& text) {
  int widest = 0;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) widest = std::max(widest, DisplayWidth(line));
  return widest;
}

inline std::string LineWith(const std::string& text, const std::string& part) {
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    if (line.find(part) != std::string::npos) return line;
  }
  return "no line with " + part;
}

// The lines from the one that begins with `first` to the blank one after it: a table without what stands around it.
inline std::string BlockFrom(const std::string& text, const std::string& first) {
  std::istringstream stream(text);
  std::string block;
  for (std::string line; std::getline(stream, line);) {
    if (block.empty() && line.rfind(first, 0) != 0) continue;
    if (line.empty()) break;
    block += line + '\n';
  }
  return block;
}

}  // namespace server
