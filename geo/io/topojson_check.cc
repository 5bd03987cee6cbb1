#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "geo/io/boundary_json.h"
#include "geo/io/gdal_session.h"
#include "geo/io/input_limits.h"

namespace geo {
namespace {

namespace limits = input_limits;
using Json = nlohmann::json;

// Local to this file: becomes the Error at the boundary.
struct Refused {
  const char* reason;
  std::string what;
};

void Require(bool good, const char* reason, const std::string& what) {
  if (!good) throw Refused{reason, what};
}

const Json& Member(const Json& object, const char* key, const char* reason) {
  const auto found = object.find(key);
  Require(object.is_object() && found != object.end(), reason, fmt::format("has no \"{}\"", key));
  return *found;
}

struct ShapeCount {
  std::int64_t vertices = 0, rings = 0, parts = 0;
};

// Where an arc begins and ends, before any scaling: whole numbers where the topology is quantised, so that equal is equal.
struct ArcEnds {
  double begin[2] = {}, end[2] = {};
};

class TopologyCheck {
 public:
  explicit TopologyCheck(const Json& topology) : topology_(topology) {
    Require(topology.is_object() && topology.value("type", "") == "Topology", "NOT_TOPOJSON", "is JSON but not a TopoJSON Topology");
    const Json& arcs = Member(topology, "arcs", "NOT_TOPOJSON");
    Require(arcs.is_array(), "NOT_TOPOJSON", "has arcs that are no list");
    const bool deltas = topology.contains("transform");
    for (const Json& arc : arcs) {
      Require(arc.is_array() && !arc.empty(), "BAD_COORDINATE", "has an arc that is no list of positions");
      ArcEnds ends;
      for (std::size_t i = 0; i < arc.size(); ++i) {
        const Json& position = arc[i];
        Require(position.is_array() && position.size() >= 2 && position[0].is_number() && position[1].is_number(), "BAD_COORDINATE",
                "has a position that is not two numbers");
        for (const std::size_t axis : {0u, 1u}) {
          const auto value = position[axis].get<double>();
          ends.end[axis] = deltas ? ends.end[axis] + value : value;
          if (i == 0) ends.begin[axis] = value;
        }
      }
      arc_vertices_.push_back(static_cast<std::int64_t>(arc.size()));
      arc_ends_.push_back(ends);
    }
  }

  BoundaryJson check(const std::string& object) {
    const Json& objects = Member(topology_, "objects", "NOT_TOPOJSON");
    Require(objects.is_object() && !objects.empty(), "NOT_TOPOJSON", "has no objects");
    Require(objects.size() == 1 || !object.empty(), "LAYER_NOT_CHOSEN", fmt::format("has {} objects; name one as `layer`", objects.size()));
    const auto chosen = object.empty() ? objects.begin() : objects.find(object);
    Require(chosen != objects.end(), "NO_SUCH_LAYER", fmt::format("has no object \"{}\"", object.substr(0, 64)));
    BoundaryJson found;
    found.crs_name = crs_of(*chosen);
    if (!found.crs_name) found.crs_name = crs_of(topology_);
    walk(*chosen, 0);
    found.vertices = total_;
    return found;
  }

 private:
  static std::optional<std::string> crs_of(const Json& object) {
    const auto crs = object.is_object() ? object.find("crs") : object.end();
    if (crs == object.end() || crs->is_null()) return std::nullopt;
    Require(crs->is_object() && crs->value("type", "") == "name" && crs->contains("properties") && (*crs)["properties"].is_object() &&
                (*crs)["properties"].contains("name") && (*crs)["properties"]["name"].is_string(),
            "UNKNOWN_CRS", "has a crs member without a name");
    return (*crs)["properties"]["name"].get<std::string>();
  }

  void walk(const Json& geometry, int depth) {
    Require(depth <= 4 && geometry.is_object(), "TOO_DEEP", "nests its geometries too deeply");
    if (const auto list = geometry.find("geometries"); list != geometry.end()) {
      Require(list->is_array(), "NOT_TOPOJSON", "has geometries that are no list");
      for (const Json& inner : *list) walk(inner, depth + 1);
    }
    if (const auto arcs = geometry.find("arcs"); arcs != geometry.end()) {
      ShapeCount count;
      add(*arcs, count, 0);
      total_ += count.vertices;
      Require(count.rings <= limits::kShapeRings, "TOO_MANY_RINGS", fmt::format("has a shape of over {} rings", limits::kShapeRings));
      Require(count.parts <= limits::kShapeParts, "TOO_MANY_PARTS", fmt::format("has a shape of over {} parts", limits::kShapeParts));
      const std::string type = geometry.value("type", "");
      if (type == "Polygon" || type == "MultiPolygon") check_joined(*arcs);
    }
  }

