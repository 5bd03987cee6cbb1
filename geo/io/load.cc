#include "geo/io/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>

#include "geo/io/durable_file.h"
#include "geo/io/load_source.h"
#include "geo/io/load_street.h"
#include "geo/io/read_areas.h"
#include "geo/io/read_populations.h"
#include "geo/io/store.h"

namespace geo {
namespace {

constexpr std::int64_t kBadRowsInAll = 1000;
constexpr std::int64_t kRowsPerBadRow = 1000;
constexpr std::size_t kMaxFiles = 0xFFFF;

bool CountsAsBad(const std::string& reason) { return reason != "DUPLICATE_ROW" && reason != "PAST_RETENTION"; }

Error Refused(std::string field, const char* reason, std::string message) {
  return {ErrorCode::kInvalidArgument, std::move(field), reason, std::move(message)};
}

class Loader {
 public:
  Loader(const LoadOptions& options, LoadReport& report) : options_(options), report_(report) {}

  Result<void> load() {
    if (auto read = read_manifest(); !read) return read;
    std::optional<StoreLock> lock;
    if (!options_.check && !options_.store.empty()) {
      auto taken = StoreLock::Take(options_.store);
      if (!taken) return Fail(taken.error());
      lock.emplace(std::move(*taken));
      RemoveAbandonedSuccessors(options_.store);
    }
    if (auto held = read_store(); !held) return held;
    if (auto areas = read_vintages(); !areas) return areas;
    if (auto rows = read_sources(); !rows) return rows;
    if (auto street = read_street(); !street) return street;
    finish_record();
    if (auto carried = CarryHistory(previous_ ? &*previous_ : nullptr, dataset_.record, report_.warnings); !carried) return carried;
    report_.record = dataset_.record;
    if (auto tolerable = check_bad_rows(); !tolerable) return tolerable;
    if (auto size = check_shrink(); !size) return size;
    return write();
  }

 private:
  void step(const std::string& name, double done) const {
    if (options_.progress) options_.progress(name, done);
  }

  Result<void> read_manifest() {
    step("manifest", 0);
    auto manifest = ReadManifest(options_.manifest, options_.data_root);
    if (!manifest) return Fail(manifest.error());
    manifest_ = std::move(*manifest);
    report_.dataset = manifest_.dataset_id;
    if (!options_.check && options_.store.empty()) return Fail(Refused("store", "NO_STORE", "name the store to write, or ask for a check only"));
    if (options_.today != 0 && manifest_.as_at > options_.today + 1) {
      return Fail(Refused("dataset.as_at", "FUTURE_DATE", fmt::format("as_at is {}; it lies in the future", FormatDay(manifest_.as_at))));
    }
    std::size_t files = 0;
    for (const SourceSpec& source : manifest_.sources) files += source.files.size();
    if (files > kMaxFiles) return Fail(Refused("sources", "TOO_MANY_FILES", fmt::format("{} files; the limit is {}", files, kMaxFiles)));
    const std::size_t street =
        manifest_.camera_layers.size() + manifest_.site_layers.size() + manifest_.building_layers.size() + manifest_.place_layers.size();
    steps_ = static_cast<double>(files + manifest_.vintages.size() + street + 2);
    return {};
  }

  Result<void> read_store() {
    if (options_.store.empty()) return {};
    auto held = ReadStore(options_.store);
    if (!held && held.error().code == ErrorCode::kNotFound) return {};
    if (!held) {
      Error error = held.error();
      error.message += "; move it away to load into a new one";
      return Fail(std::move(error));
    }
    for (StoredDataset& dataset : *held) {
      if (dataset.record.id == manifest_.dataset_id) {
        previous_ = std::move(dataset.record);
      } else {
        others_.push_back(std::move(dataset));
      }
    }
    return {};
  }

  Result<void> read_vintages() {
    auto grid = BritishGrid::Create();
    if (!grid) return Fail(grid.error());
    grid_.emplace(std::move(*grid));
    // In order of validity, whatever the manifest's.
    std::sort(manifest_.vintages.begin(), manifest_.vintages.end(),
              [](const VintageSpec& a, const VintageSpec& b) { return std::pair(a.valid_from, a.id) < std::pair(b.valid_from, b.id); });
    for (const VintageSpec& spec : manifest_.vintages) {
      step(spec.file.name, ++taken_ / steps_);
      auto read = ReadAreas(spec, *grid_);
      if (!read) return Fail(read.error());
      VintageRecord record{spec.id, spec.title, spec.kind, spec.valid_from, spec.valid_to, read->transformation, read->file, {}};
      report_.warnings.insert(report_.warnings.end(), read->notices.begin(), read->notices.end());
      if (auto counted = read_populations(spec, read->areas, record); !counted) return counted;
      for (const Area& area : read->areas) {
        const GridBox box = BoundsOf(area.shape);
        area_bounds_.extend(box.low), area_bounds_.extend(box.high);
      }
      dataset_.areas.push_back(std::move(read->areas));
      dataset_.record.vintages.push_back(std::move(record));
    }
    return {};
  }

