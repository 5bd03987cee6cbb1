#include "geo/io/load_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "geo/io/input_limits.h"
#include "geo/io/point_placer.h"
#include "geo/io/supplier_file.h"
#include "geo/sources/duplicates.h"
#include "geo/types/check.h"

namespace geo {
namespace {

template <class T>
void KeepOnly(std::vector<T>& column, const std::vector<bool>& keep) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < column.size(); ++i) {
    if (keep[i]) column[kept++] = column[i];
  }
  column.resize(kept);
}

void KeepOnly(PlacedRows& file, const std::vector<bool>& keep) {
  KeepOnly(file.at, keep);
  KeepOnly(file.rows.from_minute, keep);
  KeepOnly(file.rows.to_minute, keep);
  KeepOnly(file.rows.category, keep);
  KeepOnly(file.rows.flags, keep);
  KeepOnly(file.rows.line, keep);
  KeepOnly(file.rows.place, keep);
  KeepOnly(file.rows.reference, keep);
  KeepOnly(file.rows.content, keep);
}

Error About(const FileSpec& file, Error error) {
  error.field = file.name;
  if (!error.message.starts_with(file.name)) error.message = fmt::format("{}: {}", file.name, error.message);
  return error;
}

TimeKnowledge TimeOf(const SourceSpec& source) {
  if (source.format != SourceFormat::kCsv || !source.columns.month.empty()) return TimeKnowledge::kMonth;
  if (!source.columns.date.empty()) return source.columns.time.empty() ? TimeKnowledge::kDay : TimeKnowledge::kClock;
  const bool clock = source.time_format.empty() || source.time_format.find("%H") != std::string::npos || source.time_format.find("%-H") != std::string::npos;
  return clock ? TimeKnowledge::kClock : TimeKnowledge::kDay;
}

std::vector<std::string> FlagsTold(const SourceSpec& source) {
  std::vector<std::string> flags;
  for (const FlagColumn& flag : source.flags) flags.push_back(flag.flag);
  std::sort(flags.begin(), flags.end());
  return flags;
}

// The first day that is kept.
std::optional<LocalDay> RetentionBegin(const Manifest& manifest) {
  if (!manifest.retention_months) return std::nullopt;
  const Month as_at = Month::OfDay(manifest.as_at);
  const Month begin{as_at.index - *manifest.retention_months};
  const LocalDay day_in_month = manifest.as_at - as_at.first_day();
  return std::min(begin.first_day() + day_in_month, begin.next().first_day() - 1);
}

struct Inside {
  std::size_t located = 0, in = 0, in_areas = 0;
};

Inside CountInside(const std::vector<GridPoint>& points, const GridBox& service_area, const GridBox& areas) {
  Inside count;
  for (const GridPoint point : points) {
    if (point == kUnlocated) continue;
    ++count.located;
    count.in += service_area.contains(point) ? 1 : 0;
    count.in_areas += areas.contains(point) ? 1 : 0;
  }
  return count;
}

class SourceLoader {
 public:
  SourceLoader(const SourceSpec& source, const SourceContext& context, PlaceTable& places, std::vector<FileReport>& reports)
      : source_(source),
        context_(context),
        places_(places),
        reports_(reports),
        first_report_(reports.size()),
        placer_(context.grid, source.crs),
        swapped_(context.grid, source.crs),
        retention_begin_(RetentionBegin(context.manifest)) {}

  Result<LoadedSource> load() {
    for (const FileSpec& file : source_.files) {
      if (context_.before_file) context_.before_file(file.name);
      reports_.push_back({source_.id, {file.name, "", 0, 0, 0, 0}, {}});
      if (auto taken = take(file); !taken) return Fail(About(file, taken.error()));
    }
    drop_duplicates();
    describe();
    return std::move(out_);
  }

 private:
  FileReport& report_of(std::size_t file) { return reports_[first_report_ + file]; }

  void reject(std::size_t file, std::uint32_t line, const char* reason, std::string message) {
    report_of(file).rejected.push_back({line, reason, std::move(message)});
  }

