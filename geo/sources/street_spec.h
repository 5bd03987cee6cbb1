// What the manifest says of the layers of the street: which file, which column is what, and what its words mean.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "geo/cameras/street_layers.h"
#include "geo/sources/flag_column.h"
#include "geo/sources/layer_file.h"

namespace geo {

// Words of a column, byte for byte, and what each means; no word twice.
template <class Meaning>
using Words = std::vector<std::pair<std::string, Meaning>>;

// Names of columns (of a table) or of properties (of features); empty where there is none.
struct CameraLayerSpec {
  std::string id, title;
  LayerFile source;
  std::string id_column, x, y, type, bearing, field_of_view, height, state, installed, place;
  std::string date_format = "%Y-%m-%d";  // of `installed`
  std::uint16_t model = 0;               // of Manifest::camera_models, of every row where `type` is empty
  Words<std::uint16_t> models;           // of `type`
  Words<CameraState> states;             // of `state`
  FlagColumn movable, on_building;
};

struct SiteLayerSpec {
  std::string id, title;
  LayerFile source;
  std::string id_column, x, y, height, cost;
  std::int64_t cost_pence = 0;  // of every row where `cost` is empty
  FlagColumn power, lit, on_building;
};

struct BuildingLayerSpec {
  std::string id, title;
  LayerFile source;
};

struct PlaceLayerSpec {
  std::string id, title;
  LayerFile source;
  std::string x, y, kind;
  std::uint16_t of_kind = 0;   // of Manifest::place_kinds, of every row where `kind` is empty
  Words<std::uint16_t> kinds;  // of `kind`
};

}  // namespace geo
