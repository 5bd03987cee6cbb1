// How much memory a process has, as the system tells it.
#pragma once

#include <fstream>
#include <string>

namespace support {

// Of "VmRSS" (now) or "VmHWM" (the most so far), in KiB; 0 where the process is gone. `process`: its number, or "self".
inline long MemoryKib(const std::string& process, const std::string& what) {
  std::ifstream status("/proc/" + process + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(what + ":")) return std::stol(line.substr(what.size() + 1));
  }
  return 0;
}

// What is freed stays with a sanitizer for a while: limits of memory hold without one.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kMemoryIsOurs = false;
#else
inline constexpr bool kMemoryIsOurs = true;
#endif

}  // namespace support
