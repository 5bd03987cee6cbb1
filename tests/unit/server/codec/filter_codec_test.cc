// What a filter may name: workstreams, time windows and flags, alone and together.
#include "server/codec/filter_codec.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "tests/support/drawn_dataset.h"

namespace server {
namespace {

namespace v1 = ::wardwatch::v1;

std::shared_ptr<const geo::Snapshot> Town() {
  geo::DrawnDataset town;
  town.record().flags = {{"alcohol", "Drink"}, {"domestic", "At home"}};
  town.record().sources[0].flags = {"alcohol", "domestic"};
  town.add_source("council", geo::TimeKnowledge::kClock);
  geo::NamedWindow evening{"evening", "Evening", geo::TimeOfWeek{18 * 60, geo::kMinutesPerDay, 0x7F}};
  geo::NamedWindow term{"term", "Term", {}};
  term.window.dates = {{geo::DayOf(2023, 1, 9), geo::DayOf(2023, 4, 1)}};
  term.window.dates_known = {geo::DayOf(2023, 1, 1), geo::DayOf(2024, 1, 1)};
  town.record().time_windows = {evening, term};
  const auto stream = [&](const char* id) {
    geo::Workstream of;
    of.id = of.title = of.priority = id;
    of.entries = {{"robbery", 3}};
    return of;
  };
  geo::Workstream always = stream("always"), drink = stream("drink"), night = stream("night"), secret = stream("secret");
  drink.flags_with = {"alcohol"};
  night.window = geo::TimeOfWeek{20 * 60, 6 * 60, 0x7F};
  night.sources = {"police"};
  night.views = {"evening"};
  secret.flags_with = {"alcohol", "domestic"};
  secret.tier = geo::SensitivityTier::kVeryHigh;
  town.record().workstreams = {always, drink, night, secret};
  town.add_monthly(geo::Period::CalendarYear(2023), 1, geo::GridPoint::FromMeters(500'000, 200'000));
  return town.build();
}

// "REASON field" of a refusal, else what was decoded.
std::string Told(const std::string& text) {
  static const auto town = Town();
  v1::IncidentFilter filter;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &filter)) << text;
  auto decoded = DecodeFilter(filter, town->datasets[0]);
  if (!decoded) return decoded.error().reason + " " + decoded.error().field;
  decoded->period = geo::Period::CalendarYear(2023);
  if (const auto can = geo::CheckAnswerable(town->datasets[0].record, *decoded); !can) return can.error().reason + " " + can.error().field;
  std::string sources;
  for (const auto source : decoded->sources) sources += std::to_string(source);
  return "categories " + std::to_string(decoded->categories.size()) + " sources " + sources + " begin " + std::to_string(decoded->window.week.begin_minute) + " with " +
         std::to_string(decoded->flags_with) + " without " + std::to_string(decoded->flags_without) + (decoded->window.dates.empty() ? "" : " dated");
}

TEST(FilterCodec, AWorkstreamSaysWhatWasLeftOut) {
  EXPECT_EQ(Told("workstream: \"always\""), "categories 1 sources 01 begin 0 with 0 without 0");
  EXPECT_EQ(Told("workstream: \"night\""), "categories 1 sources 0 begin 1200 with 0 without 0");
  EXPECT_EQ(Told("workstream: \"drink\""), "categories 1 sources 0 begin 0 with 1 without 0") << "the council does not tell it";
  EXPECT_EQ(Told("workstream: \"always\" window { begin_minute: 600 } sources: \"council\""), "categories 1 sources 1 begin 600 with 0 without 0");
}

TEST(FilterCodec, WhatBothSayIsRefused) {
  EXPECT_EQ(Told("workstream: \"none\""), "UNKNOWN_WORKSTREAM filter.workstream");
  EXPECT_EQ(Told("workstream: \"night\" categories: \"robbery\""), "NOT_TOGETHER filter.categories");
  EXPECT_EQ(Told("workstream: \"night\" sources: \"police\""), "NOT_TOGETHER filter.sources");
  EXPECT_EQ(Told("workstream: \"night\" window { begin_minute: 600 }"), "NOT_TOGETHER filter.window");
  EXPECT_EQ(Told("workstream: \"night\" flags: \"alcohol\""), "NOT_TOGETHER filter.flags");
  EXPECT_EQ(Told("workstream: \"night\" without_flags: \"alcohol\""), "NOT_TOGETHER filter.without_flags");
  EXPECT_EQ(Told("workstream: \"drink\" sources: \"council\""), "FLAG_UNKNOWN filter.sources");
}

