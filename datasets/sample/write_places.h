// Everything that is not an incident: boundaries, populations, street furniture, truth.
#pragma once

#include "datasets/sample/incident_history.h"
#include "datasets/sample/output_folder.h"
#include "datasets/sample/street_furniture.h"

namespace sample {

// wards-2023.geojson, wards-2003.geojson, authority.geojson (EPSG:27700, declared).
void WriteBoundaries(const Land& land, const WardMap& now, const WardMap& before, OutputFolder& out);
// population-wards-2023.csv, population-wards-2003.csv: ward_code, ward_name, year, residents. measures-wards-2023.csv: ward_code, ward_name, workday (people
// there on a working day), street_km.
void WritePopulations(const Settlement& settlement, const WardMap& now, const WardMap& before, OutputFolder& out);
// cameras.csv, lamp-columns.csv, buildings.geojson, protected-places.csv (kind, easting, northing).
void WriteFurniture(const Furniture& furniture, OutputFolder& out);
// truth.json: its members are explained in README.md.
void WriteTruth(const IncidentHistory& history, const WardMap& now, const Furniture& furniture, OutputFolder& out);

}  // namespace sample
