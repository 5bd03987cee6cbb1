// What make_sample planted is found again through the loader, the store, the snapshot and the methods: hotspots with their persistence, and every ward that
// changed and no other.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "geo/change/ward_comparison.h"
#include "geo/hotspots/find_hotspots.h"
#include "geo/hotspots/find_places.h"
#include "geo/io/load.h"
#include "geo/io/store.h"
#include "geo/planning/rank_priorities.h"
#include "tests/repository/made_sample.h"
#include "tests/support/scratch_folder.h"

namespace repository {
namespace {

using geo::DatasetSnapshot;
using nlohmann::json;

constexpr const char* kPoliceSource = "tidewick-police";

geo::LoadReport Load(const char* manifest, const std::filesystem::path& store) {
  geo::LoadReport report;
  geo::LoadOptions options;
  options.manifest = MadeSample() / manifest;
  options.store = store;
  options.today = geo::DayOf(2025, 2, 1);
  const geo::Result<void> loaded = geo::LoadDataset(options, report);
  EXPECT_TRUE(loaded) << manifest << ": " << loaded.error().field << " " << loaded.error().reason << " " << loaded.error().message;
  return report;
}

struct Loaded {
  geo::LoadReport sample, open;
  std::shared_ptr<const geo::Snapshot> snapshot;
};

// Both datasets in one store, read back and joined.
const Loaded& Sample() {
  static const Loaded loaded = [] {
    const support::ScratchFolder scratch;
    Loaded out{Load("manifest.toml", scratch.path() / "store.gpkg"), Load("manifest-open.toml", scratch.path() / "store.gpkg"), nullptr};
    auto stored = geo::ReadStore(scratch.path() / "store.gpkg");
    EXPECT_TRUE(stored) << stored.error().message;
    if (!stored) return out;
    auto built = geo::BuildSnapshot(std::move(*stored), 2);
    EXPECT_TRUE(built) << built.error().message;
    if (built) out.snapshot = *built;
    return out;
  }();
  return loaded;
}

const DatasetSnapshot* Find(const char* id) {
  if (!Sample().snapshot) return nullptr;
  const auto found = Sample().snapshot->find_dataset(id);
  return found ? *found : nullptr;
}

std::int64_t Sum(const geo::LoadReport& report, std::int64_t geo::FileRecord::*number) {
  return std::accumulate(report.files.begin(), report.files.end(), std::int64_t{0},
                         [number](std::int64_t sum, const geo::FileReport& file) { return sum + file.file.*number; });
}

std::map<std::string, int> Reasons(const geo::LoadReport& report) {
  std::map<std::string, int> reasons;
  for (const geo::FileReport& file : report.files) {
    for (const geo::RejectedRow& row : file.rejected) ++reasons[row.reason];
  }
  return reasons;
}

geo::IncidentFilter FilterFor(const DatasetSnapshot& data, const std::string& source, const std::string& category) {
  geo::IncidentFilter filter;
  for (std::size_t i = 0; i < data.record.categories.size(); ++i) {
    if (data.record.categories[i].id == category) filter.categories.push_back(static_cast<geo::CategoryIndex>(i));
  }
  for (std::size_t i = 0; i < data.record.sources.size(); ++i) {
    if (data.record.sources[i].id == source) filter.sources.push_back(static_cast<std::uint16_t>(i));
  }
  EXPECT_EQ(filter.categories.size(), 1u) << category;
  EXPECT_EQ(filter.sources.size(), 1u) << source;
  filter.period = geo::Period::CalendarYear(2024);
  return filter;
}

geo::TimeOfWeek WindowOf(const json& hotspot) {
  const auto minute = [](const std::string& clock) { return std::stoi(clock.substr(0, 2)) * 60; };
  geo::TimeOfWeek window{minute(hotspot["begin"]), minute(hotspot["end"]), 0};
  const std::vector<std::string> names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  for (const std::string day : hotspot["weekdays"]) {
    window.weekdays |= static_cast<std::uint8_t>(1 << (std::find(names.begin(), names.end(), day) - names.begin()));
  }
  return window;
}

geo::Persistence PersistenceNamed(const std::string& word) {
  static const std::map<std::string, geo::Persistence> words{{"persistent", geo::Persistence::kPersistent},
                                                             {"recurring", geo::Persistence::kRecurring},
                                                             {"new", geo::Persistence::kNew},
                                                             {"cooled", geo::Persistence::kCooled}};
  return words.at(word);
}

// Hotspots that share category and hours compete for one k-set: they are asked about together.
std::map<std::string, std::vector<json>> HotspotsByQuestion() {
  std::map<std::string, std::vector<json>> questions;
  const json truth = ReadJson(MadeSample() / "truth.json");
  for (const json& hotspot : truth["hotspots"]) {
    questions[hotspot["category"].get<std::string>() + hotspot["begin"].get<std::string>() + hotspot["end"].get<std::string>() + hotspot["weekdays"].dump()]
        .push_back(hotspot);
  }
  return questions;
}

TEST(PlantedTruth, EveryRowOfTheSampleIsKeptOrRejectedForAReason) {
  const geo::LoadReport& sample = Sample().sample;
  constexpr std::int64_t kStreet = 46 + 1620 + 5376 + 1875;  // cameras, lamp columns, buildings, protected places
  EXPECT_EQ(Sum(sample, &geo::FileRecord::rows_in), 166115 + 31416 + kStreet);
  EXPECT_THAT(Reasons(sample), ::testing::ElementsAre(std::pair("CONFLICTING_REFERENCE", 16), std::pair("DUPLICATE_ROW", 190)));
  EXPECT_EQ(Sum(sample, &geo::FileRecord::rows_kept), 166115 + 31416 - 16 - 190 + kStreet);
  const geo::LoadReport& open = Sample().open;
  EXPECT_EQ(Sum(open, &geo::FileRecord::rows_in), 165965);
  EXPECT_EQ(Sum(open, &geo::FileRecord::rows_kept), 165965) << "police.uk rows that share a Crime ID are each an incident";
}

geo::CellId CellOf(const json& hotspot) { return geo::HotspotQuery{}.cells.cell_of(geo::GridPoint::FromMeters(hotspot["easting_m"], hotspot["northing_m"])); }

int PlantedIn(const json& hotspot, int year) { return hotspot["police_per_year"][static_cast<std::size_t>(year - 2019)]; }

// Every occupied cell of a year, with the k-set of as many leading cells as there are planted places in that year.
geo::HotspotAnswer Ask(const DatasetSnapshot& data, const std::vector<json>& hotspots, int year) {
  geo::HotspotQuery query;
  query.filter = FilterFor(data, kPoliceSource, hotspots[0]["category"]);
  query.filter.window = WindowOf(hotspots[0]);
  query.filter.period = geo::Period::CalendarYear(year);
  query.selection = geo::CellSelection::kOccupied;
  query.share = 1;
  const auto whole = geo::FindHotspots(data, query, {}, geo::NeverStop{});
  EXPECT_TRUE(whole) << whole.error().message;
  const auto places = std::count_if(hotspots.begin(), hotspots.end(), [year](const json& hotspot) { return PlantedIn(hotspot, year) > 0; });
  const geo::HotCell& last = whole->cells.at(static_cast<std::size_t>(places) - 1);
  query.share = last.cumulative_share - 0.25 * last.share;
  const auto answer = geo::FindHotspots(data, query, {}, geo::NeverStop{});
  EXPECT_TRUE(answer) << answer.error().message;
  return *answer;
}

const geo::HotCell* FindCell(const geo::HotspotAnswer& answer, geo::CellId cell) {
  const auto found = std::find_if(answer.cells.begin(), answer.cells.end(), [&](const geo::HotCell& hot) { return hot.cell == cell; });
  return found == answer.cells.end() ? nullptr : &*found;
}

TEST(PlantedTruth, HotspotsLeadTheirQuestion) {
  const DatasetSnapshot* data = Find("sample");
  ASSERT_NE(data, nullptr);
  const auto questions = HotspotsByQuestion();
  ASSERT_EQ(questions.size(), 8u);
  for (const auto& [question, hotspots] : questions) {
    for (const int year : {2022, 2023, 2024}) {
      std::set<geo::CellId> active, leading;
      for (const json& hotspot : hotspots) {
        if (PlantedIn(hotspot, year) > 0) active.insert(CellOf(hotspot));
      }
      if (active.empty()) continue;
      const geo::HotspotAnswer answer = Ask(*data, hotspots, year);
      for (std::size_t i = 0; i < active.size() && i < answer.cells.size(); ++i) leading.insert(answer.cells[i].cell);
      EXPECT_EQ(leading, active) << question << " " << year;
    }
  }
}

TEST(PlantedTruth, HotspotsHaveTheirPersistence) {
  const DatasetSnapshot* data = Find("sample");
  ASSERT_NE(data, nullptr);
  int judged = 0;
  for (const auto& [question, hotspots] : HotspotsByQuestion()) {
    const geo::HotspotAnswer answer = Ask(*data, hotspots, 2024);
    for (const json& hotspot : hotspots) {
      const geo::HotCell* found = FindCell(answer, CellOf(hotspot));
      if (found != nullptr) {
        EXPECT_EQ(found->persistence, PersistenceNamed(hotspot["persistence_2024"]))
            << hotspot["id"] << ": rank " << found->rank << " of " << answer.hot_cells << ", hot in " << ::testing::PrintToString(found->hot_in);
        EXPECT_EQ(found->hot, PlantedIn(hotspot, 2024) > 0) << hotspot["id"];
        EXPECT_EQ(found->top_point_share > 0.3, hotspot["core_radius_m"] == 0) << hotspot["id"] << ": " << found->top_point_share << " at one position";
      } else {
        // A place that is empty now is not listed; that it was hot until then is the answer about the year before.
        EXPECT_EQ(hotspot["persistence_2024"], "cooled") << hotspot["id"];
        const geo::HotspotAnswer before = Ask(*data, hotspots, 2023);
        found = FindCell(before, CellOf(hotspot));
        ASSERT_NE(found, nullptr) << hotspot["id"];
        EXPECT_EQ(found->persistence, geo::Persistence::kPersistent) << hotspot["id"];
      }
      ++judged;
    }
  }
  EXPECT_EQ(judged, 15);
}

// Both ways of asking "is it more than chance": the test of the cells, and the tops of the surface.
TEST(PlantedTruth, HotspotsAreSignificantAndPeak) {
  const DatasetSnapshot* data = Find("sample");
  ASSERT_NE(data, nullptr);
  int judged = 0;
  for (const auto& [question, hotspots] : HotspotsByQuestion()) {
    geo::HotspotQuery query;
    query.filter = FilterFor(*data, kPoliceSource, hotspots[0]["category"]);
    query.filter.window = WindowOf(hotspots[0]);
    query.filter.period = geo::Period::CalendarYear(2024);
    query.vintage = data->vintage_in_force(query.filter.period.end - 1);
    query.selection = geo::CellSelection::kSignificant;
    const auto answer = geo::FindHotspots(*data, query, {}, geo::NeverStop{});
    ASSERT_TRUE(answer) << answer.error().message;
    geo::PlaceQuery places;
    places.surface.filter = query.filter;
    places.surface.vintage = query.vintage;
    places.surface.cell_mm = 50'000;
    places.surface.density.bandwidth_m = 300;
    places.peaks = 100;
    const auto found = geo::FindPlaces(*data, places, {}, geo::NeverStop{});
    ASSERT_TRUE(found) << found.error().message;
    for (const json& hotspot : hotspots) {
      if (PlantedIn(hotspot, 2024) == 0) continue;
      const geo::HotCell* cell = FindCell(*answer, CellOf(hotspot));
      ASSERT_NE(cell, nullptr) << hotspot["id"] << " is not told from chance";
      EXPECT_GT(cell->significance.statistic, 0) << hotspot["id"];
      EXPECT_EQ(cell->significance.confidence, 3) << hotspot["id"];
      const auto at = geo::GridPoint::FromMeters(hotspot["easting_m"], hotspot["northing_m"]);
      const bool peaks = std::any_of(found->peaks.begin(), found->peaks.end(), [&](const geo::PlaceAnswer::Peak& peak) {
        return std::hypot(peak.named.at.easting_m() - at.easting_m(), peak.named.at.northing_m() - at.northing_m()) <= 150;
      });
      EXPECT_TRUE(peaks) << hotspot["id"] << " is no top of the surface";
      ++judged;
    }
  }
  EXPECT_GE(judged, 10);
}

TEST(PlantedTruth, WardsThatChangedAreFoundAndNoOthers) {
  const DatasetSnapshot* data = Find("sample");
  ASSERT_NE(data, nullptr);
  const json truth = ReadJson(MadeSample() / "truth.json")["ward_changes"];
  const auto vintage = data->find_vintage(truth["vintage"]);
  ASSERT_TRUE(vintage) << vintage.error().message;
  std::map<std::pair<std::string, std::string>, std::map<std::string, geo::Verdict>> expected;
  for (const geo::Category& category : data->record.categories) {
    expected[{category.id == "council-anti-social-behaviour" ? "tidewick-council" : kPoliceSource, category.id}];
  }
  for (const json& change : truth["changed"]) {
    expected[{change["source"], change["category"]}][change["ward"]] = change["direction"] == "higher" ? geo::Verdict::kHigher : geo::Verdict::kLower;
  }
  ASSERT_EQ(expected.size(), 15u);
  for (const auto& [family, wards] : expected) {
    geo::WardQuery query;
    query.filter = FilterFor(*data, family.first, family.second);
    query.before = geo::Period::CalendarYear(2023);
    query.after = geo::Period::CalendarYear(2024);
    query.vintage = *vintage;
    const auto answer = geo::CompareWards(*data, query, geo::NeverStop{});
    ASSERT_TRUE(answer) << answer.error().message;
    std::map<std::string, geo::Verdict> found;
    for (const geo::WardRow& row : answer->rows) {
      if (row.kind != geo::WardRow::Kind::kArea || row.change.verdict == geo::Verdict::kNoClearChange || row.change.verdict == geo::Verdict::kTooFewToSay)
        continue;
      found[data->vintages[*vintage].areas.areas()[row.area].code] = row.change.verdict;
    }
    EXPECT_EQ(found, wards) << family.first << " " << family.second;
  }
}

TEST(PlantedTruth, ABreakBetweenTwoPeriodsMakesThemNotComparable) {
  const DatasetSnapshot* data = Find("sample");
  ASSERT_NE(data, nullptr);
  for (const auto& [source, category, year, id] :
       {std::tuple{"tidewick-council", "council-anti-social-behaviour", 2021, "council-app"},
        std::tuple{kPoliceSource, "burglary", 2020, "burglary-definition"}, std::tuple{kPoliceSource, "anti-social-behaviour", 2019, "pandemic-asb"}}) {
    geo::WardQuery query;
    query.filter = FilterFor(*data, source, category);
    query.before = geo::Period::CalendarYear(year);
    query.after = geo::Period::CalendarYear(year + 1);
    const auto answer = geo::CompareWards(*data, query, geo::NeverStop{});
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->rows.back().change.verdict, geo::Verdict::kNotComparable) << id;
    EXPECT_THAT(answer->breaks, ::testing::Contains(::testing::Field(&geo::CrossedBreak::id, ::testing::HasSubstr(id))));
  }
}

TEST(PlantedTruth, OpenDataCannotAnswerByHourAndHoldsTheSameTotals) {
  const DatasetSnapshot* open = Find("sample-open");
  const DatasetSnapshot* sample = Find("sample");
  ASSERT_NE(open, nullptr);
  ASSERT_NE(sample, nullptr);
  geo::HotspotQuery query;
  query.filter = FilterFor(*open, "tidewick-street", "violence-and-sexual-offences");
  query.filter.window = geo::TimeOfWeek{20 * 60, 6 * 60, 0b0111000};
  const auto refused = geo::FindHotspots(*open, query, {}, geo::NeverStop{});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "HOUR_UNKNOWN");
  EXPECT_GT(open->incidents.size(), 165000u);
  // Every open row is a police row; the 16 rows of conflicting references are kept here and refused there.
  std::int64_t police = 0;
  for (std::size_t i = 0; i < sample->incidents.size(); ++i) {
    police += sample->record.sources[sample->incidents.files[sample->incidents.file[i]].source].id == kPoliceSource ? 1 : 0;
  }
  EXPECT_EQ(static_cast<std::int64_t>(open->incidents.size()), police + 16);
}

