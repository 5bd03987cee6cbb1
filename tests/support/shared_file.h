// Files of the real data beside the checkout, unpacked.
#pragma once

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "tests/support/paths.h"

namespace support {

inline bool HasSharedData() { return std::filesystem::exists(std::filesystem::path(WARDWATCH_SHARED_DATA) / "MANIFEST.csv"); }

// The text of one file of ../shared/data, through gzip where the name ends in .gz; empty when it cannot be read.
inline std::string ReadSharedFile(const std::string& name) {
  const std::string path = (std::filesystem::path(WARDWATCH_SHARED_DATA) / name).string();
  const std::string command = (name.ends_with(".gz") ? "gzip -dc '" : "cat '") + path + "'";
  const auto close = [](FILE* pipe) { pclose(pipe); };
  const std::unique_ptr<FILE, decltype(close)> pipe(popen(command.c_str(), "r"), close);
  std::string text;
  std::array<char, 65536> buffer;
  while (pipe) {
    const std::size_t n = fread(buffer.data(), 1, buffer.size(), pipe.get());
    if (n == 0) break;
    text.append(buffer.data(), n);
  }
  return text;
}

}  // namespace support