  Result<void> read_populations(const VintageSpec& spec, const std::vector<Area>& areas, VintageRecord& record) {
    for (const PopulationSpec& population : spec.populations) {
      auto read = ReadPopulations(population, areas);
      if (!read) return Fail(read.error());
      report_.warnings.insert(report_.warnings.end(), read->notices.begin(), read->notices.end());
      record.populations.insert(record.populations.end(), read->records.begin(), read->records.end());
    }
    const auto key = [](const PopulationRecord& p) { return std::tie(p.code, p.measure, p.year); };
    auto& all = record.populations;
    std::sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
    const auto twice = std::adjacent_find(all.begin(), all.end(), [&](const auto& a, const auto& b) { return key(a) == key(b); });
    if (twice == all.end()) return {};
    return Fail(Refused("vintages.populations", "DUPLICATE_POPULATION",
                        fmt::format("{}: {} has two values of {} for {}", spec.id, twice->code, twice->measure, twice->year)));
  }

  Result<void> read_sources() {
    std::sort(manifest_.sources.begin(), manifest_.sources.end(), [](const SourceSpec& a, const SourceSpec& b) { return a.id < b.id; });
    const SourceContext context{manifest_, *grid_, options_.today != 0 ? options_.today : manifest_.as_at, area_bounds_,
                                [this](const std::string& file) { step(file, ++taken_ / steps_); }};
    PlaceTable places;
    std::vector<LoadedSource> sources;
    for (const SourceSpec& source : manifest_.sources) {
      auto loaded = LoadSource(source, context, places, report_.files);
      if (!loaded) return Fail(loaded.error());
      dataset_.record.sources.push_back(loaded->record);
      sources.push_back(std::move(*loaded));
    }
    gather(sources, places);
    return {};
  }

  Result<void> read_street() {
    const StreetContext context{manifest_, *grid_, options_.today != 0 ? options_.today : manifest_.as_at,
                                [this](const std::string& file) { step(file, ++taken_ / steps_); }};
    auto loaded = LoadStreet(context, report_.files);
    if (!loaded) return Fail(loaded.error());
    dataset_.record.street = std::move(loaded->record);
    dataset_.street = std::move(loaded->layers);
    return {};
  }

  // All rows into one set of columns in canonical order, with the places numbered in order of name.
  void gather(std::vector<LoadedSource>& sources, const PlaceTable& places) {
    IncidentColumns all;
    std::vector<PlaceIndex> old_place;
    for (std::size_t s = 0; s < sources.size(); ++s) {
      for (std::size_t f = 0; f < sources[s].files.size(); ++f) {
        PlacedRows& file = sources[s].files[f];
        const auto index = static_cast<FileIndex>(all.files.size());
        all.files.push_back({static_cast<std::uint16_t>(s), static_cast<std::uint16_t>(f)});
        const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
        append(all.at, file.at);
        append(all.from_minute, file.rows.from_minute);
        append(all.to_minute, file.rows.to_minute);
        append(all.category, file.rows.category);
        append(all.flags, file.rows.flags);
        append(all.line, file.rows.line);
        append(all.place, file.rows.place);
        all.file.resize(all.at.size(), index);
        file = {};
      }
    }
    number_places(all, places);
    order_rows(all);
  }

  static void number_places(IncidentColumns& rows, const PlaceTable& places) {
    std::vector<bool> used(places.names().size(), false);
    used[0] = true;
    for (const PlaceIndex place : rows.place) used[place] = true;
    std::vector<PlaceIndex> order;
    for (PlaceIndex i = 0; i < used.size(); ++i) {
      if (used[i]) order.push_back(i);
    }
    std::sort(order.begin(), order.end(), [&](PlaceIndex a, PlaceIndex b) { return places.names()[a] < places.names()[b]; });
    std::vector<PlaceIndex> number(used.size(), 0);
    rows.places.clear();
    for (const PlaceIndex place : order) {
      number[place] = static_cast<PlaceIndex>(rows.places.size());
      rows.places.push_back(places.names()[place]);
    }
    for (PlaceIndex& place : rows.place) place = number[place];
  }