TEST(FilterCodec, TimeWindowsAndViews) {
  EXPECT_EQ(Told("time_window: \"evening\""), "categories 2 sources 01 begin 1080 with 0 without 0");
  EXPECT_EQ(Told("time_window: \"term\""), "categories 2 sources 01 begin 0 with 0 without 0 dated");
  EXPECT_EQ(Told("time_window: \"noon\""), "UNKNOWN_TIME_WINDOW filter.time_window");
  EXPECT_EQ(Told("time_window: \"evening\" window { begin_minute: 600 }"), "NOT_TOGETHER filter.time_window");
  EXPECT_EQ(Told("workstream: \"night\" time_window: \"evening\""), "categories 1 sources 0 begin 1080 with 0 without 0") << "one of its views";
  EXPECT_EQ(Told("workstream: \"night\" time_window: \"term\""), "NOT_TOGETHER filter.time_window");
  EXPECT_EQ(Told("workstream: \"always\" time_window: \"term\""), "categories 1 sources 01 begin 0 with 0 without 0 dated");
}

TEST(FilterCodec, FlagsAreAskedOfThoseThatTellThem) {
  EXPECT_EQ(Told("sources: \"police\" flags: \"alcohol\" without_flags: \"domestic\""), "categories 2 sources 0 begin 0 with 1 without 2");
  EXPECT_EQ(Told("flags: \"alcohol\""), "FLAG_UNKNOWN filter.flags");
  EXPECT_EQ(Told("without_flags: \"alcohol\""), "FLAG_UNKNOWN filter.flags");
  EXPECT_EQ(Told("flags: \"weapon\""), "UNKNOWN_FLAG filter.flags[0]");
  EXPECT_EQ(Told("flags: \"alcohol\" flags: \"alcohol\""), "REPEATED filter.flags[1]");
  EXPECT_EQ(Told("sources: \"police\" flags: \"alcohol\" without_flags: \"alcohol\""), "NOT_TOGETHER filter.without_flags");
}

TEST(FilterCodec, APeriodBeyondTheKnownDatesIsRefused) {
  const auto town = Town();
  v1::IncidentFilter filter;
  filter.set_time_window("term");
  auto decoded = DecodeFilter(filter, town->datasets[0]);
  ASSERT_TRUE(decoded);
  decoded->period = geo::Period::CalendarYear(2022);
  const auto can = geo::CheckAnswerable(town->datasets[0].record, *decoded);
  ASSERT_FALSE(can);
  EXPECT_EQ(can.error().reason, "DATES_UNKNOWN");
  EXPECT_NE(can.error().message.find("2023-01-01/2024-01-01"), std::string::npos) << can.error().message;
}

// Whether cells may be told of it: nothing, or the refusal's reason and field.
std::string Mapped(const std::string& text) {
  static const auto town = Town();
  v1::IncidentFilter filter;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &filter)) << text;
  const auto decoded = DecodeFilter(filter, town->datasets[0]);
  if (!decoded) return decoded.error().message;
  const auto may = CheckMayBeMapped(*decoded, town->datasets[0].record);
  return may ? "" : may.error().reason + " " + may.error().field;
}

TEST(FilterCodec, WhatIsToldByAreaOnlyIsNotMapped) {
  EXPECT_EQ(Mapped("workstream: \"secret\""), "TIER_NEEDS_AREAS filter.workstream");
  EXPECT_EQ(Mapped("flags: \"domestic\" flags: \"alcohol\""), "TIER_NEEDS_AREAS filter.flags") << "another way to the same incidents";
  EXPECT_EQ(Mapped("flags: \"alcohol\""), "") << "most of them are others";
  EXPECT_EQ(Mapped("workstream: \"night\""), "");
  EXPECT_EQ(Mapped(""), "");
}

}  // namespace
}  // namespace server
