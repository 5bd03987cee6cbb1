// A damaged workstream is refused when the snapshot is built, not when a question stumbles over it.
#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include "tests/support/drawn_dataset.h"

namespace geo {
namespace {

StoredDataset Town() {
  DrawnDataset town;
  town.add_vintage("wards");
  town.add_square(0, "W1", 0, 0, 1000);
  Workstream one, two;
  one.id = "one";
  one.entries = {{"robbery", 2}};
  one.sources = {"police"};
  one.concern = Workstream::Concern{0.5, 0.4, 0.6};
  two.id = "two";
  two.entries = {{"anti-social-behaviour", 0}};
  two.targeting = false;
  town.record().workstreams = {one, two};
  return town.store();
}

Result<std::shared_ptr<const Snapshot>> Built(StoredDataset stored) {
  std::vector<StoredDataset> all;
  all.push_back(std::move(stored));
  return BuildSnapshot(std::move(all), 1);
}

TEST(DamagedWorkstream, IsRefused) {
  ASSERT_TRUE(Built(Town()));
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<std::pair<const char*, std::function<void(Workstream&)>>> damages = {
      {"no id", [](Workstream& of) { of.id.clear(); }},
      {"an id out of order", [](Workstream& of) { of.id = "zero"; }},
      {"the id of another", [](Workstream& of) { of.id = "two"; }},
      {"no category", [](Workstream& of) { of.entries.clear(); }},
      {"an unknown category", [](Workstream& of) { of.entries[0].category = "piracy"; }},
      {"a weight that is no number", [](Workstream& of) { of.entries[0].weight = kNan; }},
      {"a weight under zero", [](Workstream& of) { of.entries[0].weight = -1; }},
      {"an unknown source", [](Workstream& of) { of.sources = {"press"}; }},
      {"a minute before the day", [](Workstream& of) { of.window.week.begin_minute = -1; }},
      {"a minute after the day", [](Workstream& of) { of.window.week.end_minute = 1441; }},
      {"a window of nothing", [](Workstream& of) { of.window = TimeOfWeek{60, 60, 0x7F}; }},
      {"no weekday", [](Workstream& of) { of.window.week.weekdays = 0; }},
      {"an eighth weekday", [](Workstream& of) { of.window.week.weekdays = 0x80; }},
      {"a concern outside its interval", [](Workstream& of) { of.concern->low = 0.55; }},
      {"a concern over all", [](Workstream& of) { of.concern->high = 1.1; }},
      {"a concern that is no number", [](Workstream& of) { of.concern->share = kNan; }},
      {"an unknown tier", [](Workstream& of) { of.tier = static_cast<SensitivityTier>(4); }},
      {"cells of nothing", [](Workstream& of) { of.cell_size_m = 0; }},
      {"endless cells", [](Workstream& of) { of.cell_size_m = std::numeric_limits<double>::infinity(); }},
      {"no minimum", [](Workstream& of) { of.minimum_count = 0; }}};
  for (const auto& [name, damage] : damages) {
    StoredDataset stored = Town();
    damage(stored.record.workstreams[0]);
    const auto built = Built(std::move(stored));
    ASSERT_FALSE(built) << name;
    EXPECT_EQ(built.error().code, ErrorCode::kDataLoss) << name;
    EXPECT_NE(built.error().message.find("workstream"), std::string::npos) << built.error().message;
  }
}

}  // namespace
}  // namespace geo
