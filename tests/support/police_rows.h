// Small incident files and what reads them: a dictionary, a source, and ParseRows with both.
#pragma once

#include <string>
#include <vector>

#include "geo/sources/parsed_rows.h"

namespace support {

inline const std::string kPoliceHeader =
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context\n";

inline geo::CategoryDictionary TestDictionary() {
  geo::CategoryDictionary out;
  out.id = "test";
  out.categories = {{"asb", "ASB", false}, {"burglary", "Burglary", true}, {"weapons", "Weapons", true}};
  out.entries = {
      {"Anti-social behaviour", "asb", {}, {}}, {"Burglary", "burglary", {}, {}}, {"Public disorder and weapons", "weapons", {}, geo::DayOf(2013, 5, 1)}};
  return out;
}

inline std::vector<geo::Category> TestCategories() {
  auto out = TestDictionary().categories;
  out.push_back({"unmapped", "Unmapped", false});
  return out;
}

inline geo::SourceSpec PoliceSource() {
  geo::SourceSpec out;
  out.id = "police";
  return out;
}

// A mapped CSV in metres with the columns t (a time of `kind`), x, y, what, ref, street.
inline geo::SourceSpec MappedSource() {
  geo::SourceSpec out;
  out.id = "mapped";
  out.format = geo::SourceFormat::kCsv;
  out.crs = geo::Crs::kBritishNationalGrid;
  out.columns.category = "what";
  out.columns.x = "x";
  out.columns.y = "y";
  return out;
}

inline geo::Result<geo::ParsedRows> Parse(const std::string& text, const geo::SourceSpec& source, geo::PlaceTable& places,
                                          geo::LocalDay as_at = geo::DayOf(2024, 6, 30)) {
  static const geo::CategoryDictionary dictionary = TestDictionary();
  return geo::ParseRows(text, source, dictionary, TestCategories(), as_at, places);
}

inline geo::Result<geo::ParsedRows> Parse(const std::string& text, const geo::SourceSpec& source) {
  geo::PlaceTable places;
  return Parse(text, source, places);
}

// The reason of the only rejected row; "" when none was, "?" for anything else.
inline std::string OnlyReason(const geo::Result<geo::ParsedRows>& rows) {
  if (!rows) return rows.error().reason;
  if (rows->rejected.empty()) return "";
  return rows->rejected.size() == 1 ? rows->rejected.front().reason : "?";
}

}  // namespace support
