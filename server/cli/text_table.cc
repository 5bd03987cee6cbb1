#include "server/cli/text_table.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "geo/types/check.h"
#include "server/cli/text_width.h"

namespace server {
namespace {

std::vector<std::string> HeadingLines(const std::string& heading) {
  std::vector<std::string> lines(1);
  for (const char c : heading) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back().push_back(c);
    }
  }
  return lines;
}

}  // namespace

TextTable::TextTable(std::vector<TableColumn> columns) : columns_(std::move(columns)) {
  for (const TableColumn& column : columns_) {
    int width = 0;
    for (const std::string& line : HeadingLines(column.heading)) width = std::max(width, DisplayWidth(line));
    natural_widths_.push_back(width);
  }
}

void TextTable::add_row(const std::vector<std::string>& cells) {
  WARDWATCH_CHECK(cells.size() == columns_.size(), "{} cells for {} columns", cells.size(), columns_.size());
  std::vector<std::string> row;
  row.reserve(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    row.push_back(Printable(cells[i]));
    natural_widths_[i] = std::max(natural_widths_[i], DisplayWidth(row.back()));
  }
  rows_.push_back(std::move(row));
}

void TextTable::add_rule() { rows_.emplace_back(); }

bool TextTable::fit(int width, std::vector<std::size_t> columns, Layout& layout) const {
  layout = {std::move(columns), {}, 2};
  for (const std::size_t index : layout.columns) layout.widths.push_back(natural_widths_[index]);
  const int gaps = static_cast<int>(layout.columns.size()) - 1;
  int excess = std::accumulate(layout.widths.begin(), layout.widths.end(), 0) + layout.gap * gaps - width;
  int slack = 0;
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    const int least = columns_[layout.columns[i]].least_width;
    if (least > 0) slack += std::max(0, layout.widths[i] - least);
  }
  if (excess > slack) {
    layout.gap = 1;
    excess -= gaps;
  }
  const bool fits = excess <= slack;
  // The widest column that may still give a column gives it, so that no name is cut to nothing while another stands whole.
  while (excess > 0) {
    int widest = -1;
    for (std::size_t i = 0; i < layout.columns.size(); ++i) {
      const int least = columns_[layout.columns[i]].least_width;
      if (least > 0 && layout.widths[i] > least && (widest < 0 || layout.widths[i] > layout.widths[static_cast<std::size_t>(widest)]))
        widest = static_cast<int>(i);
    }
    if (widest < 0) break;
    --layout.widths[static_cast<std::size_t>(widest)];
    --excess;
  }
  return fits;
}

TextTable::Layout TextTable::lay_out(int width) const {
  std::vector<std::size_t> kept(columns_.size());
  std::iota(kept.begin(), kept.end(), std::size_t{0});
  Layout layout;
  while (!fit(width, kept, layout)) {
    int next = 0;
    for (const std::size_t index : kept) {
      const int order = columns_[index].drop_order;
      if (order > 0 && (next == 0 || order < next)) next = order;
    }
    if (next == 0) break;
    std::erase_if(kept, [&](std::size_t index) { return columns_[index].drop_order == next; });
  }
  return layout;
}

void TextTable::append_line(const Layout& layout, const std::vector<std::string>& cells, const Terminal& terminal, std::string& out) const {
  std::string line;
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    if (i > 0) line.append(static_cast<std::size_t>(layout.gap), ' ');
    const std::size_t index = layout.columns[i];
    const std::string cell = CutToWidth(cells[index], layout.widths[i], terminal.ellipsis());
    line += PadToWidth(cell, layout.widths[i], columns_[index].align == Align::kRight);
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  out += line + '\n';
}

std::string TextTable::format(const Terminal& terminal, std::vector<std::string>* left_out) const {
  const Layout layout = lay_out(terminal.width_columns);
  std::vector<std::vector<std::string>> headings;
  std::size_t heading_height = 0;
  for (const TableColumn& column : columns_) headings.push_back(HeadingLines(column.heading));
  for (const std::size_t index : layout.columns) heading_height = std::max(heading_height, headings[index].size());

  std::string out;
  for (std::size_t line = 0; line < heading_height; ++line) {
    std::vector<std::string> cells(columns_.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      // Headings stand on the rule: the short ones leave the upper lines empty.
      const std::size_t above = heading_height - std::min(heading_height, headings[i].size());
      if (line >= above) cells[i] = headings[i][line - above];
    }
    append_line(layout, cells, terminal, out);
  }
  std::string rule;
  const int rule_width = std::accumulate(layout.widths.begin(), layout.widths.end(), 0) + layout.gap * (static_cast<int>(layout.columns.size()) - 1);
  for (int i = 0; i < rule_width; ++i) rule += terminal.utf8 ? "─" : "-";
  rule += '\n';
  out += rule;
  for (const auto& row : rows_) {
    if (row.empty()) {
      out += rule;
    } else {
      append_line(layout, row, terminal, out);
    }
  }
  if (left_out != nullptr) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (std::find(layout.columns.begin(), layout.columns.end(), i) != layout.columns.end()) continue;
      std::string heading = columns_[i].heading;
      std::replace(heading.begin(), heading.end(), '\n', ' ');
      left_out->push_back(heading);
    }
  }
  return out;
}

}  // namespace server
