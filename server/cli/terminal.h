// What the reader's screen can show.
#pragma once

#include <string>

namespace server {

struct Terminal {
  int width_columns = 80;
  bool utf8 = true;

  const char* ellipsis() const { return utf8 ? "…" : "..."; }
  const char* dash() const { return utf8 ? "–" : "-"; }
  const char* square_km() const { return utf8 ? "km²" : "km2"; }
  const char* infinity() const { return utf8 ? "∞" : "inf"; }
};

// The width that the terminal behind `file_descriptor` reports; 80 when it is none. `locale` is the value of LC_ALL, LC_CTYPE or LANG, whichever is set
// first: it names UTF-8, or only ASCII is drawn.
Terminal DescribeTerminal(int file_descriptor, const std::string& locale, bool ascii_only);

}  // namespace server
