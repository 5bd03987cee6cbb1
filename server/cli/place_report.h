// FindPlaces as tables and as csv.
#pragma once

#include <string>

#include "server/cli/terminal.h"

namespace wardwatch::v1 {
class FindPlacesResponse;
class PlaceName;
}  // namespace wardwatch::v1

namespace server {

// "High Street"; the ward where nothing near has a name; the grid reference outside.
std::string PlaceNameText(const wardwatch::v1::PlaceName& name);

// What each level came to, the places, the peaks, the footer.
std::string PlacesTable(const wardwatch::v1::FindPlacesResponse& answer, const Terminal& terminal);

// One record a place, then one a peak; `kind` tells them apart.
std::string PlacesCsv(const wardwatch::v1::FindPlacesResponse& answer);

}  // namespace server
