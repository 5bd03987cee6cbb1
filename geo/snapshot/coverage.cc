#include "geo/snapshot/coverage.h"

#include <algorithm>
#include <cmath>

namespace geo {
namespace {

constexpr double kPartialShare = 0.6;
constexpr double kPartialDeviations = 5.0;
constexpr int kNeighboursEachSide = 3;
constexpr std::size_t kNeighboursNeeded = 3;

bool IsPartial(std::int64_t count, std::vector<std::int64_t> neighbours) {
  if (neighbours.size() < kNeighboursNeeded) return false;
  std::sort(neighbours.begin(), neighbours.end());
  const std::size_t middle = neighbours.size() / 2;
  const double median = neighbours.size() % 2 == 1 ? static_cast<double>(neighbours[middle]) : static_cast<double>(neighbours[middle - 1] + neighbours[middle]) / 2;
  const double n = static_cast<double>(count);
  return n < kPartialShare * median && median - n > kPartialDeviations * std::sqrt(median);
}

// Crimes are judged together, because a cut file loses all of them alike and single categories are too small to tell; every other category is judged alone.
std::vector<std::vector<std::size_t>> GroupsOf(const std::vector<Category>& categories) {
  std::vector<std::vector<std::size_t>> groups(1);
  for (std::size_t c = 0; c < categories.size(); ++c) {
    if (categories[c].crime) groups[0].push_back(c);
    else groups.push_back({c});
  }
  return groups;
}

std::int64_t CountOf(const SourceMonth& month, const std::vector<std::size_t>& group) {
  std::int64_t count = 0;
  for (const std::size_t category : group) count += month.by_category[category];
  return count;
}

// `months` are one source's, without holes.
void JudgeMonths(std::vector<SourceMonth>& months, const DatasetRecord& record) {
  const auto groups = GroupsOf(record.categories);
  for (std::size_t i = 0; i < months.size(); ++i) {
    SourceMonth& month = months[i];
    if (month.incidents == 0) {
      month.state = MonthState::kEmpty;
      continue;
    }
    for (const auto& group : groups) {
      std::vector<std::int64_t> neighbours;
      for (std::size_t j = i < kNeighboursEachSide ? 0 : i - kNeighboursEachSide; j < months.size() && j <= i + kNeighboursEachSide; ++j) {
        if (j != i && months[j].incidents > 0) neighbours.push_back(CountOf(months[j], group));
      }
      if (!IsPartial(CountOf(month, group), std::move(neighbours))) continue;
      month.state = MonthState::kPartial;
      for (const std::size_t category : group) month.partial_category[category] = 1;
    }
    if (month.month.next().first_day() > record.as_at + 1) month.state = MonthState::kProvisional;
  }
}

}  // namespace

Coverage MeasureCoverage(const DatasetRecord& record, const IncidentColumns& incidents) {
  Coverage coverage;
  if (incidents.size() == 0) return coverage;
  const Month first = Month::OfDay(DayOfMinute(incidents.from_minute.front()));
  const Month last = Month::OfDay(DayOfMinute(incidents.from_minute.back()));
  const auto span = static_cast<std::size_t>(last.index - first.index + 1);
  std::vector<std::vector<SourceMonth>> table(record.sources.size(), std::vector<SourceMonth>(span));
  for (std::size_t s = 0; s < table.size(); ++s) {
    for (std::size_t m = 0; m < span; ++m) {
      table[s][m] = {static_cast<std::uint16_t>(s), Month{first.index + static_cast<std::int32_t>(m)}};
      table[s][m].by_category.assign(record.categories.size(), 0);
      table[s][m].partial_category.assign(record.categories.size(), 0);
    }
  }
  // Rows are ordered by time, so a month is one range.
  std::size_t row = 0;
  for (std::size_t m = 0; m < span; ++m) {
    const std::size_t end = incidents.first_on_or_after(Month{first.index + static_cast<std::int32_t>(m) + 1}.first_day());
    for (; row < end; ++row) {
      SourceMonth& cell = table[incidents.files[incidents.file[row]].source][m];
      ++cell.incidents;
      cell.located += incidents.at[row] == kUnlocated ? 0 : 1;
      cell.clock_known += incidents.hour_known(row) ? 1 : 0;
      ++cell.by_category[incidents.category[row]];
    }
  }
  for (auto& months : table) {
    const auto has_rows = [](const SourceMonth& m) { return m.incidents > 0; };
    months.erase(months.begin(), std::find_if(months.begin(), months.end(), has_rows));
    while (!months.empty() && !has_rows(months.back())) months.pop_back();
    JudgeMonths(months, record);
    coverage.months.insert(coverage.months.end(), months.begin(), months.end());
  }
  return coverage;
}

}  // namespace geo
