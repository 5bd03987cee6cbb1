// The names and columns of the store, shared by the writer and the reader.
#pragma once

#include <array>

namespace geo::store_layout {

// Readers refuse any other version: the loader rebuilds a store from its sources in minutes, so none is ever migrated.
inline constexpr int kVersion = 4;

inline constexpr char kDatasets[] = "datasets";      // one row a dataset: number, id, version, record (JSON), record_sha256
inline constexpr char kFiles[] = "files";            // dataset, file, source, source_file, name
inline constexpr char kPlaces[] = "places";          // dataset, place, name
inline constexpr char kCategories[] = "categories";  // dataset, category, id, title, crime: for people who open the store; the record is what is read
inline constexpr char kIncidents[] = "incidents";
inline constexpr char kAreas[] = "areas";  // dataset, vintage, code, name, multipolygon

// What stands in the street; a `layer` is a number into the record's list. For people who open the store, texts stand beside the numbers.
inline constexpr char kCameras[] = "cameras";            // point
inline constexpr char kSites[] = "camera_sites";         // point
inline constexpr char kBuildings[] = "buildings";        // multipolygon
inline constexpr char kPlacesOfCare[] = "protected_places";  // point

// Columns of `incidents` beside fid and geom, in this order: numbers into the tables above.
inline constexpr std::array kIncidentColumns = {"dataset", "file", "line", "from_minute", "to_minute", "category", "flags", "place"};
enum IncidentColumn : int { kDataset, kFile, kLine, kFromMinute, kToMinute, kCategory, kFlags, kPlace };

}  // namespace geo::store_layout
