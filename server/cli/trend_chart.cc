#include "server/cli/trend_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "server/cli/period_text.h"
#include "server/cli/text_width.h"
#include "server/cli/trend_words.h"
#include "server/cli/value_text.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

struct Marks {
  const char* count;
  const char* kept_out;
  const char* low;
  const char* high;
  const char* between;
  const char* centre;
};
constexpr Marks kDrawn{"●", "○", "├", "┤", "─", "┼"};
constexpr Marks kAscii{"o", ".", "[", "]", "-", "+"};

constexpr int kMonthWidth = 7;
constexpr int kNoteWidth = 11;  // "below limit", "provisional"
constexpr int kLeastPlot = 10;
constexpr int kMostPlot = 100;  // wider, and the eye loses the line

double LargestOf(const api::TrendSeries& series) {
  double largest = 1;
  for (const api::MonthPoint& point : series.months()) {
    largest = std::max(largest, static_cast<double>(NumberOf(point.incidents())));
    if (point.has_limits() && point.limits().has_high()) largest = std::max(largest, point.limits().high());
  }
  return largest;
}

std::string NoteOf(const api::MonthPoint& point) { return point.use() == api::MONTH_USE_USED ? SignalWord(point.signal()) : MonthUseWord(point.use()); }

std::string PlotOf(const api::MonthPoint& point, double largest, int width, const Marks& marks) {
  std::vector<const char*> cells(static_cast<std::size_t>(width), " ");
  const auto column = [&](double value) { return static_cast<std::size_t>(std::lround(std::clamp(value / largest, 0.0, 1.0) * (width - 1))); };
  if (point.has_limits()) {
    const std::size_t low = column(std::max(0.0, point.limits().low()));
    const std::size_t high = point.limits().has_high() ? column(point.limits().high()) : cells.size() - 1;
    for (std::size_t i = low; i <= high; ++i) cells[i] = marks.between;
    cells[low] = marks.low;
    if (point.limits().has_high()) cells[high] = marks.high;
    if (point.has_centre()) cells[column(point.centre())] = marks.centre;
  }
  const bool known = point.use() != api::MONTH_USE_MISSING && !IsHidden(point.incidents());
  if (known) cells[column(static_cast<double>(NumberOf(point.incidents())))] = point.use() == api::MONTH_USE_USED ? marks.count : marks.kept_out;
  std::string plot;
  for (const char* cell : cells) plot += cell;
  return plot;
}

std::string Legend(const api::TrendSeries& series, double largest, const Marks& marks, const Terminal& terminal) {
  std::string text = fmt::format("{} count; {} count of a month that is kept out", marks.count, marks.kept_out);
  const bool limits = std::any_of(series.months().begin(), series.months().end(), [](const api::MonthPoint& point) { return point.has_limits(); });
  if (limits) text += fmt::format("; {}{}{}{}{} limits and what is expected", marks.low, marks.between, marks.centre, marks.between, marks.high);
  text += fmt::format("; from 0 to {}", DecimalText(largest, 0));
  std::string out;
  for (const std::string& line : FoldText(text, terminal.width_columns)) out += line + '\n';
  return out;
}

}  // namespace

std::string DrawTrendChart(const api::TrendSeries& series, const Terminal& terminal) {
  if (series.months().empty()) return {};
  const Marks& marks = terminal.utf8 ? kDrawn : kAscii;
  const double largest = LargestOf(series);
  int count_width = 5;
  int note_width = 0;
  for (const api::MonthPoint& point : series.months()) {
    count_width = std::max(count_width, DisplayWidth(CountText(point.incidents())));
    note_width = std::max(note_width, DisplayWidth(NoteOf(point)));
  }
  note_width = std::min(note_width, kNoteWidth);
  const int plot_width = std::clamp(terminal.width_columns - kMonthWidth - count_width - note_width - 6, kLeastPlot, kMostPlot);
  std::string out;
  for (const api::MonthPoint& point : series.months()) {
    const std::string count = point.use() == api::MONTH_USE_MISSING ? std::string() : CountText(point.incidents());
    std::string line =
        fmt::format("{}  {}  {}  {}", MonthText(point.month()), PadToWidth(count, count_width, true), PlotOf(point, largest, plot_width, marks), NoteOf(point));
    while (!line.empty() && line.back() == ' ') line.pop_back();
    out += line + '\n';
  }
  return out + Legend(series, largest, marks, terminal);
}

}  // namespace server
