#include "geo/snapshot/record_digest.h"

#include <fmt/format.h>

namespace geo {
namespace {

class Feed {
 public:
  explicit Feed(Sha256& digest) : digest_(digest) {}
  void text(const std::string& value) {
    number(static_cast<std::int64_t>(value.size()));
    digest_.update(value);
  }
  void number(std::int64_t value) { digest_.update(fmt::format("{};", value)); }
  void number(double value) { digest_.update(fmt::format("{};", value)); }  // the shortest text that reads back as the same double
  template <class Item, class Each>
  void list(const std::vector<Item>& items, Each each) {
    number(static_cast<std::int64_t>(items.size()));
    for (const Item& item : items) each(item);
  }

 private:
  Sha256& digest_;
};

void AddFile(const FileRecord& file, Feed& feed) {
  feed.text(file.name), feed.text(file.sha256);
  for (const std::int64_t rows : {file.rows_in, file.rows_kept, file.rows_rejected, file.rows_unlocated}) feed.number(rows);
}

void AddSource(const SourceRecord& source, Feed& feed) {
  feed.text(source.id), feed.text(source.title), feed.number(std::int64_t{static_cast<int>(source.time)});
  feed.number(source.precision_m), feed.number(std::int64_t{source.snapped}), feed.text(source.transformation);
  feed.list(source.flags, [&](const std::string& flag) { feed.text(flag); });
  feed.list(source.files, [&](const FileRecord& file) { AddFile(file, feed); });
  feed.list(source.rejects, [&](const RejectTally& tally) { feed.text(tally.reason), feed.number(tally.rows); });
  feed.number(source.repeated_references);
}

void AddVintage(const VintageRecord& vintage, Feed& feed) {
  feed.text(vintage.id), feed.text(vintage.title), feed.text(vintage.kind), feed.number(std::int64_t{vintage.valid_from});
  feed.number(std::int64_t{vintage.valid_to.has_value()}), feed.number(std::int64_t{vintage.valid_to.value_or(0)});
  feed.text(vintage.transformation);
  AddFile(vintage.file, feed);
  feed.list(vintage.populations, [&](const PopulationRecord& entry) {
    feed.text(entry.code), feed.text(entry.measure), feed.number(std::int64_t{entry.year}), feed.number(entry.value);
  });
}

void AddBreak(const RecordingBreak& entry, Feed& feed) {
  feed.text(entry.id), feed.text(entry.source), feed.text(entry.note);
  feed.list(entry.categories, [&](const std::string& category) { feed.text(category); });
  feed.number(std::int64_t{entry.period.begin}), feed.number(std::int64_t{entry.period.end});
}

void AddWeightTable(const WeightTable& table, Feed& feed) {
  feed.text(table.id), feed.text(table.title), feed.text(table.version), feed.text(table.unit), feed.text(table.source);
  feed.list(table.entries, [&](const WeightTable::Entry& entry) { feed.text(entry.category), feed.number(entry.weight); });
}

void AddWindow(const TimeWindow& window, Feed& feed) {
  feed.number(std::int64_t{window.week.begin_minute}), feed.number(std::int64_t{window.week.end_minute}), feed.number(std::int64_t{window.week.weekdays});
  feed.number(static_cast<std::int64_t>(window.light));
  feed.list(window.dates, [&](const Period& dated) { feed.number(std::int64_t{dated.begin}), feed.number(std::int64_t{dated.end}); });
  feed.number(std::int64_t{window.dates_known.begin}), feed.number(std::int64_t{window.dates_known.end});
}

void AddWorkstream(const Workstream& workstream, Feed& feed) {
  for (const std::string* text : {&workstream.id, &workstream.title, &workstream.priority, &workstream.proxy, &workstream.caveat}) feed.text(*text);
  feed.list(workstream.entries, [&](const Workstream::Entry& entry) { feed.text(entry.category), feed.number(entry.weight); });
  feed.list(workstream.sources, [&](const std::string& source) { feed.text(source); });
  AddWindow(workstream.window, feed);
  feed.text(workstream.window_id), feed.number(std::int64_t{workstream.targeting});
  for (const auto* names : {&workstream.views, &workstream.flags_with, &workstream.flags_without, &workstream.denominators}) {
    feed.list(*names, [&](const std::string& name) { feed.text(name); });
  }
  feed.list(workstream.location_roles, [&](LocationRole role) { feed.number(static_cast<std::int64_t>(role)); });
  feed.number(static_cast<std::int64_t>(workstream.tier)), feed.number(workstream.cell_size_m), feed.number(std::int64_t{workstream.minimum_count});
  const Workstream::Concern concern = workstream.concern.value_or(Workstream::Concern{-1, -1, -1});
  feed.number(concern.share), feed.number(concern.low), feed.number(concern.high);
}

void AddModel(const CameraModel& model, Feed& feed) {
  feed.text(model.id), feed.text(model.title), feed.number(std::int64_t{model.pixels}), feed.number(std::int64_t{model.sensors});
  for (const double number : {model.sensor_width_mm, model.focal_length_mm, model.field_of_view_deg.value_or(-1), model.pan_deg, model.height_m,
                              model.target_height_m, model.reach_m.value_or(-1)}) {
    feed.number(number);
  }
}

void AddStreet(const StreetRecord& street, Feed& feed) {
  feed.list(street.models, [&](const CameraModel& model) { AddModel(model, feed); });
  feed.list(street.layers, [&](const StreetLayerRecord& layer) {
    feed.text(layer.id), feed.text(layer.title), feed.number(static_cast<std::int64_t>(layer.kind)), feed.text(layer.transformation);
    AddFile(layer.file, feed);
    feed.list(layer.rejects, [&](const RejectTally& tally) { feed.text(tally.reason), feed.number(tally.rows); });
    feed.list(layer.tells, [&](const std::string& told) { feed.text(told); });
  });
  feed.list(street.place_kinds, [&](const std::string& kind) { feed.text(kind); });
  feed.list(street.evidence, [&](const EvidenceTable& table) {
    feed.text(table.id), feed.text(table.title), feed.text(table.version), feed.text(table.source);
    feed.list(table.rows, [&](const EvidenceRow& row) {
      feed.text(row.category), feed.text(row.caution), feed.text(row.source);
      for (const EvidenceGrade grade : {row.camera, row.lighting, row.people}) feed.number(static_cast<std::int64_t>(grade));
    });
  });
  feed.list(street.monitored, [&](const MonitoredHours& hours) { AddWindow(hours.week, feed), feed.number(hours.share); });
}

}  // namespace

void AddToDigest(const DatasetRecord& record, Sha256& digest) {
  Feed feed(digest);
  for (const std::string* text :
       {&record.id, &record.title, &record.publisher, &record.licence, &record.time_zone, &record.manifest_sha256, &record.content_sha256}) {
    feed.text(*text);
  }
  feed.number(std::int64_t{record.as_at});
  feed.number(std::int64_t{record.retention_months.has_value()}), feed.number(std::int64_t{record.retention_months.value_or(0)});
  feed.list(record.categories, [&](const Category& category) { feed.text(category.id), feed.text(category.title), feed.number(std::int64_t{category.crime}); });
  feed.list(record.flags, [&](const Flag& flag) { feed.text(flag.id), feed.text(flag.title); });
  feed.list(record.sources, [&](const SourceRecord& source) { AddSource(source, feed); });
  feed.list(record.vintages, [&](const VintageRecord& vintage) { AddVintage(vintage, feed); });
  feed.list(record.breaks, [&](const RecordingBreak& entry) { AddBreak(entry, feed); });
  feed.list(record.weight_tables, [&](const WeightTable& table) { AddWeightTable(table, feed); });
  feed.list(record.time_windows, [&](const NamedWindow& named) { feed.text(named.id), feed.text(named.title), AddWindow(named.window, feed); });
  feed.list(record.workstreams, [&](const Workstream& workstream) { AddWorkstream(workstream, feed); });
  AddStreet(record.street, feed);
}

}  // namespace geo
