// The incidents of one dataset, a column each: 29 bytes an incident, so that a question about one month touches little memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "geo/types/grid_point.h"
#include "geo/types/local_time.h"

namespace geo {

using CategoryIndex = std::uint8_t;  // into DatasetRecord::categories
using FlagBits = std::uint16_t;      // bit i: DatasetRecord::flags[i]
inline constexpr std::size_t kMaxFlags = 16;
using FileIndex = std::uint16_t;     // into IncidentColumns::files
using PlaceIndex = std::uint32_t;    // into IncidentColumns::places; 0 is ""

struct IncidentColumns {
  // Where a row came from: file and line find it again in the supplier's own file.
  struct File {
    std::uint16_t source = 0;  // into DatasetRecord::sources
    std::uint16_t file = 0;    // into SourceRecord::files
    friend bool operator==(const File&, const File&) = default;
  };

  // Rows are in canonical order: from_minute, then file, then line. The order depends on the content alone, not on how it was loaded.
  std::vector<GridPoint> at;             // kUnlocated where the source has no coordinates
  std::vector<LocalMinute> from_minute;  // the incident happened in [from_minute, to_minute) on the local clock;
  std::vector<LocalMinute> to_minute;    // a known minute is one minute long, a known date 1,440, a known month the whole month
  std::vector<CategoryIndex> category;
  std::vector<FlagBits> flags;  // 0 where its source does not tell them
  std::vector<FileIndex> file;
  std::vector<std::uint32_t> line;  // 1 is the first line of the file, the header where it has one
  std::vector<PlaceIndex> place;    // the source's own name of the location ("On or near High Street")

  std::vector<File> files;
  std::vector<std::string> places{std::string()};  // distinct, [0] empty

  std::size_t size() const { return at.size(); }
  void resize(std::size_t n);
  void shrink_to_fit();
  // Whether the row's own window is short enough to tell hours apart: under a whole day.
  bool hour_known(std::size_t row) const { return to_minute[row] - from_minute[row] < kMinutesPerDay; }
  // The first row at or after the first minute of `day`: with the order above, a period is one range of rows. An incident belongs to the period in
  // which it began, so that each is counted in exactly one of two adjoining periods.
  std::size_t first_on_or_after(LocalDay day) const;
};

// "{source}/{file}:{line}", the public id of an incident.
std::string FormatIncidentId(const std::string& source, const std::string& file, std::uint32_t line);

}  // namespace geo
