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

// Where arrays of numbers are positions, arrays of positions rings, arrays of rings polygons: the height over the numbers tells which.
class GeoJsonSax final : public nlohmann::json_sax<Json> {
 public:
  explicit GeoJsonSax(std::string name) : name_(std::move(name)) {}

  bool null() override { return scalar(false); }
  bool boolean(bool /*value*/) override { return scalar(false); }
  bool number_integer(number_integer_t /*value*/) override { return scalar(true); }
  bool number_unsigned(number_unsigned_t /*value*/) override { return scalar(true); }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return scalar(true); }
  bool binary(binary_t& /*value*/) override { return refuse("BAD_JSON", "holds binary data"); }

  bool string(string_t& value) override {
    if (keys_.size() == 3 && keys_[0] == "crs" && keys_[1] == "properties" && keys_[2] == "name") found.crs_name = value;
    if (keys_.size() == 2 && keys_[0] == "crs" && keys_[1] == "type" && value != "name") return refuse("UNKNOWN_CRS", "links to its CRS; name it in the file");
    if (keys_.size() == 1 && keys_[0] == "type") collection_ = value == "FeatureCollection";
    return scalar(false);
  }

  bool start_object(std::size_t /*elements*/) override {
    if (in_coordinates()) return refuse("BAD_COORDINATE", "has an object among its coordinates");
    keys_.emplace_back();
    opened_.push_back(true);
    return deep_enough();
  }
  bool key(string_t& value) override {
    // Long keys are not ours, and a copy of them serves nobody.
    keys_.back() = value.substr(0, 32);
    return true;
  }
  bool end_object() override {
    keys_.pop_back();
    opened_.pop_back();
    return true;
  }

  bool start_array(std::size_t /*elements*/) override {
    opened_.push_back(false);
    if (!in_coordinates() && !keys_.empty() && keys_.back() == "coordinates" && !in_properties()) vertices_ = rings_ = parts_ = 0, coordinates_ = true;
    if (in_coordinates()) heights_.push_back({});
    return deep_enough();
  }
  bool end_array() override {
    opened_.pop_back();
    if (!in_coordinates()) return true;
    const Height done = heights_.back();
    heights_.pop_back();
    if (heights_.empty()) coordinates_ = false;
    if (done.over_numbers == 0) ++vertices_, ++found.vertices;
    if (done.over_numbers == 1) ++rings_;
    if (done.over_numbers == 2) ++parts_;
    if (!heights_.empty()) {
      Height& parent = heights_.back();
      if (parent.over_numbers == 0) return refuse("BAD_COORDINATE", "mixes numbers and lists in its coordinates");
      parent.over_numbers = std::max(parent.over_numbers, done.over_numbers + 1);
    }
    return count_within_limits();
  }

  bool parse_error(std::size_t position, const std::string& /*token*/, const nlohmann::detail::exception& thrown) override {
    // The library's text quotes the document; its number says what is wrong.
    return refuse("BAD_JSON", fmt::format("is not sound JSON at byte {}: {}", position,
                                          thrown.id == 406 ? "a number is too large" : "it is cut, or not JSON (NaN is not)"));
  }

  bool collection() const { return collection_; }
  BoundaryJson found;
  std::optional<Error> fault;

 private:
  struct Height {
    int over_numbers = -1;  // -1: empty so far; 0: holds numbers
  };

  bool in_coordinates() const { return coordinates_; }
  bool in_properties() const {
    for (const std::string& key : keys_) {
      if (key == "properties") return true;
    }
    return false;
  }
  bool scalar(bool number) {
    if (!in_coordinates()) return true;
    if (!number) return refuse("BAD_COORDINATE", "has a coordinate that is not a number");
    Height& here = heights_.back();
    if (here.over_numbers > 0) return refuse("BAD_COORDINATE", "mixes numbers and lists in its coordinates");
    here.over_numbers = 0;
    return true;
  }
  bool deep_enough() {
    if (opened_.size() <= static_cast<std::size_t>(limits::kJsonDepth)) return true;
    return refuse("TOO_DEEP", fmt::format("is nested deeper than {}", limits::kJsonDepth));
  }
  bool count_within_limits() {
    if (vertices_ > limits::kShapeVertices) return refuse("TOO_MANY_VERTICES", fmt::format("has a shape of over {} vertices", limits::kShapeVertices));
    if (rings_ > limits::kShapeRings) return refuse("TOO_MANY_RINGS", fmt::format("has a shape of over {} rings", limits::kShapeRings));
    if (parts_ > limits::kShapeParts) return refuse("TOO_MANY_PARTS", fmt::format("has a shape of over {} parts", limits::kShapeParts));
    return true;
  }
  bool refuse(const char* reason, const std::string& what) {
    if (!fault) fault = Error{ErrorCode::kInvalidArgument, name_, reason, fmt::format("{} {}", name_, what)};
    return false;
  }

  std::string name_;
  std::vector<std::string> keys_;  // of the objects that are open
  std::vector<bool> opened_;       // objects and arrays that are open
  std::vector<Height> heights_;    // of the arrays that are open inside `coordinates`
  bool coordinates_ = false;
  bool collection_ = false;
  std::int64_t vertices_ = 0, rings_ = 0, parts_ = 0;
};

}  // namespace

Result<BoundaryJson> CheckGeoJson(std::string_view text, const std::string& name) {
  try {
    GeoJsonSax sax(name);
    const bool sound = Json::sax_parse(text, &sax);
    if (sax.fault) return Fail(*sax.fault);
    if (!sound || !sax.collection()) {
      return Fail(Error{ErrorCode::kInvalidArgument, name, "NOT_GEOJSON", fmt::format("{} is JSON but not a GeoJSON FeatureCollection", name)});
    }
    return sax.found;
  } catch (const std::exception& fault) {
    return Fail(Error{ErrorCode::kInternal, name, "JSON", fmt::format("{}: {}", name, RedactedText(fault.what()))});
  }
}

}  // namespace geo
