#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "geo/change/count_trends.h"

namespace geo {
namespace {

constexpr std::size_t kRowsBetweenStopChecks = 65'536;
constexpr std::size_t kMostPoints = 1'500'000;  // about 100 bytes each in the answer

bool ByArea(TrendSplit split) { return split == TrendSplit::kAreas || split == TrendSplit::kAreasAndCategories; }
bool ByCategory(TrendSplit split) { return split == TrendSplit::kCategories || split == TrendSplit::kAreasAndCategories; }

// Rows: listed areas, outside, unlocated, total; or the total alone. Each has one column, or one for each category.
struct Table {
  std::vector<AreaIndex> areas;
  std::vector<std::size_t> row_of;  // by AreaIndex, all 65,536 of them: one load per incident
  std::array<std::size_t, 256> column_of{};
  std::size_t rows = 1;
  std::size_t columns = 1;
};

Table LayTable(const DatasetSnapshot& data, const TrendQuery& query) {
  Table table;
  if (ByCategory(query.split)) {
    table.columns = query.filter.categories.size();
    for (std::size_t i = 0; i < table.columns; ++i) table.column_of[query.filter.categories[i]] = i;
  }
  table.row_of.assign(std::size_t{1} << 16, 0);
  if (!ByArea(query.split)) return table;
  const std::size_t known = data.vintages[query.vintage].areas.areas().size();
  if (query.filter.areas) {
    for (const AreaIndex area : query.filter.areas->areas) {
      if (area < known) table.areas.push_back(area);
    }
  } else {
    for (std::size_t i = 0; i < known; ++i) table.areas.push_back(static_cast<AreaIndex>(i));
  }
  table.rows = table.areas.size() + 3;
  std::fill(table.row_of.begin(), table.row_of.end(), table.areas.size());
  for (std::size_t i = 0; i < table.areas.size(); ++i) table.row_of[table.areas[i]] = i;
  table.row_of[kNowhere] = table.areas.size() + 1;
  return table;
}

WardRow::Kind KindOf(const Table& table, std::size_t row) {
  if (row + 1 == table.rows) return WardRow::Kind::kTotal;
  if (row < table.areas.size()) return WardRow::Kind::kArea;
  return row == table.areas.size() ? WardRow::Kind::kOutside : WardRow::Kind::kUnlocated;
}

void LaySeries(const TrendQuery& query, const Table& table, TrendAnswer& answer) {
  answer.series.resize(table.rows * table.columns);
  for (std::size_t i = 0; i < answer.series.size(); ++i) {
    TrendSeries& series = answer.series[i];
    const std::size_t row = i / table.columns;
    series.kind = KindOf(table, row);
    if (series.kind == WardRow::Kind::kArea) series.area = table.areas[row];
    if (ByCategory(query.split)) series.category = query.filter.categories[i % table.columns];
    series.counts.assign(static_cast<std::size_t>(answer.months), 0);
  }
}

void AddUpTotals(const Table& table, TrendAnswer& answer) {
  const std::size_t total = (table.rows - 1) * table.columns;
  for (std::size_t i = 0; i < total; ++i) {
    std::vector<std::int64_t>& sum = answer.series[total + i % table.columns].counts;
    for (std::size_t month = 0; month < sum.size(); ++month) sum[month] += answer.series[i].counts[month];
  }
}

Result<void> CountRows(const DatasetSnapshot& data, const Selection& selection, const std::vector<AreaIndex>& area_of, const Table& table, TrendAnswer& answer,
                       const StopSignal& stop) {
  // Rows are in order of time, so the month only ever moves on.
  std::size_t month = 0;
  LocalMinute month_end = answer.first.next().first_day() * kMinutesPerDay;
  for (std::size_t i = 0; i < selection.rows.size(); ++i) {
    if (i % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    const std::uint32_t incident = selection.rows[i];
    while (data.incidents.from_minute[incident] >= month_end) {
      ++month;
      month_end = Month{answer.first.index + static_cast<std::int32_t>(month) + 1}.first_day() * kMinutesPerDay;
    }
    const std::size_t row = table.row_of[area_of[incident]];
    ++answer.series[row * table.columns + table.column_of[data.incidents.category[incident]]].counts[month];
    if (data.incidents.at[incident] != kUnlocated) ++answer.located;
  }
  return {};
}

}  // namespace

Result<void> CountTrends(const DatasetSnapshot& data, const TrendQuery& query, TrendAnswer& answer, const StopSignal& stop) {
  const Period period = query.filter.period;
  answer.first = Month::OfDay(period.begin);
  answer.months = Month::OfDay(period.end - 1).index - answer.first.index + 1;
  const Table table = LayTable(data, query);
  const std::size_t points = table.rows * table.columns * static_cast<std::size_t>(answer.months);
  if (points > kMostPoints) {
    return Fail({ErrorCode::kResourceExhausted, "split", "TOO_MANY_SERIES",
                 fmt::format("{} series of {} months are {} points, the limit is {}; filter areas or categories, split by one of them, or shorten period",
                             table.rows * table.columns, answer.months, points, kMostPoints)});
  }
  const std::vector<AreaIndex>& area_of = data.vintages[query.vintage].area_of;
  const auto selection = SelectIncidents(data.incidents, area_of, query.filter, stop);
  if (!selection) return Fail(selection.error());
  LaySeries(query, table, answer);
  if (auto counted = CountRows(data, *selection, area_of, table, answer, stop); !counted) return counted;
  if (table.rows > 1) AddUpTotals(table, answer);
  answer.incidents = static_cast<std::int64_t>(selection->rows.size());
  answer.hour_unknown = selection->kept_without_hour;
  answer.unknown_hour = selection->unknown_hour;
  return {};
}

}  // namespace geo