  // GDAL draws a straight line between arcs that do not meet, and closes what does not close.
  void check_joined(const Json& arcs) const {
    if (!arcs.empty() && arcs[0].is_array()) {
      for (const Json& inner : arcs) check_joined(inner);
      return;
    }
    const double* previous = nullptr;
    const double* first = nullptr;
    for (const Json& item : arcs) {
      Require(item.is_number_integer(), "BAD_ARC", "has an arc that is no whole number");
      const auto index = item.get<std::int64_t>();
      const ArcEnds& ends = arc_ends_[static_cast<std::size_t>(index < 0 ? ~index : index)];
      const double* begin = index < 0 ? ends.end : ends.begin;
      Require(previous == nullptr || (previous[0] == begin[0] && previous[1] == begin[1]), "UNCLOSED_RING",
              fmt::format("has a ring in which arc {} does not begin where the one before it ends", index));
      if (first == nullptr) first = begin;
      previous = index < 0 ? ends.begin : ends.end;
    }
    Require(previous == nullptr || (previous[0] == first[0] && previous[1] == first[1]), "UNCLOSED_RING", "has a ring that does not end where it begins");
  }

  // Returns the height over the numbers: 0 a ring (a list of arcs), 1 a polygon, 2 a multipolygon.
  int add(const Json& arcs, ShapeCount& count, int depth) {
    Require(arcs.is_array() && depth <= 4, "BAD_ARC", "has arcs that are no list");
    int height = 0;
    for (const Json& item : arcs) {
      if (item.is_array()) {
        height = std::max(height, add(item, count, depth + 1) + 1);
        continue;
      }
      Require(item.is_number_integer(), "BAD_ARC", "has an arc that is no whole number");
      const auto index = item.get<std::int64_t>();
      const auto arc = static_cast<std::uint64_t>(index < 0 ? ~index : index);
      Require(arc < arc_vertices_.size(), "BAD_ARC", fmt::format("refers to arc {} of {}", index, arc_vertices_.size()));
      count.vertices += arc_vertices_[arc];
      Require(count.vertices <= limits::kShapeVertices, "TOO_MANY_VERTICES", fmt::format("has a shape of over {} vertices", limits::kShapeVertices));
    }
    if (height == 0) ++count.rings;
    if (height == 1) ++count.parts;
    return height;
  }

  const Json& topology_;
  std::vector<std::int64_t> arc_vertices_;
  std::vector<ArcEnds> arc_ends_;
  std::int64_t total_ = 0;
};

}  // namespace

Result<BoundaryJson> CheckTopoJson(std::string_view text, const std::string& name, const std::string& object) {
  const auto refuse = [&](const char* reason, const std::string& what) {
    return Fail(Error{ErrorCode::kInvalidArgument, name, reason, fmt::format("{} {}", name, what)});
  };
  if (text.size() > static_cast<std::size_t>(limits::kTopologyBytes)) {
    return refuse("FILE_TOO_LARGE", fmt::format("has {} bytes; the limit for TopoJSON is {}", text.size(), limits::kTopologyBytes));
  }
  try {
    const auto shallow = [](int depth, Json::parse_event_t, Json&) {
      Require(depth <= limits::kJsonDepth, "TOO_DEEP", fmt::format("is nested deeper than {}", limits::kJsonDepth));
      return true;
    };
    const Json topology = Json::parse(text, shallow);
    return TopologyCheck(topology).check(object);
  } catch (const Refused& refused) {
    return refuse(refused.reason, refused.what);
  } catch (const Json::exception& fault) {
    return refuse("BAD_JSON", fault.id == 406 ? "has a number that is too large" : "is not sound JSON: it is cut, or not JSON (NaN is not)");
  } catch (const std::exception& fault) {
    return refuse("BAD_JSON", RedactedText(fault.what()));
  }
}

}  // namespace geo
