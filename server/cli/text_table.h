// Tables that fit the terminal.
#pragma once

#include <string>
#include <vector>

#include "server/cli/terminal.h"

namespace server {

enum class Align { kLeft, kRight };

struct TableColumn {
  std::string heading;  // lines parted by '\n'
  Align align = Align::kLeft;
  int least_width = 0;  // cut down to this, with an ellipsis, when the table is too wide; 0: never cut
  int drop_order = 0;   // left out when cutting is not enough, 1 first, all of one number together; 0: never
};

// Fits a width in this order: cut the columns that may be cut, put one space between columns instead of two, leave out a column, begin again.
// When nothing more may go the table is wider than asked.
class TextTable {
 public:
  explicit TextTable(std::vector<TableColumn> columns);

  // One cell per column. Cells are made printable.
  void add_row(const std::vector<std::string>& cells);
  void add_rule();

  // Lines end in '\n' and carry no spaces at the end. `left_out` receives the headings that did not fit; it may be null.
  std::string format(const Terminal& terminal, std::vector<std::string>* left_out) const;

 private:
  struct Layout {
    std::vector<std::size_t> columns;
    std::vector<int> widths;
    int gap = 2;
  };
  bool fit(int width, std::vector<std::size_t> columns, Layout& layout) const;
  Layout lay_out(int width) const;
  void append_line(const Layout& layout, const std::vector<std::string>& cells, const Terminal& terminal, std::string& out) const;

  std::vector<TableColumn> columns_;
  std::vector<std::vector<std::string>> rows_;  // an empty row is a rule
  std::vector<int> natural_widths_;
};

}  // namespace server
