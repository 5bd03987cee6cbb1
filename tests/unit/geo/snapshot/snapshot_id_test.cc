// The id of a snapshot moves with everything that an answer is computed from, or shows.
#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "geo/snapshot/dataset_snapshot.h"
#include "tests/support/drawn_dataset.h"

namespace geo {
namespace {

StoredDataset Town() {
  DrawnDataset drawn;
  const std::size_t wards = drawn.add_vintage("wards");
  drawn.add_square(wards, "A", 500'000, 200'000, 1000);
  drawn.add_residents(wards, "A", 2021, 4000);
  drawn.add_monthly(Period::CalendarYear(2022), 1, GridPoint::FromMeters(500'500, 200'500));
  drawn.record().breaks.push_back({"new-app", "police", {"robbery"}, {19000, 19001}, "A new app"});
  drawn.record().weight_tables.push_back({"harm-1", "Harm", "1", "days", "us", {{"robbery", 365}}});
  drawn.record().sources[0].rejects = {{"DUPLICATE_ROW", 3}};
  drawn.record().flags = {{"alcohol", "Drink"}};
  drawn.record().sources[0].flags = {"alcohol"};
  TimeWindow summer;
  summer.dates = {{19'150, 19'200}};
  summer.dates_known = {19'000, 19'300};
  drawn.record().time_windows = {{"summer", "Summer", summer}};
  Workstream street;
  street.id = street.title = street.priority = "street";
  street.entries = {{"robbery", 1}};
  drawn.record().workstreams = {street};
  return drawn.store();
}

std::string IdOf(StoredDataset stored) {
  std::vector<StoredDataset> all;
  all.push_back(std::move(stored));
  return BuildSnapshot(std::move(all), 1).value()->id;
}

TEST(SnapshotId, EqualDataHasAnEqualId) { EXPECT_EQ(IdOf(Town()), IdOf(Town())); }

TEST(SnapshotId, MovesWithEveryFieldOfTheRecord) {
  const std::vector<std::function<void(DatasetRecord&)>> changes{
      [](auto& r) { r.id += "x"; },
      [](auto& r) { r.title += "x"; },
      [](auto& r) { r.publisher += "x"; },
      [](auto& r) { r.licence += "x"; },
      [](auto& r) { r.as_at += 1; },
      [](auto& r) { r.time_zone = "UTC"; },
      [](auto& r) { r.retention_months = 0; },
      [](auto& r) { r.retention_months = 12; },
      [](auto& r) { r.manifest_sha256 += "x"; },
      [](auto& r) { r.content_sha256 += "x"; },
      [](auto& r) { r.categories[0].title += "x"; },
      [](auto& r) { r.categories[0].crime = false; },
      [](auto& r) { r.sources[0].title += "x"; },
      [](auto& r) { r.sources[0].time = TimeKnowledge::kMonth; },
      [](auto& r) { r.sources[0].precision_m = 0.5; },
      [](auto& r) { r.sources[0].snapped = true; },
      [](auto& r) { r.sources[0].transformation += "x"; },
      [](auto& r) { r.sources[0].files[0].name += "x"; },
      [](auto& r) { r.sources[0].files[0].sha256[5] = '1'; },
      [](auto& r) { r.sources[0].files[0].rows_in += 1; },
      [](auto& r) { r.sources[0].files[0].rows_kept += 1; },
      [](auto& r) { r.sources[0].files[0].rows_rejected += 1; },
      [](auto& r) { r.sources[0].files[0].rows_unlocated += 1; },
      [](auto& r) { r.sources[0].rejects[0].reason += "x"; },
      [](auto& r) { r.sources[0].rejects[0].rows += 1; },
      [](auto& r) { r.sources[0].rejects.clear(); },
      [](auto& r) { r.sources[0].repeated_references += 1; },
      [](auto& r) { r.vintages[0].id += "x"; },
      [](auto& r) { r.vintages[0].title += "x"; },
      [](auto& r) { r.vintages[0].kind += "x"; },
      [](auto& r) { r.vintages[0].valid_from += 1; },
      [](auto& r) { r.vintages[0].valid_to = 0; },
      [](auto& r) { r.vintages[0].transformation += "x"; },
      [](auto& r) { r.vintages[0].file.sha256 += "x"; },
      [](auto& r) { r.vintages[0].populations[0].code += "x"; },
      [](auto& r) { r.vintages[0].populations[0].measure += "x"; },
      [](auto& r) { r.vintages[0].populations[0].year += 1; },
      [](auto& r) { r.vintages[0].populations[0].value += 0.25; },
      [](auto& r) { r.breaks[0].id += "x"; },
      [](auto& r) { r.breaks[0].source.clear(); },
      [](auto& r) { r.breaks[0].categories.clear(); },
      [](auto& r) { r.breaks[0].period.begin -= 1; },
      [](auto& r) { r.breaks[0].period.end += 1; },
      [](auto& r) { r.breaks[0].note += "x"; },
      [](auto& r) { r.breaks.clear(); },
      [](auto& r) { r.weight_tables[0].id += "x"; },
      [](auto& r) { r.weight_tables[0].title += "x"; },
      [](auto& r) { r.weight_tables[0].version += "x"; },
      [](auto& r) { r.weight_tables[0].unit += "x"; },
      [](auto& r) { r.weight_tables[0].source += "x"; },
      [](auto& r) { r.weight_tables[0].entries[0].category = "anti-social-behaviour"; },
      [](auto& r) { r.weight_tables[0].entries[0].weight = 0; },
      [](auto& r) { r.weight_tables[0].entries.push_back({"anti-social-behaviour", 1}); },
      [](auto& r) { r.weight_tables.clear(); },
      [](auto& r) { r.flags.push_back({"weapon", "Weapon"}); },
      [](auto& r) { r.flags[0].title += "x"; },
      [](auto& r) { r.sources[0].flags.clear(); },
      [](auto& r) { r.time_windows[0].title += "x"; },
      [](auto& r) { r.time_windows[0].window.week.end_minute -= 1; },
      [](auto& r) { r.time_windows[0].window.dates[0].end -= 1; },
      [](auto& r) { r.time_windows[0].window.dates_known.end += 1; },
      [](auto& r) { r.workstreams[0].title += "x"; },
      [](auto& r) { r.workstreams[0].entries[0].weight = 2; },
      [](auto& r) { r.workstreams[0].window = TimeOfWeek{60, 120, 0x7F}; },
      [](auto& r) { r.workstreams[0].views = {"summer"}; },
      [](auto& r) { r.workstreams[0].flags_with = {"alcohol"}; },
      [](auto& r) { r.workstreams[0].flags_without = {"alcohol"}; },
      [](auto& r) { r.workstreams[0].location_roles.push_back(LocationRole::kComplainant); },
      [](auto& r) { r.workstreams[0].denominators = {"residents"}; },
      [](auto& r) { r.workstreams[0].targeting = false; },
      [](auto& r) { r.workstreams[0].tier = SensitivityTier::kHigh; },
      [](auto& r) { r.workstreams[0].minimum_count = 9; },
      [](auto& r) { r.workstreams[0].concern = Workstream::Concern{0.5, 0.4, 0.6}; },
  };
  std::set<std::string> ids{IdOf(Town())};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    StoredDataset changed = Town();
    changes[i](changed.record);
    EXPECT_TRUE(ids.insert(IdOf(std::move(changed))).second) << "change " << i;
  }
}

TEST(SnapshotId, ADamagedWeightTableIsRefused) {
  const std::vector<std::function<void(WeightTable&)>> damages{
      [](auto& t) { t.entries.clear(); },
      [](auto& t) { t.entries[0].category = "piracy"; },
      [](auto& t) { t.entries[0].weight = -1; },
      [](auto& t) { t.entries[0].weight = std::numeric_limits<double>::infinity(); },
      [](auto& t) { t.entries[0].weight = std::numeric_limits<double>::quiet_NaN(); },
  };
  for (std::size_t i = 0; i < damages.size(); ++i) {
    std::vector<StoredDataset> stored;
    stored.push_back(Town());
    damages[i](stored[0].record.weight_tables[0]);
    const auto built = BuildSnapshot(std::move(stored), 1);
    ASSERT_FALSE(built) << "damage " << i;
    EXPECT_EQ(built.error().code, ErrorCode::kDataLoss);
  }
}

// Lengths keep neighbours apart: "ab" + "c" is not "a" + "bc".
TEST(SnapshotId, TextsDoNotRunTogether) {
  StoredDataset one = Town(), other = Town();
  one.record.title = "ab", one.record.publisher = "c";
  other.record.title = "a", other.record.publisher = "bc";
  EXPECT_NE(IdOf(std::move(one)), IdOf(std::move(other)));
}

}  // namespace
}  // namespace geo