  void order_rows(const IncidentColumns& rows) {
    // Rows stand by file and line already: a stable sort by the first minute makes the canonical order.
    std::vector<std::uint32_t> order(rows.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return rows.from_minute[a] < rows.from_minute[b]; });
    IncidentColumns& out = dataset_.incidents;
    out.resize(rows.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      const std::uint32_t from = order[i];
      out.at[i] = rows.at[from];
      out.from_minute[i] = rows.from_minute[from];
      out.to_minute[i] = rows.to_minute[from];
      out.category[i] = rows.category[from];
      out.flags[i] = rows.flags[from];
      out.file[i] = rows.file[from];
      out.line[i] = rows.line[from];
      out.place[i] = rows.place[from];
    }
    out.files = rows.files;
    out.places = rows.places;
  }

  void finish_record() {
    DatasetRecord& record = dataset_.record;
    record.id = manifest_.dataset_id;
    record.title = manifest_.title;
    record.publisher = manifest_.publisher;
    record.licence = manifest_.licence;
    record.as_at = manifest_.as_at;
    record.time_zone = manifest_.time_zone;
    record.retention_months = manifest_.retention_months;
    record.manifest_sha256 = manifest_.sha256;
    record.categories = manifest_.categories;
    record.breaks = manifest_.breaks;
    record.weight_tables = manifest_.weight_tables;
    record.flags = manifest_.flags;
    record.time_windows = manifest_.time_windows;
    record.workstreams = manifest_.workstreams;
    record.content_sha256 = ContentDigest(dataset_);
    report_.record = record;
  }

  Result<void> check_bad_rows() const {
    std::int64_t in_all = 0;
    for (const FileReport& file : report_.files) {
      const RejectedRow* first = nullptr;
      std::int64_t bad = 0;
      for (const RejectedRow& row : file.rejected) {
        if (!CountsAsBad(row.reason)) continue;
        if (first == nullptr) first = &row;
        ++bad;
      }
      in_all += bad;
      if (bad * kRowsPerBadRow > file.file.rows_in || in_all > kBadRowsInAll) {
        return Fail(Refused(file.file.name, "TOO_MANY_BAD_ROWS",
                            fmt::format("{}: {} of {} rows are bad, over the 0.1 % of a file or {} in all that are tolerated; the first is line {}: {}: {}",
                                        file.file.name, bad, file.file.rows_in, kBadRowsInAll, first->line, first->reason, first->message)));
      }
    }
    return {};
  }

  // Kept, or held before and now past retention: neither is a loss.
  static std::int64_t RowsOf(const SourceRecord& source) {
    std::int64_t rows = 0;
    for (const FileRecord& file : source.files) rows += file.rows_kept;
    for (const RejectTally& tally : source.rejects) rows += tally.reason == "PAST_RETENTION" ? tally.rows : 0;
    return rows;
  }

  Result<void> check_shrink() {
    if (!previous_) return {};
    for (const SourceRecord& before : previous_->sources) {
      const auto& now = dataset_.record.sources;
      const auto found = std::find_if(now.begin(), now.end(), [&](const SourceRecord& source) { return source.id == before.id; });
      const std::int64_t had = RowsOf(before), has = found == now.end() ? 0 : RowsOf(*found);
      if (has * 10 > had * 8 || had == 0) continue;
      const std::string what = fmt::format("{}: {} rows where the store has {}, {:.0f} % fewer", before.id, has, had,
                                           100.0 * static_cast<double>(had - has) / static_cast<double>(had));
      if (has * 2 < had && !options_.allow_shrink) {
        return Fail(Refused("sources." + before.id, "SHRUNK", what + "; if that is meant, load with --allow-shrink"));
      }
      report_.warnings.push_back(what);
    }
    return {};
  }

  Result<void> write() {
    step("store", 1 - 1 / steps_);
    report_.unchanged = previous_ && *previous_ == dataset_.record;
    if (!options_.check && !report_.unchanged) {
      others_.push_back(std::move(dataset_));
      if (auto written = WriteStore(options_.store, others_); !written) return written;
    }
    step("done", 1);
    return {};
  }

  const LoadOptions& options_;
  LoadReport& report_;
  Manifest manifest_;
  std::optional<BritishGrid> grid_;
  std::optional<DatasetRecord> previous_;  // what the store holds of this dataset
  std::vector<StoredDataset> others_;
  StoredDataset dataset_;
  GridBox area_bounds_;
  double steps_ = 1;
  double taken_ = 0;
};

}  // namespace

Result<void> LoadDataset(const LoadOptions& options, LoadReport& report) {
  report = {};
  const auto attempt = [&]() -> Result<void> {
    try {
      return Loader(options, report).load();
    } catch (const std::bad_alloc&) {
      return Fail(Error{ErrorCode::kResourceExhausted, "", "OUT_OF_MEMORY", "there is not enough memory to load this; the store is as it was"});
    } catch (const std::exception& caught) {
      return Fail(Error{ErrorCode::kInternal, "", "LOAD", caught.what()});
    }
  };
  auto loaded = attempt();
  if (!loaded) report.refusal = loaded.error();
  return loaded;
}

}  // namespace geo
