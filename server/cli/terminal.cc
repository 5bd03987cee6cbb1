#include "server/cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>

namespace server {

Terminal DescribeTerminal(int file_descriptor, const std::string& locale, bool ascii_only) {
  Terminal terminal;
  winsize size{};
  // A terminal that does not know its size reports 0.
  if (isatty(file_descriptor) == 1 && ioctl(file_descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    terminal.width_columns = std::max<int>(size.ws_col, 40);
  std::string lower = locale;
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  terminal.utf8 = !ascii_only && (lower.find("utf-8") != std::string::npos || lower.find("utf8") != std::string::npos);
  return terminal;
}

}  // namespace server
