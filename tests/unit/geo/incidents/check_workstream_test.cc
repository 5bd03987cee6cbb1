// Every way in which a definition can be wrong, and the filter that a right one is.
#include "geo/incidents/check_workstream.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "geo/incidents/workstream_filter.h"

namespace geo {
namespace {

DatasetRecord Record() {
  DatasetRecord record;
  record.categories = {{"asb", "ASB", false}, {"robbery", "Robbery", true}, {"violence", "Violence", true}};
  record.flags = {{"alcohol", "Alcohol"}, {kComplainantFlag, "At home"}, {"domestic", "Domestic"}};
  SourceRecord police, council;
  police.id = "police";
  police.flags = {"alcohol", "domestic"};
  council.id = "council";
  council.flags = {kComplainantFlag};
  record.sources = {council, police};
  NamedWindow evening{"evening", "Evening", TimeOfWeek{18 * 60, kMinutesPerDay, 0x7F}};
  record.time_windows = {evening};
  VintageRecord wards;
  wards.id = "wards";
  wards.populations = {{"A", "residents", 2021, 100}, {"A", "workday", 2021, 50}};
  record.vintages = {wards};
  return record;
}

Workstream Sound() {
  Workstream of;
  of.id = "street";
  of.title = "Street";
  of.priority = "One";
  of.entries = {{"robbery", 3}, {"violence", 1}};
  of.sources = {"council", "police"};
  of.window_id = "evening";
  of.window = TimeOfWeek{18 * 60, kMinutesPerDay, 0x7F};
  of.flags_with = {"alcohol"};
  of.flags_without = {"domestic"};
  of.denominators = {"residents", "workday"};
  of.concern = Workstream::Concern{0.5, 0.4, 0.6};
  return of;
}

TEST(CheckWorkstream, TakesASoundOne) { EXPECT_TRUE(CheckWorkstream(Record(), Sound())); }

TEST(CheckWorkstream, NamesWhatIsWrong) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  struct Wrong {
    const char* field;
    const char* reason;
    std::function<void(Workstream&)> spoil;
  };
  const Wrong wrongs[] = {
      {"id", "BAD_ID", [](Workstream& of) { of.id = "Street crime"; }},
      {"id", "BAD_ID", [](Workstream& of) { of.id = "-street"; }},
      {"id", "BAD_ID", [](Workstream& of) { of.id = std::string(64, 'a'); }},
      {"title", "TOO_LONG", [](Workstream& of) { of.title = std::string(1001, 'a'); }},
      {"caveat", "TOO_LONG", [](Workstream& of) { of.caveat = std::string(1001, 'a'); }},
      {"entries", "EMPTY", [](Workstream& of) { of.entries.clear(); }},
      {"entries[1].category", "UNKNOWN_CATEGORY", [](Workstream& of) { of.entries[1].category = "piracy"; }},
      {"entries[1].category", "REPEATED", [](Workstream& of) { of.entries[1].category = "robbery"; }},
      {"entries[0].weight", "OUT_OF_RANGE", [](Workstream& of) { of.entries[0].weight = -1; }},
      {"entries[0].weight", "OUT_OF_RANGE", [](Workstream& of) { of.entries[0].weight = 1001; }},
      {"entries[0].weight", "OUT_OF_RANGE", [=](Workstream& of) { of.entries[0].weight = kNan; }},
      {"entries", "WEIGHTS_ARE_ZERO", [](Workstream& of) { of.entries[0].weight = of.entries[1].weight = 0; }},
      {"sources[0]", "UNKNOWN_SOURCE", [](Workstream& of) { of.sources = {"press"}; }},
      {"time_window", "UNKNOWN_TIME_WINDOW", [](Workstream& of) { of.window_id = "noon"; }},
      {"time_window", "NOT_TOGETHER", [](Workstream& of) { of.window.week.begin_minute = 60; }},
      {"window", "EMPTY_WINDOW", [](Workstream& of) { of.window_id.clear(), of.window = TimeOfWeek{60, 60, 0x7F}; }},
      {"views[0]", "UNKNOWN_TIME_WINDOW", [](Workstream& of) { of.views = {"noon"}; }},
      {"flags[0]", "UNKNOWN_FLAG", [](Workstream& of) { of.flags_with = {"weapon"}; }},
      {"without_flags[0]", "UNKNOWN_FLAG", [](Workstream& of) { of.flags_without = {"weapon"}; }},
      {"without_flags", "NOT_TOGETHER", [](Workstream& of) { of.flags_without = {"alcohol"}; }},
      {"location_roles", "EMPTY", [](Workstream& of) { of.location_roles.clear(); }},
      {"denominators[0]", "UNKNOWN_DENOMINATOR", [](Workstream& of) { of.denominators = {"dogs"}; }},
      {"sensitivity", "OUT_OF_RANGE", [](Workstream& of) { of.tier = static_cast<SensitivityTier>(4); }},
      {"cell_size_m", "OUT_OF_RANGE", [](Workstream& of) { of.cell_size_m = 49; }},
      {"cell_size_m", "OUT_OF_RANGE", [](Workstream& of) { of.cell_size_m = std::numeric_limits<double>::infinity(); }},
      {"cell_size_m", "OUT_OF_RANGE", [](Workstream& of) { of.cell_size_m = 4999.99999; }},
      {"minimum_count", "OUT_OF_RANGE", [](Workstream& of) { of.minimum_count = 0; }},
      {"concern", "BAD_INTERVAL", [](Workstream& of) { of.concern->low = 0.55; }},
      {"concern", "BAD_INTERVAL", [=](Workstream& of) { of.concern->share = kNan; }},
  };
  for (const Wrong& wrong : wrongs) {
    Workstream of = Sound();
    wrong.spoil(of);
    const auto checked = CheckWorkstream(Record(), of);
    ASSERT_FALSE(checked) << wrong.field << " " << wrong.reason;
    EXPECT_EQ(checked.error().field, wrong.field);
    EXPECT_EQ(checked.error().reason, wrong.reason) << wrong.field;
    EXPECT_EQ(checked.error().code, ErrorCode::kInvalidArgument);
  }
}

TEST(CheckWorkstream, CellsOfThreeDecimalsAreWholeMillimetres) {
  for (const double size_m : {50.001, 333.333, 4999.999, 5000.0}) {
    Workstream of = Sound();
    of.cell_size_m = size_m;
    EXPECT_TRUE(CheckWorkstream(Record(), of)) << size_m;
  }
}

TEST(CheckWorkstream, WhatItQuotesIsNeverCutInsideACharacter) {
  Workstream of = Sound();
  of.id = "x";
  for (int i = 0; i < 60; ++i) of.id += "\u00e9";
  const auto checked = CheckWorkstream(Record(), of);
  ASSERT_FALSE(checked);
  EXPECT_NE(checked.error().message.find("\u00e9...\""), std::string::npos) << checked.error().message;
}

TEST(WindowIsSound, DatesAreInOrderAndKnown) {
  TimeWindow window;
  window.dates = {{10, 20}, {20, 30}};
  window.dates_known = {0, 40};
  EXPECT_TRUE(IsSound(window));
  window.dates[1].begin = 19;
  EXPECT_FALSE(IsSound(window));
  window.dates[1] = {20, 41};
  EXPECT_FALSE(IsSound(window));
}

DatasetRecord With(Workstream of) {
  DatasetRecord record = Record();
  record.workstreams = {std::move(of)};
  return record;
}

// Sources that do not tell a flag that is needed are left out; those that do not tell one by which it leaves out are kept, and the proxy says so.
TEST(FilterOf, TakesTheSourcesThatTell) {
  Workstream of = Sound();
  const DatasetRecord needs = With(of);
  const auto filter = FilterOf(needs, 0);
  ASSERT_TRUE(filter);
  EXPECT_EQ(filter->sources, std::vector<std::uint16_t>{1});
  EXPECT_EQ(filter->flags_with, 0b001);
  EXPECT_EQ(filter->flags_without, 0b110);  // domestic, and what lies where a complainant lives
  EXPECT_NE(ProxyOf(needs, 0).find("council does not tell alcohol and takes no part"), std::string::npos) << ProxyOf(needs, 0);

  of.flags_with.clear();
  const DatasetRecord leaves_out = With(of);
  const auto lenient = FilterOf(leaves_out, 0);
  ASSERT_TRUE(lenient);
  EXPECT_EQ(lenient->sources, (std::vector<std::uint16_t>{0, 1}));
  EXPECT_NE(ProxyOf(leaves_out, 0).find("council does not tell domestic: such incidents are counted too"), std::string::npos) << ProxyOf(leaves_out, 0);
}

TEST(FilterOf, RefusesWhatNoSourceTells) {
  Workstream of = Sound();
  of.sources = {"council"};
  const DatasetRecord record = With(of);
  const auto filter = FilterOf(record, 0);
  ASSERT_FALSE(filter);
  EXPECT_EQ(filter.error().reason, "FLAG_UNKNOWN");
  EXPECT_EQ(filter.error().code, ErrorCode::kFailedPrecondition);
  EXPECT_NE(filter.error().message.find("alcohol"), std::string::npos);
}

TEST(FilterOf, LocationRolesAreFlags) {
  Workstream of = Sound();
  of.flags_with = of.flags_without = {};
  of.location_roles = {LocationRole::kComplainant};
  EXPECT_EQ(FilterOf(With(of), 0)->flags_with, 0b010);
  EXPECT_EQ(FilterOf(With(of), 0)->sources, std::vector<std::uint16_t>{0});  // the only one that tells
  of.location_roles = {LocationRole::kIncident, LocationRole::kComplainant};
  EXPECT_EQ(FilterOf(With(of), 0)->flags_with | FilterOf(With(of), 0)->flags_without, 0);
}

}  // namespace
}  // namespace geo
