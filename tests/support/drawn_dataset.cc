#include "tests/support/drawn_dataset.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <tuple>

#include "geo/types/check.h"
#include "geo/types/sha256.h"

namespace geo {
namespace {

std::vector<std::string_view> MapLines(std::string_view map) {
  std::vector<std::string_view> lines;
  while (!map.empty()) {
    const std::size_t end = std::min(map.find('\n'), map.size());
    lines.push_back(map.substr(0, end));
    map.remove_prefix(std::min(end + 1, map.size()));
  }
  const auto blank = [](std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; };
  while (!lines.empty() && blank(lines.back())) lines.pop_back();
  while (!lines.empty() && blank(lines.front())) lines.erase(lines.begin());
  return lines;
}

}  // namespace

DrawnDataset::DrawnDataset() {
  record().id = "drawn";
  record().title = "Drawn";
  record().time_zone = "Europe/London";
  record().as_at = DayOf(2100, 1, 1);
  add_source("police", TimeKnowledge::kClock);
  add_category("robbery", true);
  add_category("anti-social-behaviour", false);
}

std::uint16_t DrawnDataset::add_source(const std::string& id, TimeKnowledge time) {
  SourceRecord source;
  source.id = id;
  source.title = id;
  source.time = time;
  source.files.push_back({id + ".csv", std::string(64, '0')});
  record().sources.push_back(std::move(source));
  const auto index = static_cast<std::uint16_t>(record().sources.size() - 1);
  stored_.incidents.files.push_back({index, 0});
  return index;
}

CategoryIndex DrawnDataset::add_category(const std::string& id, bool crime) {
  record().categories.push_back({id, id, crime});
  return static_cast<CategoryIndex>(record().categories.size() - 1);
}

std::size_t DrawnDataset::add_vintage(const std::string& id, LocalDay valid_from) {
  VintageRecord vintage;
  vintage.id = id;
  vintage.title = id;
  vintage.kind = "ward";
  vintage.valid_from = valid_from;
  record().vintages.push_back(std::move(vintage));
  stored_.areas.emplace_back();
  return record().vintages.size() - 1;
}

void DrawnDataset::add_area(std::size_t vintage, const std::string& code, const std::vector<std::pair<double, double>>& ring_m) {
  Ring ring;
  for (const auto& [easting_m, northing_m] : ring_m) ring.push_back(GridPoint::FromMeters(easting_m, northing_m));
  stored_.areas[vintage].push_back({code, "Ward " + code, MultiPolygon{{Polygon{{std::move(ring)}}}}});
}

void DrawnDataset::add_square(std::size_t vintage, const std::string& code, double easting_m, double northing_m, double side_m) {
  add_area(vintage, code,
           {{easting_m, northing_m}, {easting_m + side_m, northing_m}, {easting_m + side_m, northing_m + side_m}, {easting_m, northing_m + side_m}});
}

void DrawnDataset::add_residents(std::size_t vintage, const std::string& code, int year, double residents) {
  auto& populations = record().vintages[vintage].populations;
  populations.push_back({code, "residents", year, residents});
  std::sort(populations.begin(), populations.end(),
            [](const PopulationRecord& a, const PopulationRecord& b) { return std::tie(a.code, a.measure, a.year) < std::tie(b.code, b.measure, b.year); });
}

void DrawnDataset::add_monthly(Period months, std::int64_t n, GridPoint at, CategoryIndex category, std::uint16_t source) {
  for (Month month = Month::OfDay(months.begin); month.first_day() < months.end; month = month.next()) {
    const LocalMinute noon = month.first_day() * kMinutesPerDay + kMinutesPerDay / 2;
    for (std::int64_t i = 0; i < n; ++i) add({at, noon, noon + 1, category, source});
  }
}

void DrawnDataset::draw_monthly(std::string_view map, double easting_m, double northing_m, double cell_size_m, Period months, CategoryIndex category) {
  const std::vector<std::string_view> lines = MapLines(map);
  for (std::size_t l = 0; l < lines.size(); ++l) {
    for (std::size_t c = 0; c < lines[l].size(); ++c) {
      const char digit = lines[l][c];
      if (digit == '.' || digit == ' ') continue;
      WARDWATCH_CHECK(digit >= '0' && digit <= '9', "'{}' in a map", digit);
      const auto row = static_cast<double>(lines.size() - 1 - l);
      const GridPoint centre = GridPoint::FromMeters(easting_m + (static_cast<double>(c) + 0.5) * cell_size_m, northing_m + (row + 0.5) * cell_size_m);
      add_monthly(months, digit - '0', centre, category);
    }
  }
}

StoredDataset DrawnDataset::store(unsigned shuffle_seed) const {
  std::vector<std::size_t> order(incidents_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (shuffle_seed != 0) std::shuffle(order.begin(), order.end(), std::mt19937(shuffle_seed));
  // A source has one file, and an incident's line is where it was added: a key without ties, so the shuffle leaves no trace but in a wrong program.
  const auto key = [&](std::size_t i) { return std::tuple(incidents_[i].from, incidents_[i].source, i); };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });

  StoredDataset stored = stored_;
  IncidentColumns& columns = stored.incidents;
  columns.resize(order.size());
  Sha256 digest;
  for (std::size_t row = 0; row < order.size(); ++row) {
    const DrawnIncident& incident = incidents_[order[row]];
    columns.at[row] = incident.at;
    columns.from_minute[row] = incident.from;
    columns.to_minute[row] = incident.to;
    columns.category[row] = incident.category;
    columns.flags[row] = incident.flags;
    columns.file[row] = incident.source;
    columns.line[row] = static_cast<std::uint32_t>(order[row] + 2);
    columns.place[row] = 0;
    digest.update(
        fmt::format("{} {} {} {} {} {} {}\n", incident.at.easting_mm, incident.at.northing_mm, incident.from, incident.to, incident.category, incident.source, incident.flags));
  }
  for (std::size_t s = 0; s < stored.record.sources.size(); ++s) {
    FileRecord& file = stored.record.sources[s].files[0];
    file.rows_in = file.rows_kept = std::count_if(incidents_.begin(), incidents_.end(), [s](const DrawnIncident& i) { return i.source == s; });
    file.rows_unlocated = std::count_if(incidents_.begin(), incidents_.end(), [s](const DrawnIncident& i) { return i.source == s && i.at == kUnlocated; });
  }
  stored.record.content_sha256 = digest.hex();
  return stored;
}

std::shared_ptr<const Snapshot> DrawnDataset::build(unsigned shuffle_seed) const {
  std::vector<StoredDataset> stored;
  stored.push_back(store(shuffle_seed));
  auto snapshot = BuildSnapshot(std::move(stored), 1);
  WARDWATCH_CHECK(snapshot.has_value(), "the drawn dataset does not build: {}", snapshot.error().message);
  return *snapshot;
}

IncidentFilter FilterAll(const DatasetSnapshot& data, Period period) {
  IncidentFilter filter;
  for (std::size_t c = 0; c < data.record.categories.size(); ++c) filter.categories.push_back(static_cast<CategoryIndex>(c));
  for (std::size_t s = 0; s < data.record.sources.size(); ++s) filter.sources.push_back(static_cast<std::uint16_t>(s));
  filter.period = period;
  return filter;
}

}  // namespace geo
