// Any bytes as an incident file, in each of the three formats. The first byte chooses; the rest is the file, after a good header when the choice says so.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "geo/sources/duplicates.h"
#include "geo/sources/parsed_rows.h"
#include "tests/support/police_rows.h"

namespace {

void Demand(bool good) {
  if (!good) std::abort();
}

geo::SourceSpec SourceOf(unsigned choice) {
  geo::SourceSpec out = support::PoliceSource();
  out.unmapped_as_other = (choice & 8U) != 0;
  if (choice % 3 == 1) {
    out.format = geo::SourceFormat::kPoliceUk2012;
    out.crs = geo::Crs::kBritishNationalGrid;
  } else if (choice % 3 == 2) {
    out = support::MappedSource();
    out.columns.from = "from";
    out.columns.to = "to";
    out.columns.reference = "ref";
    if ((choice & 16U) != 0) out.time_zone = "UTC";
  }
  return out;
}

std::string HeaderOf(unsigned choice) {
  if ((choice & 64U) == 0) return "";
  if (choice % 3 == 0) return support::kPoliceHeader;
  if (choice % 3 == 1) return "Month,Reported by,Falls within,Easting,Northing,Location,Crime type,Context\n";
  return "ref,from,to,x,y,what\n";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const unsigned choice = data[0];
  const std::string text = HeaderOf(choice) + std::string(reinterpret_cast<const char*>(data) + 1, size - 1);
  geo::PlaceTable places;
  const auto rows = support::Parse(text, SourceOf(choice), places);
  if (!rows) {
    Demand(!rows.error().reason.empty() && !rows.error().message.empty());
    return 0;
  }
  Demand(text.back() == '\n');
  Demand(rows->rows_in == static_cast<std::int64_t>(rows->x.size() + rows->rejected.size()));
  for (std::size_t i = 0; i < rows->x.size(); ++i) {
    const bool located = rows->x[i] == rows->x[i];
    Demand(located == (rows->y[i] == rows->y[i]));
    Demand(!located || (rows->x[i] - rows->x[i] == 0 && rows->y[i] - rows->y[i] == 0));
    Demand(rows->from_minute[i] < rows->to_minute[i]);
    Demand(rows->place[i] < places.names().size());
    Demand(rows->category[i] < 4);
  }
  for (const geo::RejectedRow& row : rows->rejected) Demand(row.line >= 2 && !row.reason.empty());
  geo::FindDuplicates({&*rows, 1}, geo::RepeatedReference::kRefuse);
  return 0;
}
