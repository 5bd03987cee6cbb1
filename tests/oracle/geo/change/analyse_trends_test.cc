// Two forces whose files are cut short in one month each: those months never enter a test, a limit, a signal, a change of level or a forecast.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "geo/change/ward_trends.h"
#include "tests/support/drawn_dataset.h"
#include "tests/support/paths.h"
#include "tests/support/shared_file.h"

namespace geo {
namespace {

// The fields of one line; a quoted one keeps its commas.
std::vector<std::string> Fields(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    else if (c == ',' && !quoted) fields.emplace_back();
    else if (c != '\r') fields.back() += c;
  }
  return fields;
}

// Counts by month of robbery (0) standing for all crimes, and anti-social behaviour (1), read without the loader. Positions play no part.
DrawnDataset ForceOf(const std::string& folder) {
  constexpr std::size_t kMonth = 1, kType = 9;
  std::map<std::pair<Month, CategoryIndex>, std::int64_t> counts;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(WARDWATCH_SHARED_DATA) / folder)) {
    const std::string text = support::ReadSharedFile(folder + "/" + entry.path().filename().string());
    std::size_t begin = text.find('\n') + 1;
    while (begin < text.size()) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      const std::vector<std::string> fields = Fields(text.substr(begin, end - begin));
      begin = end + 1;
      if (fields.size() <= kType) continue;
      ++counts[{*ParseMonth(fields[kMonth], "month"), fields[kType] == "Anti-social behaviour" ? CategoryIndex{1} : CategoryIndex{0}}];
    }
  }
  DrawnDataset drawn;
  drawn.add_square(drawn.add_vintage("none"), "A", 500'000, 200'000, 1000);
  for (const auto& [key, count] : counts) drawn.add_monthly({key.first.first_day(), key.first.next().first_day()}, count, kUnlocated, key.second);
  return drawn;
}

TrendAnswer Analyse(const DrawnDataset& drawn, Period period) {
  const auto snapshot = drawn.build();
  TrendQuery query;
  query.filter = FilterAll(snapshot->datasets[0], period);
  query.split = TrendSplit::kCategories;
  auto answer = AnalyseTrends(snapshot->datasets[0], query, NeverStop());
  EXPECT_TRUE(answer) << answer.error().message;
  return std::move(answer).value();
}

// All that is concluded from a series, apart from the counts themselves.
std::string Conclusions(const TrendSeries& series, const TrendAnswer& answer) {
  std::string text = ExplainTrend(series, answer) + std::to_string(series.chart.dispersion);
  for (const ControlPoint& point : series.chart.points) {
    text += " " + std::to_string(point.low) + ".." + std::to_string(point.high) + "/" + std::to_string(static_cast<int>(point.signal));
  }
  for (const LevelChange& change : series.changes) text += " change " + std::to_string(change.month);
  if (series.forecast) text += " forecast " + std::to_string(series.forecast->low) + ".." + std::to_string(series.forecast->high);
  return text;
}

struct Cut {
  std::string folder;
  Period period;
  Month month;
  CategoryIndex category;
};

void ExpectKeptOut(const Cut& cut) {
  const DrawnDataset drawn = ForceOf(cut.folder);
  const TrendAnswer answer = Analyse(drawn, cut.period);
  const auto at = static_cast<std::size_t>(cut.month.index - answer.first.index);
  const TrendSeries& series = answer.series[cut.category];
  EXPECT_EQ(series.use[at], MonthUse::kPartial) << cut.folder;
  EXPECT_EQ(answer.series[1 - cut.category].use[at], MonthUse::kUsed) << "the other category of the month is complete";
  EXPECT_EQ(series.chart.points[at].signal, ControlSignal::kNone);
  for (std::size_t i = at; i < std::min(at + 12, series.rolling_12.size()); ++i) EXPECT_EQ(series.rolling_12[i], std::nullopt);
  for (const LevelChange& change : series.changes) EXPECT_NE(change.month, static_cast<int>(at));
  // Half of what is left of it taken away: every conclusion stays.
  DrawnDataset emptier = drawn;
  int kept = 0;
  std::erase_if(emptier.incidents(), [&](const DrawnIncident& incident) {
    return incident.category == cut.category && Month::OfDay(DayOfMinute(incident.from)) == cut.month && kept++ % 2 == 0;
  });
  const TrendAnswer same = Analyse(emptier, cut.period);
  EXPECT_LT(same.series[cut.category].counts[at], series.counts[at]);
  EXPECT_EQ(Conclusions(same.series[cut.category], same), Conclusions(series, answer));
}

TEST(RealTrends, NorthumbriaJuly2020IsNoNewsOfAntiSocialBehaviour) {
  if (!support::HasSharedData()) GTEST_SKIP() << "the shared data is not beside this checkout";
  ExpectKeptOut({"northumbria-street", {DayOf(2020, 5, 1), DayOf(2022, 5, 1)}, Month::Of(2020, 7), 1});
}

TEST(RealTrends, KentDecember2018IsNoNewsOfCrime) {
  if (!support::HasSharedData()) GTEST_SKIP() << "the shared data is not beside this checkout";
  ExpectKeptOut({"kent-street", {DayOf(2018, 10, 1), DayOf(2026, 1, 1)}, Month::Of(2018, 12), 0});
}

TEST(RealTrends, MonthsWithoutFilesAreMissing) {
  if (!support::HasSharedData()) GTEST_SKIP() << "the shared data is not beside this checkout";
  const TrendAnswer answer = Analyse(ForceOf("northumbria-street"), {DayOf(2020, 5, 1), DayOf(2022, 5, 1)});
  for (const TrendSeries& series : answer.series) {
    EXPECT_EQ(series.use[20], MonthUse::kMissing) << "2022-01";
    EXPECT_EQ(series.chart.points[20].signal, ControlSignal::kNone);
  }
}

}  // namespace
}  // namespace geo