// The violence that was planted comes out on top, in the nights in which it was planted and nowhere else.
TEST(PlantedTruth, PrioritiesAreThePlantedPlacesInTheirNights) {
  const DatasetSnapshot* data = Find("sample");
  ASSERT_NE(data, nullptr);
  const json truth = ReadJson(MadeSample() / "truth.json");
  geo::PriorityQuery query;
  query.period = geo::Period::CalendarYear(2024);
  const auto& streams = data->record.workstreams;
  const auto night = std::find_if(streams.begin(), streams.end(), [](const auto& stream) { return stream.id == "night-violence"; });
  ASSERT_NE(night, streams.end());
  query.workstreams = {{static_cast<std::size_t>(night - streams.begin()), 1}};
  query.vintage = *data->find_vintage("wards-2023");
  query.weight_table = 0;
  query.blocks = geo::HourBlocks{22, 8};  // 22 to 6 is one block, and what is planted is from 20 to 6
  query.listed = 9;
  query.capacity_hours = 24;
  query.visit_hours = 8;
  query.teams = 9;
  const auto answer = geo::RankPriorities(*data, query, geo::NeverStop());
  ASSERT_TRUE(answer) << answer.error().message;
  ASSERT_EQ(answer->listed, 9u);
  for (std::size_t i = 0; i < answer->listed; ++i) {
    const geo::Candidate& candidate = answer->candidates[i];
    const geo::GridPoint centre = answer->places.grid.centre_of(answer->places.cells[static_cast<std::size_t>(candidate.place)]);
    double nearest = 1e9;
    for (const json& spot : truth["hotspots"]) {
      if (spot["category"] != "violence-and-sexual-offences") continue;
      nearest = std::min(nearest, std::hypot(centre.easting_m() - spot["easting_m"].get<double>(), centre.northing_m() - spot["northing_m"].get<double>()));
    }
    const geo::TimeOfWeek hours = geo::WindowOf(*query.blocks, candidate.block);
    EXPECT_LT(nearest, 400) << "rank " << candidate.rank;
    EXPECT_EQ(hours.begin_minute, 22 * 60) << "rank " << candidate.rank;
    EXPECT_NE(hours.weekdays & 0x38, 0) << "rank " << candidate.rank << ": not Thursday to Saturday";
  }
  EXPECT_EQ(answer->assigned.size(), 3u);
  EXPECT_GT(answer->coverage->covered, 0);
}

}  // namespace
}  // namespace repository
