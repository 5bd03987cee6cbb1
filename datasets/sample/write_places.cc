#include "datasets/sample/write_places.h"

#include <fmt/format.h>

#include <iterator>

namespace sample {
namespace {

constexpr const char* kCollection =
    "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::27700\"}},\"features\":[\n";

std::string RingText(const geo::Ring& ring) {
  std::string text = "[";
  for (std::size_t i = 0; i <= ring.size(); ++i) {
    const geo::GridPoint at = ring[i % ring.size()];
    fmt::format_to(std::back_inserter(text), "{}[{:.1f},{:.1f}]", i == 0 ? "" : ",", at.easting_m(), at.northing_m());
  }
  return text + "]";
}

std::string PolygonText(const geo::Polygon& polygon) {
  std::string text = "[";
  for (const geo::Ring& ring : polygon.rings) text += (text.size() > 1 ? "," : "") + RingText(ring);
  return text + "]";
}

std::string GeometryText(const geo::MultiPolygon& shape) {
  if (shape.parts.size() == 1) return "{\"type\":\"Polygon\",\"coordinates\":" + PolygonText(shape.parts[0]) + "}";
  std::string text;
  for (const geo::Polygon& part : shape.parts) text += (text.empty() ? "" : ",") + PolygonText(part);
  return "{\"type\":\"MultiPolygon\",\"coordinates\":[" + text + "]}";
}

void WriteWards(const Land& land, const WardMap& map, const char* year, const std::string& name, OutputFolder& out) {
  std::string text = kCollection;
  for (std::size_t i = 0; i < map.wards.size(); ++i) {
    fmt::format_to(std::back_inserter(text), "{}{{\"type\":\"Feature\",\"properties\":{{\"WD{}CD\":\"{}\",\"WD{}NM\":\"{}\"}},\"geometry\":{}}}",
                   i == 0 ? "" : ",\n", year, map.wards[i].code, year, map.wards[i].name, GeometryText(land.dissolve(map.ward_of, static_cast<int>(i))));
  }
  out.write(name, text + "\n]}\n");
}

void WritePopulation(const Settlement& settlement, const WardMap& map, const std::string& name, OutputFolder& out) {
  std::string text = "ward_code,ward_name,year,residents\n";
  for (int year = kFirstYear; year <= kLastYear; ++year) {
    std::vector<int> residents(map.wards.size());
    for (std::size_t block = 0; block < kBlocks; ++block) {
      if (map.ward_of[block] != kNowhereLabel) residents[static_cast<std::size_t>(map.ward_of[block])] += settlement.residents(year)[block];
    }
    for (std::size_t i = 0; i < residents.size(); ++i) {
      fmt::format_to(std::back_inserter(text), "{},{},{},{}\n", map.wards[i].code, map.wards[i].name, year, residents[i]);
    }
  }
  out.write(name, text);
}

// Who is there on a working day: two residents in five stay, and the authority's jobs lie where shops, pubs and offices do. Streets: each snap point stands for
// some 140 m of them. Nothing is drawn: both follow from what is already laid.
void WriteMeasures(const Settlement& settlement, const WardMap& map, const std::string& name, OutputFolder& out) {
  constexpr double kStay = 0.4, kJobsPerResident = 0.45, kStreetPerSnap_km = 0.14;
  const std::vector<int>& residents = settlement.residents(kLastYear);
  double authority = 0;
  for (const int people : residents) authority += people;
  std::vector<double> workday(map.wards.size()), street_km(map.wards.size());
  for (std::size_t block = 0; block < kBlocks; ++block) {
    if (map.ward_of[block] == kNowhereLabel) continue;
    workday[static_cast<std::size_t>(map.ward_of[block])] += kStay * residents[block] + kJobsPerResident * authority * settlement.centre_weight()[block];
  }
  for (const SnapPoint& snap : settlement.snap_points()) {
    const int ward = map.ward_of[static_cast<std::size_t>(snap.block)];
    if (ward != kNowhereLabel) street_km[static_cast<std::size_t>(ward)] += kStreetPerSnap_km;
  }
  std::string text = "ward_code,ward_name,workday,street_km\n";
  for (std::size_t i = 0; i < workday.size(); ++i) {
    fmt::format_to(std::back_inserter(text), "{},{},{:.0f},{:.2f}\n", map.wards[i].code, map.wards[i].name, workday[i], street_km[i]);
  }
  out.write(name, text);
}

// In the middle of their buildings: one in three is a home, one in 61 a school, one in 149 a place of worship.
void WriteProtectedPlaces(const Furniture& furniture, OutputFolder& out) {
  std::string text = "kind,easting,northing\n";
  for (std::size_t i = 0; i < furniture.buildings.size(); ++i) {
    const geo::Ring& outline = furniture.buildings[i].outline;
    const char* kind = i % 149 == 7 ? "worship" : i % 61 == 5 ? "school" : i % 3 == 0 ? "home" : nullptr;
    if (kind == nullptr) continue;
    fmt::format_to(std::back_inserter(text), "{},{:.1f},{:.1f}\n", kind, (outline[0].easting_m() + outline[2].easting_m()) / 2,
                   (outline[0].northing_m() + outline[2].northing_m()) / 2);
  }
  out.write("protected-places.csv", text);
}

}  // namespace

void WriteBoundaries(const Land& land, const WardMap& now, const WardMap& before, OutputFolder& out) {
  WriteWards(land, now, "23", "wards-2023.geojson", out);
  WriteWards(land, before, "03", "wards-2003.geojson", out);
  std::vector<int> authority(kBlocks, kNowhereLabel);
  for (int block = 0; block < kBlocks; ++block) {
    if (land.is_land(block)) authority[static_cast<std::size_t>(block)] = 0;
  }
  out.write("authority.geojson", std::string(kCollection) +
                                     "{\"type\":\"Feature\",\"properties\":{\"LAD23CD\":\"E06990001\",\"LAD23NM\":\"Tidewick\"},\"geometry\":" +
                                     GeometryText(land.dissolve(authority, 0)) + "}\n]}\n");
}

void WritePopulations(const Settlement& settlement, const WardMap& now, const WardMap& before, OutputFolder& out) {
  WritePopulation(settlement, now, "population-wards-2023.csv", out);
  WritePopulation(settlement, before, "population-wards-2003.csv", out);
  WriteMeasures(settlement, now, "measures-wards-2023.csv", out);
}

void WriteFurniture(const Furniture& furniture, OutputFolder& out) {
  std::string text = "camera_id,type,state,installed,easting,northing,bearing_deg,field_of_view_deg,height_m\n";
  for (const Camera& camera : furniture.cameras) {
    fmt::format_to(std::back_inserter(text), "{},{},{},{},{:.0f},{:.0f},{},{},{:.1f}\n", camera.id, camera.type, camera.state, geo::FormatDay(camera.installed),
                   camera.at.easting_m(), camera.at.northing_m(), camera.bearing_deg, camera.field_of_view_deg, camera.height_m);
  }
  out.write("cameras.csv", text);
  text = "column_id,easting,northing,height_m,power,town\n";
  for (const LampColumn& column : furniture.columns) {
    fmt::format_to(std::back_inserter(text), "{},{:.0f},{:.0f},{:.1f},{},\"{}\"\n", column.id, column.at.easting_m(), column.at.northing_m(), column.height_m,
                   column.power ? "yes" : "no", column.town);
  }
  out.write("lamp-columns.csv", text);
  text = kCollection;
  for (const Building& building : furniture.buildings) {
    fmt::format_to(std::back_inserter(text), "{}{{\"type\":\"Feature\",\"properties\":{{\"building_id\":\"{}\",\"height_m\":{:.1f}}},\"geometry\":{}}}",
                   building.id == "B00001" ? "" : ",\n", building.id, building.height_m, GeometryText({{geo::Polygon{{building.outline}}}}));
  }
  out.write("buildings.geojson", text + "\n]}\n");
  WriteProtectedPlaces(furniture, out);
}

}  // namespace sample
