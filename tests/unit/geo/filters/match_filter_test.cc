#include <gtest/gtest.h>

#include <limits>

#include "geo/filters/filter.h"
#include "tests/support/filter_case.h"

namespace geo {
namespace {

using support::TownRow;
using support::TownSchema;

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kNewYear2024 = 19'723 * kDay;  // 2024-01-01

char Ask(const std::string& text, const FilterRow& row, const FilterSchema& schema = TownSchema()) {
  const auto filter = ParseFilterText(text, schema);
  EXPECT_TRUE(filter) << text << ": " << (filter ? "" : filter.error().message);
  if (!filter) return '!';
  const Truth truth = Matches(*filter, row);
  return truth == Truth::kTrue ? 'T' : truth == Truth::kFalse ? 'F' : '?';
}

TEST(MatchFilter, ComparisonsAndNulls) {
  const TownRow row = TownRow().text(0, "theft").number(1, 3).flag(2, true);
  EXPECT_EQ(Ask("category = 'theft' AND count < 4 AND night = TRUE", row), 'T');
  EXPECT_EQ(Ask("category < 'thefu' AND category > 'thefs'", row), 'T');
  EXPECT_EQ(Ask("3 = count AND 2 < count AND NOT 4 < count", row), 'T');
  EXPECT_EQ(Ask("count BETWEEN 3 AND 3", row), 'T');
  EXPECT_EQ(Ask("count BETWEEN 4 AND 2", row), 'F');
  EXPECT_EQ(Ask("count IN (1, 2, 3)", row), 'T');
  EXPECT_EQ(Ask("night IN (TRUE, FALSE) AND NOT night IN (FALSE)", row), Ask("night = TRUE", row));
  EXPECT_EQ(Ask("category IN ('a') OR count IN (1)", row), 'F');
  EXPECT_EQ(Ask("CASEI(category) = 'THEFT'", row), 'T');
  EXPECT_EQ(Ask("category = CASEI('THEFT')", row), 'T');
  EXPECT_EQ(Ask("category = 'THEFT'", row), 'F');
  const TownRow nothing;
  for (const char* unknown :
       {"count = 1", "count <> 1", "NOT count = 1", "count BETWEEN 1 AND 2", "count IN (1)", "category LIKE '%'", "night = TRUE",
        "S_INTERSECTS(geometry, POINT(0 0))", "T_AFTER(datetime, DATE('2024-01-01'))", "count = 1 OR FALSE", "count = 1 AND TRUE", "category = \"in\""}) {
    EXPECT_EQ(Ask(unknown, nothing), '?') << unknown;
  }
  EXPECT_EQ(Ask("count = 1 OR TRUE", nothing), 'T');
  EXPECT_EQ(Ask("count = 1 AND FALSE", nothing), 'F');
  EXPECT_EQ(Ask("count IS NULL AND category IS NULL AND geometry IS NULL AND datetime IS NULL", nothing), 'T');
  EXPECT_EQ(Ask("count IS NULL", row), 'F');
  EXPECT_EQ(Ask("count IS NULL", TownRow().number(1, std::numeric_limits<double>::quiet_NaN())), 'T');
  EXPECT_EQ(Ask("count <> 1", TownRow().number(1, std::numeric_limits<double>::quiet_NaN())), '?');
}

TEST(MatchFilter, Times) {
  // Between 23:00 on New Year's Day and 01:00 after it.
  const TownRow night = TownRow().time(3, kNewYear2024 + 23 * 3'600, kNewYear2024 + 25 * 3'600 - 1);
  EXPECT_EQ(Ask("datetime = DATE('2024-01-01')", night), 'T');
  EXPECT_EQ(Ask("datetime <= DATE('2024-01-01') AND datetime >= DATE('2024-01-01')", night), 'T');
  EXPECT_EQ(Ask("datetime < DATE('2024-01-01') OR datetime > DATE('2024-01-01')", night), 'F');
  EXPECT_EQ(Ask("datetime > DATE('2023-12-31') AND datetime < DATE('2024-01-02')", night), 'T');
  EXPECT_EQ(Ask("DATE('2023-12-31') < datetime AND DATE('2024-01-01') = datetime", night), 'T');
  EXPECT_EQ(Ask("datetime = TIMESTAMP('2024-01-01T23:00:00Z')", night), 'T');
  EXPECT_EQ(Ask("T_INTERSECTS(datetime, DATE('2024-01-01')) AND T_INTERSECTS(datetime, DATE('2024-01-02'))", night), 'T');
  EXPECT_EQ(Ask("T_INTERSECTS(datetime, DATE('2023-12-31')) OR T_INTERSECTS(datetime, DATE('2024-01-03'))", night), 'F');
  EXPECT_EQ(Ask("T_AFTER(datetime, DATE('2023-12-31')) AND T_BEFORE(datetime, DATE('2024-01-03'))", night), 'T');
  EXPECT_EQ(Ask("T_AFTER(datetime, DATE('2024-01-01')) OR T_BEFORE(datetime, DATE('2024-01-02'))", night), 'F');
  EXPECT_EQ(Ask("T_DURING(datetime, INTERVAL('2024-01-01', '2024-01-02'))", night), 'T');
  EXPECT_EQ(Ask("T_DURING(datetime, INTERVAL('..', '2024-01-01'))", night), 'F');
  EXPECT_EQ(Ask("T_DURING(datetime, INTERVAL('2024-01-01T23:00:00Z', '..'))", night), 'F') << "strictly";
  EXPECT_EQ(Ask("T_INTERSECTS(datetime, INTERVAL('..', '..'))", night), 'T');
  EXPECT_EQ(Ask("T_BEFORE(datetime, upto) OR datetime < upto", TownRow(night).time(7, kNewYear2024 + 3 * kDay, kNewYear2024 + 3 * kDay)), 'T');
}

// TIMESTAMP is UTC, and the layer's clock that of London: an hour ahead in July.
TEST(MatchFilter, TheLayersOwnClock) {
  FilterSchema schema = TownSchema();
  schema.local_from_utc = [](std::int64_t utc_s) { return utc_s + 3'600; };
  const std::int64_t july = 19'905 * kDay;  // 2024-07-01
  const TownRow row = TownRow().time(3, july + 30 * 60, july + 30 * 60);
  EXPECT_EQ(Ask("datetime = TIMESTAMP('2024-06-30T23:30:00Z')", row, schema), 'T');
  EXPECT_EQ(Ask("datetime = DATE('2024-07-01')", row, schema), 'T');
}

TEST(MatchFilter, Like) {
  const auto like = [](const std::string& pattern, const std::string& text) { return Ask("category LIKE '" + pattern + "'", TownRow().text(0, text)) == 'T'; };
  EXPECT_TRUE(like("", ""));
  EXPECT_FALSE(like("", "a"));
  EXPECT_TRUE(like("%", ""));
  EXPECT_TRUE(like("%%%", "anything"));
  EXPECT_TRUE(like("th%t", "theft"));
  EXPECT_FALSE(like("th%t", "thefts"));
  EXPECT_TRUE(like("%ef%", "theft"));
  EXPECT_TRUE(like("_heft", "theft"));
  EXPECT_FALSE(like("_", ""));
  EXPECT_TRUE(like("caf_", "caf\xC3\xA9"));
  EXPECT_TRUE(like("50\\%", "50%"));
  EXPECT_FALSE(like("50\\%", "500"));
  EXPECT_TRUE(like("a\\", "a\\"));
  EXPECT_TRUE(like("a\\\\b", "a\\b"));
  EXPECT_TRUE(like("%a%b%c%", "xxaxxbxxcxx"));
  EXPECT_FALSE(like("%a%b%c%", "xxcxxbxxaxx"));
  EXPECT_TRUE(like(std::string(50, 'x'), std::string(50, 'x')));
  EXPECT_TRUE(like(std::string(49, '_') + "%", std::string(100'000, 'x')));
  EXPECT_EQ(Ask("CASEI(category) LIKE '%\xC3\x89T\xC3\x89%'", TownRow().text(0, "l'\xC3\xA9t\xC3\xA9")), 'T');
  EXPECT_EQ(Ask("CASEI(category) LIKE '\xC5\xB4_%'", TownRow().text(0, "\xC5\xB5yz")), 'T') << "a Welsh w";
}

TEST(MatchFilter, Places) {
  const auto point = [](double lon, double lat) { return TownRow().at({{PlaneOfDegrees(lon, lat)}, {}}); };
  EXPECT_EQ(Ask("S_INTERSECTS(geometry, BBOX(0.4, 51.3, 0.6, 51.5))", point(0.5, 51.4)), 'T');
  EXPECT_EQ(Ask("S_INTERSECTS(geometry, BBOX(0.4, 51.3, 0.6, 51.5))", point(0.6, 51.5)), 'T') << "closed";
  EXPECT_EQ(Ask("S_INTERSECTS(geometry, BBOX(0.4, 51.3, 0.6, 51.5))", point(0.600000001, 51.4)), 'F');
  EXPECT_EQ(Ask("S_INTERSECTS(POINT(0.5 51.4), geometry)", point(0.5, 51.4)), 'T');
  EXPECT_EQ(Ask("S_INTERSECTS(geometry, POLYGON((0 0, 3 0, 3 3, 0 3, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1)))", point(1.5, 1.5)), 'F') << "in the hole";
  EXPECT_EQ(Ask("S_INTERSECTS(geometry, POLYGON((0 0, 3 0, 3 3, 0 3, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1)))", point(1, 1.5)), 'T') << "on its edge";
  EXPECT_EQ(Ask("S_INTERSECTS(geometry, BBOX(51.3, 0.4, 51.5, 0.6))", point(0.5, 51.4), TownSchema(FilterCrs::kEpsg4326)), 'T') << "latitude first";
  const auto square = [](double west, double south, double side) {
    return TownRow().at(
        {{},
         {{PlaneOfDegrees(west, south), PlaneOfDegrees(west + side, south), PlaneOfDegrees(west + side, south + side), PlaneOfDegrees(west, south + side)}}});
  };
  EXPECT_EQ(Ask("S_INTERSECTS(geometry, BBOX(0, 0, 1, 1))", square(1, 1, 1)), 'T') << "touching";
  EXPECT_EQ(Ask("S_INTERSECTS(geometry, BBOX(0, 0, 1, 1))", square(1.1, 1, 1)), 'F');
  EXPECT_EQ(Ask("S_INTERSECTS(geometry, BBOX(0, 0, 9, 9))", square(1, 1, 1)), 'T') << "within";
  EXPECT_EQ(Ask("S_INTERSECTS(geometry, BBOX(1.2, 1.2, 1.3, 1.3))", square(1, 1, 1)), 'T') << "around";
  EXPECT_EQ(Ask("S_INTERSECTS(geometry, POINT(1.5 1.5))", square(1, 1, 1)), 'T');
  EXPECT_EQ(Ask("S_INTERSECTS(geometry, POLYGON((0 1.4, 9 1.4, 9 1.6, 0 1.6, 0 1.4)))", square(1, 1, 1)), 'T') << "across";
}

}  // namespace
}  // namespace geo
