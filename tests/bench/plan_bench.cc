// RankPriorities over 10,000 cells x 21 hour blocks x 9 workstreams, and the profile of one of the cells.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <thread>

#include "geo/planning/profile_place.h"
#include "geo/planning/rank_priorities.h"

namespace {

constexpr int kSide = 100;  // cells of 250 m
constexpr int kYear = 2025;
constexpr int kIncidentsPerYear = 200'000;
constexpr int kYears = 4;

// A square authority of 25 km, 100 centres of trouble, nine categories, every workstream two of them, minutes known.
std::shared_ptr<const geo::Snapshot> MakeTown() {
  geo::StoredDataset stored;
  geo::DatasetRecord& record = stored.record;
  record.id = "bench";
  record.time_zone = "Europe/London";
  record.as_at = geo::DayOf(2100, 1, 1);
  geo::SourceRecord source;
  source.id = "police";
  source.time = geo::TimeKnowledge::kClock;
  source.files.push_back({"a.csv", std::string(64, '0'), 0, 0, 0, 0});
  record.sources.push_back(source);
  for (int i = 0; i < 9; ++i) record.categories.push_back({"c" + std::to_string(i), "c", true});
  geo::WeightTable table;
  table.id = "harm";
  for (int i = 0; i < 9; ++i) {
    table.entries.push_back({"c" + std::to_string(i), 1.0 + i * i});
    geo::Workstream stream;
    stream.id = stream.title = "w" + std::to_string(i);
    stream.entries = {{"c" + std::to_string(i), 1}};
    if (i < 8) stream.entries.push_back({"c" + std::to_string(i + 1), 2});
    if (i % 3 == 0) stream.window = geo::TimeOfWeek{20 * 60, 6 * 60, 0x78};
    stream.concern = geo::Workstream::Concern{0.6, 0.55, 0.65};
    record.workstreams.push_back(stream);
  }
  record.weight_tables.push_back(table);
  geo::VintageRecord vintage;
  vintage.id = "wards";
  record.vintages.push_back(vintage);
  const auto at = [](double e, double n) { return geo::GridPoint::FromMeters(e, n); };
  const double side = kSide * 250.0 - 1;
  stored.areas.push_back({geo::Area{"A", "A", geo::MultiPolygon{{geo::Polygon{{{at(1, 1), at(side, 1), at(side, side), at(1, side)}}}}}}});
  std::mt19937_64 random(7);
  std::normal_distribution<double> spread(0, 900);
  std::uniform_real_distribution<double> place(0, side);
  std::vector<std::pair<double, double>> centres;
  for (int i = 0; i < 100; ++i) centres.emplace_back(place(random), place(random));
  std::vector<geo::LocalMinute> times;
  const geo::LocalMinute first = geo::DayOf(kYear - kYears + 1, 1, 1) * geo::kMinutesPerDay;
  for (int i = 0; i < kIncidentsPerYear * kYears; ++i) times.push_back(first + static_cast<geo::LocalMinute>(random() % (1461 * 1440)));
  std::sort(times.begin(), times.end());
  geo::IncidentColumns& columns = stored.incidents;
  columns.resize(times.size());
  columns.files.push_back({0, 0});
  for (std::size_t i = 0; i < times.size(); ++i) {
    const auto& centre = centres[random() % centres.size()];
    const bool scattered = random() % 2 == 0;
    const double e = scattered ? place(random) : std::clamp(centre.first + spread(random), 2.0, side - 1);
    const double n = scattered ? place(random) : std::clamp(centre.second + spread(random), 2.0, side - 1);
    columns.at[i] = at(e, n);
    columns.from_minute[i] = times[i];
    columns.to_minute[i] = times[i] + (random() % 5 == 0 ? 300 : 1);
    columns.category[i] = static_cast<geo::CategoryIndex>(random() % 9);
    columns.file[i] = 0;
    columns.line[i] = static_cast<std::uint32_t>(i + 2);
    columns.place[i] = 0;
  }
  std::vector<geo::StoredDataset> all;
  all.push_back(std::move(stored));
  auto built = geo::BuildSnapshot(std::move(all), 2);
  if (!built) {
    std::fprintf(stderr, "%s\n", built.error().message.c_str());
    std::exit(1);
  }
  return *built;
}

const geo::DatasetSnapshot& Town() {
  static const auto snapshot = MakeTown();
  return snapshot->datasets[0];
}

geo::PriorityQuery Query() {
  geo::PriorityQuery query;
  query.period = geo::Period::CalendarYear(kYear);
  for (std::size_t i = 0; i < 9; ++i) query.workstreams.push_back({i, 1});
  query.weight_table = 0;
  query.capacity_hours = 120;
  query.visit_hours = 8;
  query.teams = 3;
  query.threads = static_cast<int>(std::min(4u, std::max(1u, std::thread::hardware_concurrency())));
  return query;
}

void RankPriorities(benchmark::State& state) {
  geo::PriorityQuery query = Query();
  query.draws = static_cast<int>(state.range(0));
  std::int64_t scored = 0;
  for (auto _ : state) {
    const auto answer = geo::RankPriorities(Town(), query, geo::NeverStop());
    if (!answer || answer->places.size() != kSide * kSide || answer->candidates.size() < 20) {
      state.SkipWithError("wrong answer");
      return;
    }
    scored = answer->scored;
  }
  state.counters["candidates"] = static_cast<double>(scored);
}
BENCHMARK(RankPriorities)->Arg(0)->Arg(1000)->Unit(benchmark::kMillisecond)->UseRealTime();

void ProfilePlace(benchmark::State& state) {
  geo::ProfileQuery query;
  query.period = geo::Period::CalendarYear(kYear);
  for (std::size_t i = 0; i < 9; ++i) query.workstreams.push_back(i);
  query.weight_table = 0;
  query.unit = state.range(0) == 0 ? geo::PlaceUnit::kCells : geo::PlaceUnit::kAreas;
  query.cells = {geo::CellId{50, 50}};
  query.areas = {0};
  query.threads = static_cast<int>(std::min(4u, std::max(1u, std::thread::hardware_concurrency())));
  for (auto _ : state) {
    const auto profile = geo::ProfilePlace(Town(), query, geo::NeverStop());
    if (!profile || profile->workstreams.size() != 9) {
      state.SkipWithError("wrong answer");
      return;
    }
  }
}
BENCHMARK(ProfilePlace)->Arg(0)->Arg(1)->ArgName("ward")->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