  Result<void> take(const FileSpec& spec) {
    const std::size_t file = out_.files.size();
    auto read = ReadSupplierFile(spec, input_limits::kTableBytes);
    if (!read) return Fail(read.error());
    report_of(file).file.sha256 = read->sha256;
    if (auto table = ExpectTable(spec, read->text); !table) return table;
    auto rows = ParseRows(read->text, source_, context_.manifest.dictionaries.at(source_.dictionary), context_.manifest.categories, context_.today, places_);
    read->text = {};
    if (!rows) return Fail(rows.error());
    report_of(file).rejected = std::move(rows->rejected);
    if (auto counted = CheckRowCount(*rows, spec); !counted) return counted;
    if (rows->rows_in > 0) {
      const auto [twin, fresh] = by_digest_.emplace(read->sha256, spec.name);
      if (!fresh)
        return Fail(Error{ErrorCode::kInvalidArgument, spec.name, "REPEATED_FILE",
                          fmt::format("{} holds the same bytes as {}; each row would count twice", spec.name, twin->second)});
    }
    PlacedRows placed{std::move(*rows), {}};
    placed.at = placer_.place(placed.rows.x, placed.rows.y);
    if (auto units = check_units(spec, placed); !units) return units;
    if (auto axes = check_axes(spec, placed); !axes) return axes;
    reject_misplaced(file, placed);
    // Counted only now: of a file that is refused as a whole no row is kept or rejected.
    report_of(file).file.rows_in = placed.rows.rows_in;
    out_.files.push_back(std::move(placed));
    count(file);
    return {};
  }

  void count(std::size_t file) {
    FileReport& report = report_of(file);
    const auto& at = out_.files[file].at;
    report.file.rows_kept = static_cast<std::int64_t>(at.size());
    report.file.rows_rejected = static_cast<std::int64_t>(report.rejected.size());
    report.file.rows_unlocated = std::count(at.begin(), at.end(), kUnlocated);
    WARDWATCH_CHECK(report.file.rows_in == report.file.rows_kept + report.file.rows_rejected, "{}: {} rows in, {} kept, {} rejected", report.file.name,
                    report.file.rows_in, report.file.rows_kept, report.file.rows_rejected);
  }

  // Degrees under the name of metres would lie within a few hundred metres of the Grid's origin, at sea.
  Result<void> check_units(const FileSpec& spec, const PlacedRows& file) {
    if (source_.crs != Crs::kBritishNationalGrid) return {};
    std::size_t located = 0;
    for (std::size_t i = 0; i < file.at.size(); ++i) {
      if (file.at[i] == kUnlocated) continue;
      if (std::abs(file.rows.x[i]) > 180 || std::abs(file.rows.y[i]) > 180) return {};
      ++located;
    }
    if (located == 0) return {};
    return Fail(Error{ErrorCode::kInvalidArgument, spec.name, "CRS_MISMATCH",
                      fmt::format("{}: all {} positions lie within 180 of 0, as degrees do and places on the National Grid in metres do not; if they are longitude "
                                  "and latitude, say crs = \"EPSG:4326\"",
                                  spec.name, located)});
  }

  // Never swapped silently: a file that fits the map only with its axes exchanged is refused whole.
  Result<void> check_axes(const FileSpec& spec, const PlacedRows& file) {
    const Inside sent = CountInside(file.at, source_.service_area, context_.areas);
    if (sent.located == 0) return {};
    const bool outside = sent.in * 20 < sent.located;
    const bool far = !context_.areas.empty() && sent.in_areas == 0 && sent.located >= kEnoughRows;
    if (!outside && !far) return {};
    const Inside turned = CountInside(swapped_.place(file.rows.y, file.rows.x), source_.service_area, context_.areas);
    const bool fits_service_area = outside && turned.in * 20 >= turned.located * 19;
    const bool fits_areas = far && turned.in_areas * 10 >= turned.located;
    if (!fits_service_area && !fits_areas) return {};
    return Fail(
        Error{ErrorCode::kInvalidArgument, spec.name, "AXES_SWAPPED",
              fmt::format("{}: axes swapped: {} of {} points lie inside the {} as sent, {} with x and y exchanged; correct the file or the column mapping",
                          spec.name, fits_service_area ? sent.in : sent.in_areas, sent.located, fits_service_area ? "service area" : "areas",
                          fits_service_area ? turned.in : turned.in_areas)});
  }

