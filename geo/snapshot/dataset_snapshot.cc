#include "geo/snapshot/dataset_snapshot.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <thread>

#include "geo/incidents/check_workstream.h"
#include "geo/snapshot/build_daylight.h"
#include "geo/snapshot/check_street.h"
#include "geo/snapshot/record_digest.h"
#include "geo/types/sha256.h"

namespace geo {
namespace {

Error Damaged(const DatasetRecord& record, const std::string& what) {
  return {ErrorCode::kDataLoss, "datasets/" + record.id, "STORE_DAMAGED", fmt::format("the store's copy of {} is damaged: {}; load it again", record.id, what)};
}

// The columns come from a file: an index out of range would be read past the end of a table in every answer.
Result<void> CheckColumns(const StoredDataset& stored) {
  const IncidentColumns& c = stored.incidents;
  const DatasetRecord& record = stored.record;
  const std::size_t n = c.size();
  for (const std::size_t size : {c.from_minute.size(), c.to_minute.size(), c.category.size(), c.flags.size(), c.file.size(), c.line.size(), c.place.size()}) {
    if (size != n) return Fail(Damaged(record, "columns of unequal length"));
  }
  if (c.places.empty() || stored.areas.size() != record.vintages.size()) return Fail(Damaged(record, "tables are missing"));
  for (const auto& file : c.files) {
    if (file.source >= record.sources.size() || file.file >= record.sources[file.source].files.size()) return Fail(Damaged(record, "a file of no source"));
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (c.category[i] >= record.categories.size() || c.file[i] >= c.files.size() || c.place[i] >= c.places.size()) {
      return Fail(Damaged(record, fmt::format("row {} points outside its tables", i)));
    }
    if (c.flags[i] >> record.flags.size() != 0) return Fail(Damaged(record, fmt::format("row {} has a flag that is not listed", i)));
    if (c.to_minute[i] <= c.from_minute[i]) return Fail(Damaged(record, fmt::format("row {} ends before it begins", i)));
    if (i > 0 && c.from_minute[i] < c.from_minute[i - 1]) return Fail(Damaged(record, fmt::format("row {} is out of order", i)));
  }
  return {};
}

// Weights come from a file too: one that is no number, or below zero, would poison every total.
Result<void> CheckWeightTables(const DatasetRecord& record) {
  for (const WeightTable& table : record.weight_tables) {
    if (table.entries.empty()) return Fail(Damaged(record, fmt::format("weight table {} is empty", table.id)));
    for (const WeightTable::Entry& entry : table.entries) {
      const auto named = [&](const Category& category) { return category.id == entry.category; };
      if (std::none_of(record.categories.begin(), record.categories.end(), named) || !std::isfinite(entry.weight) || entry.weight < 0) {
        return Fail(Damaged(record, fmt::format("weight table {} has a bad entry for {}", table.id, entry.category)));
      }
    }
  }
  return {};
}

// A workstream becomes a filter by its names, and its weights and hours go into sums: all that a question takes on trust.
Result<void> CheckWorkstreams(const DatasetRecord& record) {
  for (const NamedWindow& named : record.time_windows) {
    if (!IsSound(named.window)) return Fail(Damaged(record, fmt::format("time window {} is none", named.id)));
  }
  for (std::size_t i = 0; i < record.workstreams.size(); ++i) {
    const Workstream& of = record.workstreams[i];
    if (i > 0 && record.workstreams[i - 1].id >= of.id) return Fail(Damaged(record, fmt::format("workstream {} is out of order", of.id)));
    if (auto sound = CheckWorkstream(record, of); !sound) {
      return Fail(Damaged(record, fmt::format("workstream {}: {} {}", of.id, sound.error().field, sound.error().message)));
    }
  }
  return {};
}

// Flags are looked up by bits, which must be those of the list.
Result<void> CheckFlags(const DatasetRecord& record) {
  if (record.flags.size() > kMaxFlags) return Fail(Damaged(record, "too many flags"));
  for (std::size_t i = 1; i < record.flags.size(); ++i) {
    if (record.flags[i].id <= record.flags[i - 1].id) return Fail(Damaged(record, "flags out of order"));
  }
  for (const SourceRecord& source : record.sources) {
    for (const std::string& flag : source.flags) {
      const auto named = [&](const Flag& known) { return known.id == flag; };
      if (std::none_of(record.flags.begin(), record.flags.end(), named)) return Fail(Damaged(record, fmt::format("source {} has an unknown flag", source.id)));
    }
  }
  return {};
}

// Each thread writes its own range, so the result does not depend on how many there are.
void JoinIncidents(const IncidentColumns& incidents, Vintage& vintage, int threads) {
  const std::size_t n = incidents.size();
  vintage.area_of.resize(n);
  const auto count = static_cast<std::size_t>(std::max(1, threads));
  const std::size_t chunk = (n + count - 1) / count;
  const auto join = [&](std::size_t begin) {
    const std::size_t size = std::min(chunk, n - begin);
    vintage.areas.locate(std::span(incidents.at).subspan(begin, size), std::span(vintage.area_of).subspan(begin, size));
  };
  std::vector<std::jthread> workers;
  for (std::size_t begin = chunk; begin < n; begin += chunk) workers.emplace_back(join, begin);
  if (n > 0) join(0);
}

Result<DatasetSnapshot> BuildDataset(StoredDataset stored, int threads) {
  if (auto sound = CheckColumns(stored); !sound) return Fail(sound.error());
  if (auto sound = CheckWeightTables(stored.record); !sound) return Fail(sound.error());
  if (auto sound = CheckFlags(stored.record); !sound) return Fail(sound.error());
  if (auto sound = CheckWorkstreams(stored.record); !sound) return Fail(sound.error());
  if (auto sound = CheckStreet(stored.record, stored.street); !sound) return Fail(sound.error());
  DatasetSnapshot snapshot{std::move(stored.record), std::move(stored.incidents), {}, {}, {}};
  for (std::size_t v = 0; v < snapshot.record.vintages.size(); ++v) {
    auto areas = AreaSet::Build(snapshot.record.vintages[v].id, std::move(stored.areas[v]));
    if (!areas) return Fail(areas.error());
    snapshot.vintages.push_back({std::move(*areas), {}});
    JoinIncidents(snapshot.incidents, snapshot.vintages.back(), threads);
  }
  snapshot.coverage = MeasureCoverage(snapshot.record, snapshot.incidents);
  auto daylight = BuildDaylight(snapshot.record, snapshot.incidents);
  if (!daylight) return Fail(daylight.error());
  snapshot.daylight = std::move(*daylight);
  auto buildings = IndexBuildings(snapshot.record, stored.street);
  if (!buildings) return Fail(buildings.error());
  snapshot.buildings = std::move(*buildings);
  snapshot.street = std::move(stored.street);
  snapshot.street.buildings.clear();
  return snapshot;
}

}  // namespace

Result<std::size_t> DatasetSnapshot::find_vintage(const std::string& id) const {
  std::vector<std::string> ids;
  for (std::size_t v = 0; v < record.vintages.size(); ++v) {
    if (record.vintages[v].id == id) return v;
    ids.push_back(record.vintages[v].id);
  }
  return Fail({ErrorCode::kNotFound, "vintage", "NO_SUCH_VINTAGE",
               fmt::format("{} has no boundaries \"{}\"; it has {}", record.id, id.substr(0, 80), ids.empty() ? "none" : fmt::format("{}", fmt::join(ids, ", ")))});
}

std::size_t DatasetSnapshot::vintage_in_force(LocalDay day) const {
  std::size_t best = 0;
  for (std::size_t v = 1; v < record.vintages.size(); ++v) {
    const LocalDay from = record.vintages[v].valid_from;
    const LocalDay best_from = record.vintages[best].valid_from;
    const bool best_began = best_from <= day;
    // Among those that have begun, the latest; before the first, the first.
    if (from <= day ? !best_began || from > best_from : !best_began && from < best_from) best = v;
  }
  return best;
}

Result<const DatasetSnapshot*> Snapshot::find_dataset(const std::string& dataset_id) const {
  std::vector<std::string> ids;
  for (const auto& dataset : datasets) {
    if (dataset.record.id == dataset_id) return &dataset;
    ids.push_back("datasets/" + dataset.record.id);
  }
  return Fail({ErrorCode::kNotFound, "dataset", "NO_SUCH_DATASET",
               fmt::format("there is no dataset \"{}\"; there is {}", dataset_id.substr(0, 80), ids.empty() ? "none" : fmt::format("{}", fmt::join(ids, ", ")))});
}

Result<std::shared_ptr<const Snapshot>> BuildSnapshot(std::vector<StoredDataset> stored, int threads) {
  auto snapshot = std::make_shared<Snapshot>();
  std::sort(stored.begin(), stored.end(), [](const StoredDataset& a, const StoredDataset& b) { return a.record.id < b.record.id; });
  Sha256 digest;
  for (auto& dataset : stored) {
    // All of the record: breaks, dates of validity and numbers of rejected rows change answers without changing a row.
    AddToDigest(dataset.record, digest);
    auto built = BuildDataset(std::move(dataset), threads);
    if (!built) return Fail(built.error());
    snapshot->datasets.push_back(std::move(*built));
  }
  snapshot->id = digest.hex().substr(0, 16);
  return snapshot;
}

}  // namespace geo
