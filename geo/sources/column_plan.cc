#include "geo/sources/column_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "geo/sources/text_check.h"

namespace geo {
namespace {

constexpr std::array<std::string_view, 12> kPoliceUkHeader = {
    "Crime ID",  "Month",     "Reported by", "Falls within",          "Longitude", "Latitude", "Location",
    "LSOA code", "LSOA name", "Crime type",  "Last outcome category", "Context"};
constexpr std::array<std::string_view, 8> kPoliceUk2012Header = {"Month",    "Reported by", "Falls within", "Easting",
                                                                 "Northing", "Location",    "Crime type",   "Context"};

tl::unexpected<Error> WrongHeader(std::string message) { return Fail({ErrorCode::kInvalidArgument, "", "WRONG_HEADER", std::move(message)}); }

tl::unexpected<Error> BadColumns(std::string message) { return Fail({ErrorCode::kInvalidArgument, "columns", "BAD_COLUMNS", std::move(message)}); }

Result<void> DemandHeader(const CsvRecord& header, std::span<const std::string_view> expected) {
  if (header.fields.size() != expected.size()) {
    return WrongHeader(fmt::format("the header has {} columns; this format has {}, from \"{}\" to \"{}\"", header.fields.size(), expected.size(),
                                   expected.front(), expected.back()));
  }
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (header.fields[i] == expected[i]) continue;
    return WrongHeader(fmt::format("column {} of the header is \"{}\"; this format has \"{}\"", i + 1, Excerpt(header.fields[i]), expected[i]));
  }
  return {};
}

// Sets `column` to the position of `name`; an empty name leaves it.
Result<void> Locate(const CsvRecord& header, const std::string& name, int& column) {
  if (name.empty()) return {};
  const auto found = std::find(header.fields.begin(), header.fields.end(), name);
  if (found == header.fields.end()) return WrongHeader(fmt::format("the header has no column \"{}\", which the manifest maps", Excerpt(name)));
  if (std::find(found + 1, header.fields.end(), name) != header.fields.end())
    return WrongHeader(fmt::format("the header has column \"{}\" twice", Excerpt(name)));
  column = static_cast<int>(found - header.fields.begin());
  return {};
}

Result<void> PlanMapped(const CsvRecord& header, const ColumnMapping& columns, ColumnPlan& plan) {
  if (auto good = CheckMapping(columns); !good) return good;
  const std::pair<const std::string&, int&> wanted[] = {{columns.category, plan.category},
                                                        {columns.x, plan.x},
                                                        {columns.y, plan.y},
                                                        {columns.reference, plan.reference},
                                                        {columns.place, plan.place},
                                                        {columns.month, plan.time.month},
                                                        {columns.date, plan.time.date},
                                                        {columns.time, plan.time.time},
                                                        {columns.from, plan.time.from},
                                                        {columns.to, plan.time.to}};
  for (const auto& [name, column] : wanted) {
    if (auto good = Locate(header, name, column); !good) return good;
  }
  return {};
}

}  // namespace

Result<void> CheckMapping(const ColumnMapping& columns) {
  if (columns.category.empty()) return BadColumns("category is required: the column that says what happened");
  if (columns.x.empty() || columns.y.empty()) return BadColumns("x and y are required: the columns of longitude and latitude, or easting and northing");
  const int kinds = int{!columns.month.empty()} + int{!columns.date.empty()} + int{!columns.from.empty()};
  if (kinds != 1) return BadColumns(fmt::format("{} of month, date and from are mapped; map exactly one", kinds));
  if (!columns.time.empty() && columns.date.empty()) return BadColumns("time needs date");
  if (!columns.to.empty() && columns.from.empty()) return BadColumns("to needs from");
  return {};
}

Result<ColumnPlan> PlanColumns(const CsvRecord& header, const SourceSpec& source) {
  if (header.bad_quote) return WrongHeader("the header has a stray quote");
  ColumnPlan plan;
  Result<void> good;
  switch (source.format) {
    case SourceFormat::kPoliceUk:
      good = DemandHeader(header, kPoliceUkHeader);
      plan.reference = 0;
      plan.time.month = 1;
      plan.x = 4;
      plan.y = 5;
      plan.place = 6;
      plan.category = 9;
      break;
    case SourceFormat::kPoliceUk2012:
      good = DemandHeader(header, kPoliceUk2012Header);
      plan.time.month = 0;
      plan.x = 3;
      plan.y = 4;
      plan.place = 5;
      plan.category = 6;
      break;
    case SourceFormat::kCsv:
      good = PlanMapped(header, source.columns, plan);
      break;
  }
  plan.flags.assign(source.flags.size(), kNoColumn);
  for (std::size_t i = 0; i < source.flags.size() && good; ++i) good = Locate(header, source.flags[i].column, plan.flags[i]);
  if (!good) return Fail(good.error());
  plan.names.assign(header.fields.begin(), header.fields.end());
  return plan;
}

}  // namespace geo