  void reject_misplaced(std::size_t file, PlacedRows& placed) {
    ParsedRows& rows = placed.rows;
    std::vector<bool> keep(placed.at.size(), true);
    bool all = true;
    for (std::size_t i = 0; i < placed.at.size(); ++i) {
      if (placed.at[i] != kUnlocated && !source_.service_area.contains(placed.at[i])) {
        reject(file, rows.line[i], "OUT_OF_AREA", "the position lies outside the source's service area");
      } else if (source_.crs == Crs::kWgs84 && placed.at[i] != kUnlocated && rows.x[i] == std::floor(rows.x[i]) && rows.y[i] == std::floor(rows.y[i])) {
        reject(file, rows.line[i], "WHOLE_DEGREES", "longitude and latitude are whole degrees: a stand-in, not a place");
      } else if (retention_begin_ && DayOfMinute(rows.from_minute[i]) < *retention_begin_) {
        reject(file, rows.line[i], "PAST_RETENTION", fmt::format("began before {}, the first day that is retained", FormatDay(*retention_begin_)));
      } else {
        continue;
      }
      keep[i] = all = false;
    }
    rows.x = rows.y = {};
    if (!all) KeepOnly(placed, keep);
  }

  void drop_duplicates() {
    std::vector<ParsedRows> rows;
    for (PlacedRows& file : out_.files) rows.push_back(std::move(file.rows));
    const Duplicates found = FindDuplicates(rows, source_.repeated_reference);
    out_.record.repeated_references = found.repeated_references;
    std::vector<std::vector<bool>> keep(rows.size());
    for (const DroppedRow& dropped : found.dropped) {
      auto& mask = keep[dropped.file];
      if (mask.empty()) mask.assign(rows[dropped.file].line.size(), true);
      mask[dropped.row] = false;
      reject(dropped.file, rows[dropped.file].line[dropped.row], dropped.reason,
             fmt::format("same reference as {} line {}", source_.files[dropped.first_file].name, rows[dropped.first_file].line[dropped.first_row]));
    }
    for (std::size_t file = 0; file < rows.size(); ++file) {
      out_.files[file].rows = std::move(rows[file]);
      if (!keep[file].empty()) KeepOnly(out_.files[file], keep[file]);
    }
  }

  void describe() {
    SourceRecord& record = out_.record;
    record.id = source_.id;
    record.title = source_.title;
    record.time = TimeOf(source_);
    record.precision_m = source_.precision_m;
    record.snapped = source_.snapped;
    record.flags = FlagsTold(source_);
    record.transformation = source_.crs == Crs::kWgs84 ? context_.grid.method() : "none: EPSG:27700 as supplied";
    std::map<std::string, std::int64_t> tally;
    for (std::size_t file = 0; file < out_.files.size(); ++file) {
      FileReport& report = report_of(file);
      std::stable_sort(report.rejected.begin(), report.rejected.end(), [](const RejectedRow& a, const RejectedRow& b) { return a.line < b.line; });
      for (const RejectedRow& row : report.rejected) ++tally[row.reason];
      count(file);
      record.files.push_back(report.file);
    }
    for (const auto& [reason, rows] : tally) record.rejects.push_back({reason, rows});
  }

  static constexpr std::size_t kEnoughRows = 20;

  const SourceSpec& source_;
  const SourceContext& context_;
  PlaceTable& places_;
  std::vector<FileReport>& reports_;
  std::size_t first_report_;
  PointPlacer placer_, swapped_;
  std::optional<LocalDay> retention_begin_;
  std::map<std::string, std::string> by_digest_;
  LoadedSource out_;
};

}  // namespace

Result<LoadedSource> LoadSource(const SourceSpec& source, const SourceContext& context, PlaceTable& places, std::vector<FileReport>& reports) {
  return SourceLoader(source, context, places, reports).load();
}

}  // namespace geo
