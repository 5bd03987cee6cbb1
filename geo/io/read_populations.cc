#include "geo/io/read_populations.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "geo/io/input_limits.h"
#include "geo/io/supplier_file.h"
#include "geo/sources/csv_reader.h"
#include "geo/sources/number_text.h"
#include "geo/sources/text_check.h"

namespace geo {
namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;
// A billion people in one area is a slip of the unit, and 1e308 would turn rates into zeros.
constexpr double kMostPeople = 1e9;

class PopulationReader {
 public:
  PopulationReader(const PopulationSpec& spec, const std::vector<Area>& areas) : spec_(spec) {
    for (const Area& area : areas) codes_.insert(area.code);
  }

  Result<Populations> read(std::string_view text) {
    auto reader = CsvReader::Open(text);
    if (!reader) return Fail(about(reader.error()));
    CsvRecord record;
    if (reader->next(record)) {
      if (auto found = find_columns(record); !found) return Fail(found.error());
    }
    while (reader->next(record)) {
      ++rows_;
      if (auto taken = take(record); !taken) return Fail(taken.error());
    }
    if (reader->fault()) return Fail(about(*reader->fault()));
    return finish();
  }

 private:
  Error about(Error error) const {
    error.field = spec_.file.name;
    error.message = fmt::format("{}: {}", spec_.file.name, error.message);
    return error;
  }
  tl::unexpected<Error> refuse(const char* reason, const std::string& what) const { return Fail(about({ErrorCode::kInvalidArgument, "", reason, what})); }

  Result<void> find_columns(const CsvRecord& header) {
    columns_ = header.fields.size();
    for (const auto& [name, at] : {std::pair(&spec_.code_column, &code_), std::pair(&spec_.value_column, &value_), std::pair(&spec_.year_column, &year_)}) {
      if (name->empty()) continue;
      const auto found = std::find(header.fields.begin(), header.fields.end(), *name);
      if (found == header.fields.end()) return refuse("NO_SUCH_COLUMN", fmt::format("there is no column \"{}\"", Excerpt(*name)));
      *at = static_cast<std::size_t>(found - header.fields.begin());
    }
    return {};
  }

  Result<void> take(const CsvRecord& record) {
    if (record.bad_quote || record.fields.size() != columns_) {
      return refuse("WRONG_COLUMN_COUNT", fmt::format("line {} is not {} columns of sound CSV", record.line, columns_));
    }
    PopulationRecord row;
    row.code = record.fields[code_];
    if (!codes_.contains(row.code)) return {};
    const NumberText number = ReadNumber(record.fields[value_]);
    if (number.fault != nullptr || number.value < 0 || number.value > kMostPeople) {
      return refuse("BAD_POPULATION",
                    fmt::format("line {}: {} is \"{}\"; a number of people, at most {:.0f}, is expected", record.line, spec_.value_column, Excerpt(record.fields[value_]), kMostPeople));
    }
    row.measure = spec_.measure;
    row.value = number.value;
    row.year = spec_.year;
    if (!spec_.year_column.empty()) {
      const auto year = ReadCount(record.fields[year_]);
      if (!year || *year < kFirstYear || *year > kLastYear) {
        return refuse("BAD_YEAR", fmt::format("line {}: {} is \"{}\"; a year is expected", record.line, spec_.year_column, Excerpt(record.fields[year_])));
      }
      row.year = static_cast<int>(*year);
    }
    if (!seen_.emplace(row.code, row.year).second) {
      return refuse("DUPLICATE_POPULATION", fmt::format("line {}: {} has two values for {}", record.line, row.code, row.year));
    }
    out_.records.push_back(std::move(row));
    return {};
  }

  Result<Populations> finish() {
    if (spec_.file.rows && *spec_.file.rows != rows_) {
      return refuse("ROW_COUNT", fmt::format("holds {} rows and the manifest says {}", rows_, *spec_.file.rows));
    }
    if (out_.records.empty()) {
      return refuse(
          "POPULATION_JOINS_NOTHING",
          fmt::format("no {} of its {} rows is the code of an area; the codes are of another vintage, or it is another column", spec_.code_column, rows_));
    }
    std::set<std::string_view> found;
    for (const PopulationRecord& row : out_.records) found.insert(row.code);
    if (found.size() < codes_.size()) {
      out_.notices.push_back(fmt::format("{}: {} of {} areas have no {}", spec_.file.name, codes_.size() - found.size(), codes_.size(), spec_.measure));
    }
    std::sort(out_.records.begin(), out_.records.end(),
              [](const PopulationRecord& a, const PopulationRecord& b) { return std::tie(a.code, a.measure, a.year) < std::tie(b.code, b.measure, b.year); });
    return std::move(out_);
  }

  const PopulationSpec& spec_;
  std::set<std::string, std::less<>> codes_;
  std::set<std::pair<std::string, int>> seen_;
  std::size_t columns_ = 0, code_ = 0, value_ = 0, year_ = 0;
  std::int64_t rows_ = 0;
  Populations out_;
};

}  // namespace

Result<Populations> ReadPopulations(const PopulationSpec& spec, const std::vector<Area>& areas) {
  auto file = ReadSupplierFile(spec.file, input_limits::kPopulationBytes);
  if (!file) return Fail(file.error());
  if (auto table = ExpectTable(spec.file, file->text); !table) return Fail(table.error());
  return PopulationReader(spec, areas).read(file->text);
}

}  // namespace geo
