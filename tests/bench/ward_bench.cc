// How fast are wards compared once the data is loaded? Medway: 24 wards x 14 categories x 6 periods of the real data (target 10 ms). The wards of the United
// Kingdom over two periods of half a year of England and Wales (target 100 ms). Times are CPU times of the asking thread, best of the run: the machine may be
// shared. Each row first checks that areas + outside + unlocated = total in every period. Loading and the join of points to wards are not timed.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "geo/change/boundary_comparison.h"
#include "geo/change/ward_comparison.h"
#include "geo/change/ward_ranking.h"
#include "geo/change/ward_trends.h"
#include "geo/change/years_comparison.h"
#include "geo/io/load.h"
#include "geo/io/store.h"
#include "tests/support/paths.h"
#include "tests/support/real_areas.h"
#include "tests/support/scratch_folder.h"

namespace {

using geo::DayOf;
using geo::Period;

struct Workload {
  std::shared_ptr<const geo::Snapshot> snapshot;
  std::size_t vintage = 0;
  std::string fault;  // why there is nothing to time
  const geo::DatasetSnapshot& data() const { return snapshot->datasets[0]; }
};

double CpuSeconds() {
  std::timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

Workload LoadMedway() {
  Workload work;
  if (!support::HaveSharedData("kent-street")) {
    work.fault = "no real data beside the checkout (../shared/data)";
    return work;
  }
  const support::ScratchFolder scratch;
  geo::LoadReport report;
  geo::LoadOptions options;
  options.manifest = std::filesystem::path(WARDWATCH_REPOSITORY) / "datasets/medway/manifest-shared.toml";
  options.data_root = WARDWATCH_SHARED_DATA;
  options.store = scratch.path() / "medway.gpkg";
  options.today = DayOf(2026, 6, 1);
  if (const auto loaded = geo::LoadDataset(options, report); !loaded) {
    work.fault = loaded.error().message;
    return work;
  }
  work.snapshot = geo::BuildSnapshot(geo::ReadStore(options.store).value(), 2).value();
  work.vintage = work.data().find_vintage("wards-2023").value();
  return work;
}

// The points with their months; what kind of crime each was is told by its number in the file, for nothing here depends on it.
Workload LoadCountry() {
  Workload work;
  const std::string points = "ew-2025-points/points_2025_h1.csv.gz", areas = "uk-wards-2024/uk_wards_may2024_bsc.geojson.gz";
  if (!support::HaveSharedData(points) || !support::HaveSharedData(areas)) {
    work.fault = "no real data beside the checkout (../shared/data)";
    return work;
  }
  const geo::BritishGrid grid = std::move(geo::BritishGrid::Create().value());
  std::vector<geo::GridPoint> at;
  support::ReadRealPoints(points, 2, 3, grid, at);
  const std::string text = support::ReadSharedText(points);
  std::vector<std::pair<geo::LocalDay, std::size_t>> order;
  for (std::size_t line = text.find('\n') + 1; line < text.size(); line = std::min(text.find('\n', line), text.size()) + 1) {
    order.emplace_back(geo::ParseMonth(text.substr(line, 7), "month").value().first_day(), order.size());
  }
  std::sort(order.begin(), order.end());

  geo::StoredDataset stored;
  stored.record.id = "country";
  stored.record.as_at = DayOf(2025, 7, 1);
  stored.record.time_zone = "Europe/London";
  for (int c = 0; c < 14; ++c) stored.record.categories.push_back({"category-" + std::to_string(c), "", true});
  stored.record.sources.push_back({"police", "police", geo::TimeKnowledge::kMonth});
  stored.record.sources[0].files.push_back({points});
  stored.record.vintages.push_back({"wards-2024", "", "ward", DayOf(2024, 5, 2), {}, {}, {}, {}});
  stored.areas.push_back(support::ReadRealAreas(areas, "WD24CD", "WD24NM", grid));
  geo::IncidentColumns& rows = stored.incidents;
  rows.files.push_back({0, 0});
  rows.resize(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    const geo::Month month = geo::Month::OfDay(order[i].first);
    rows.at[i] = at[order[i].second];
    rows.from_minute[i] = order[i].first * geo::kMinutesPerDay;
    rows.to_minute[i] = month.next().first_day() * geo::kMinutesPerDay;
    rows.category[i] = static_cast<geo::CategoryIndex>(order[i].second % 14);
    rows.file[i] = 0;
    rows.line[i] = static_cast<std::uint32_t>(order[i].second + 2);
    rows.place[i] = 0;
  }
  std::vector<geo::StoredDataset> all;
  all.push_back(std::move(stored));
  work.snapshot = geo::BuildSnapshot(std::move(all), 2).value();
  return work;
}

const Workload& Medway() {
  static const Workload work = LoadMedway();
  return work;
}
const Workload& Country() {
  static const Workload work = LoadCountry();
  return work;
}

geo::IncidentFilter All(const geo::DatasetSnapshot& data) {
  geo::IncidentFilter filter;
  for (std::size_t c = 0; c < data.record.categories.size(); ++c) filter.categories.push_back(static_cast<geo::CategoryIndex>(c));
  for (std::size_t s = 0; s < data.record.sources.size(); ++s) filter.sources.push_back(static_cast<std::uint16_t>(s));
  return filter;
}

// The 33 months there are, as six periods.
const std::vector<Period> kSixPeriods{{DayOf(2018, 10, 1), DayOf(2019, 1, 1)}, {DayOf(2019, 1, 1), DayOf(2019, 3, 1)}, {DayOf(2022, 1, 1), DayOf(2022, 7, 1)},
                                      {DayOf(2022, 7, 1), DayOf(2023, 1, 1)},  {DayOf(2025, 1, 1), DayOf(2025, 7, 1)}, {DayOf(2025, 7, 1), DayOf(2026, 1, 1)}};
const Period kFirstQuarter{DayOf(2025, 1, 1), DayOf(2025, 4, 1)}, kSecondQuarter{DayOf(2025, 4, 1), DayOf(2025, 7, 1)};

geo::WardQuery TwoPeriods(const Workload& work, Period before, Period after, bool by_category) {
  geo::WardQuery query;
  query.filter = All(work.data());
  query.before = before;
  query.after = after;
  query.vintage = work.vintage;
  query.by_category = by_category;
  return query;
}

geo::YearsQuery Years(const Workload& work, std::vector<Period> periods, bool by_category) {
  geo::YearsQuery query;
  query.filter = All(work.data());
  query.periods = std::move(periods);
  query.vintage = work.vintage;
  query.by_category = by_category;
  query.denominator = work.data().record.vintages[work.vintage].populations.empty() ? "km2" : "residents";
  return query;
}

bool AddsUp(const geo::WardAnswer& answer) {
  std::int64_t before = 0, after = 0;
  for (const geo::WardRow& row : answer.rows) {
    const std::int64_t sign = row.kind == geo::WardRow::Kind::kTotal ? -1 : 1;
    before += sign * row.before.incidents;
    after += sign * row.after.incidents;
  }
  return before == 0 && after == 0 && answer.incidents > 0;
}

bool AddsUp(const geo::YearsAnswer& answer) {
  std::vector<std::int64_t> sums(answer.rows[0].cells.size());
  for (const geo::YearsRow& row : answer.rows) {
    for (std::size_t p = 0; p < sums.size(); ++p) sums[p] += (row.kind == geo::WardRow::Kind::kTotal ? -1 : 1) * row.cells[p].incidents;
  }
  return std::all_of(sums.begin(), sums.end(), [](std::int64_t sum) { return sum == 0; }) && answer.incidents > 0;
}

template <class Ask>
void Register(const std::string& name, const Workload& (*workload)(), Ask&& ask, double target_ms) {
  benchmark::RegisterBenchmark(name.c_str(), [=](benchmark::State& state) {
    const Workload& work = workload();
    if (!work.fault.empty()) return state.SkipWithError(work.fault.c_str());
    if (!ask(work)) return state.SkipWithError("the answer does not add up");
    double best = 1e9;
    for (auto _ : state) {
      const double start = CpuSeconds();
      benchmark::DoNotOptimize(ask(work));
      const double took = CpuSeconds() - start;
      best = std::min(best, took);
      state.SetIterationTime(took);
    }
    state.counters["best_ms"] = best * 1e3;
    if (target_ms > 0) state.counters["target_ms"] = target_ms;
  })->Unit(benchmark::kMillisecond)->UseManualTime();
}

template <class Query, class Answer>
bool Checked(const Workload& work, const Query& query, geo::Result<Answer> (*compare)(const geo::DatasetSnapshot&, const Query&, const geo::StopSignal&)) {
  const auto answer = compare(work.data(), query, geo::NeverStop());
  return answer && AddsUp(*answer);
}

void RegisterAll() {
  Register("medway/years/24x14x6", Medway, [](const Workload& w) { return Checked(w, Years(w, kSixPeriods, true), &geo::CompareYears); }, 10);
  Register("medway/years/24x6 with ranks", Medway, [](const Workload& w) { return Checked(w, Years(w, kSixPeriods, false), &geo::CompareYears); }, 10);
  Register("medway/wards/24x14", Medway,
           [](const Workload& w) { return Checked(w, TwoPeriods(w, Period::CalendarYear(2022), Period::CalendarYear(2025), true), &geo::CompareWards); }, 0);
  Register("medway/rank", Medway,
           [](const Workload& w) {
             geo::RankQuery query;
             query.filter = All(w.data());
             query.filter.period = Period::CalendarYear(2025);
             query.vintage = w.vintage;
             const auto answer = geo::RankWards(w.data(), query, geo::NeverStop());
             return answer && answer->wards.size() == 24;
           },
           0);
  Register("medway/trends/24", Medway,
           [](const Workload& w) {
             geo::TrendQuery query;
             query.filter = All(w.data());
             query.filter.period = {DayOf(2022, 1, 1), DayOf(2026, 1, 1)};
             query.vintage = w.vintage;
             query.split = geo::TrendSplit::kAreas;
             const auto answer = geo::AnalyseTrends(w.data(), query, geo::NeverStop());
             return answer && answer->series.size() == 27;
           },
           0);
  Register("medway/boundaries", Medway,
           [](const Workload& w) {
             geo::BoundaryQuery query;
             query.filter = All(w.data());
             query.before = Period::CalendarYear(2022);
             query.after = Period::CalendarYear(2025);
             query.from_vintage = w.data().find_vintage("wards-2003").value();
             query.to_vintage = w.vintage;
             const auto answer = geo::CompareBoundaries(w.data(), query, geo::NeverStop());
             return answer && answer->incidents > 0;
           },
           0);
  Register("country/wards/8396 of 2 M points", Country,
           [](const Workload& w) { return Checked(w, TwoPeriods(w, kFirstQuarter, kSecondQuarter, false), &geo::CompareWards); }, 100);
  Register("country/years/8396 of 2 M points", Country,
           [](const Workload& w) { return Checked(w, Years(w, {kFirstQuarter, kSecondQuarter}, false), &geo::CompareYears); }, 100);
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  RegisterAll();
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
