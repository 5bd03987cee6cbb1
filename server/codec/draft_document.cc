#include "server/codec/draft_document.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "server/codec/refusal.h"
#include "server/codec/sound_json.h"
#include "server/limits.h"

namespace server {
namespace {

using nlohmann::json;

tl::unexpected<geo::Error> Refuse(std::string field, const char* reason, std::string message) {
  return geo::Fail({geo::ErrorCode::kInvalidArgument, std::move(field), reason, std::move(message)});
}

constexpr const char* kDocument = "draft.geojson";

// "a Point", "an array": what stands where something else should.
std::string KindOf(const json& value) {
  if (!value.is_object()) return std::string("is ") + value.type_name();
  const auto type = value.find("type");
  if (type == value.end() || !type->is_string()) return "is an object without a type";
  return "is a " + Quoted(type->get_ref<const std::string&>());
}

bool IsOfType(const json& value, std::string_view type) {
  if (!value.is_object()) return false;
  const auto found = value.find("type");
  return found != value.end() && found->is_string() && found->get_ref<const std::string&>() == type;
}

geo::Result<void> TakePosition(const json& position, const std::string& field, DraftShape& shape) {
  // Heights are let go: nothing is counted by them.
  const bool numbers = position.is_array() && position.size() >= 2 && position.size() <= 4 && position[0].is_number() && position[1].is_number();
  if (!numbers) return Refuse(field, "BAD_COORDINATE", "is no position; send [x, y] as numbers");
  const double x = position[0].get<double>(), y = position[1].get<double>();
  if (!std::isfinite(x) || !std::isfinite(y)) return Refuse(field, "BAD_COORDINATE", "is not finite");
  shape.x.push_back(x);
  shape.y.push_back(y);
  return {};
}

geo::Result<void> TakeRing(const json& ring, const std::string& field, DraftShape& shape) {
  if (!ring.is_array()) return Refuse(field, "BAD_COORDINATE", "is no ring; send a list of positions");
  if (ring.size() < 4) {
    return Refuse(field, "RING_TOO_SHORT", fmt::format("has {} positions; a ring has at least 4, the first repeated as the last", ring.size()));
  }
  const std::size_t first = shape.x.size();
  for (std::size_t i = 0; i < ring.size(); ++i) {
    if (auto taken = TakePosition(ring[i], fmt::format("{}[{}]", field, i), shape); !taken) return taken;
  }
  if (shape.x[first] != shape.x.back() || shape.y[first] != shape.y.back()) {
    return Refuse(field, "UNCLOSED_RING", fmt::format("has {} positions and does not end where it begins; repeat the first as the last", ring.size()));
  }
  shape.x.pop_back();
  shape.y.pop_back();
  shape.ring_sizes.back().push_back(ring.size() - 1);
  return {};
}

geo::Result<void> TakePart(const json& part, const std::string& field, DraftShape& shape) {
  if (!part.is_array() || part.empty()) return Refuse(field, "EMPTY_GEOMETRY", "has no ring; send the outline, then its holes");
  shape.ring_sizes.emplace_back();
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (auto taken = TakeRing(part[i], fmt::format("{}[{}]", field, i), shape); !taken) return taken;
  }
  return {};
}

geo::Result<DraftShape> TakeShape(const json& feature, const std::string& field) {
  const auto geometry = feature.find("geometry");
  if (geometry == feature.end() || geometry->is_null()) return Refuse(field, "EMPTY_GEOMETRY", "is missing; every area needs a Polygon or MultiPolygon");
  const bool many = IsOfType(*geometry, "MultiPolygon");
  if (!many && !IsOfType(*geometry, "Polygon")) {
    return Refuse(field, "WRONG_GEOMETRY_TYPE", fmt::format("{}; send a Polygon or a MultiPolygon", KindOf(*geometry)));
  }
  const std::string inner = field + ".coordinates";
  const auto coordinates = geometry->find("coordinates");
  if (coordinates == geometry->end() || !coordinates->is_array() || coordinates->empty()) return Refuse(inner, "EMPTY_GEOMETRY", "has nothing in it");
  DraftShape shape;
  if (!many) {
    if (auto taken = TakePart(*coordinates, inner, shape); !taken) return geo::Fail(taken.error());
    return shape;
  }
  for (std::size_t i = 0; i < coordinates->size(); ++i) {
    if (auto taken = TakePart((*coordinates)[i], fmt::format("{}[{}]", inner, i), shape); !taken) return geo::Fail(taken.error());
  }
  return shape;
}

bool HasControls(const std::string& text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return true;
  }
  return false;
}

// The text of a property that may be a string or an integer. Its name is the caller's own text, so it stands in messages and in no field path.
geo::Result<std::string> TakeText(const json& feature, const std::string& property, const std::string& field, int most_bytes, const char* reason) {
  const auto properties = feature.find("properties");
  const bool has = properties != feature.end() && properties->is_object() && properties->contains(property);
  if (!has) {
    std::vector<std::string> names;
    if (properties != feature.end() && properties->is_object()) {
      for (const auto& [name, value] : properties->items()) names.push_back(Quoted(name));
    }
    return Refuse(field, "MISSING", fmt::format("has no {}; there is: {}", Quoted(property), Listed(names)));
  }
  const json& value = (*properties)[property];
  std::string text;
  if (value.is_string()) {
    text = value.get<std::string>();
  } else if (value.is_number_integer()) {
    text = value.dump();
  } else {
    return Refuse(field, reason, fmt::format("has {} as {}; send a string or an integer", Quoted(property), value.type_name()));
  }
  if (text.empty() || text.size() > static_cast<std::size_t>(most_bytes) || text.front() == ' ' || text.back() == ' ' || HasControls(text)) {
    return Refuse(field, reason,
                  fmt::format("has {} as {}; send 1 to {} bytes without control characters or spaces around", Quoted(property), Quoted(text), most_bytes));
  }
  return text;
}

geo::Result<DraftFeature> TakeFeature(const json& value, std::size_t number, const std::string& code_property, const std::string& title_property) {
  const std::string field = fmt::format("draft.features[{}]", number);
  if (!IsOfType(value, "Feature")) return Refuse(field, "NOT_GEOJSON", fmt::format("{}; send a Feature", KindOf(value)));
  DraftFeature feature;
  auto code = code_property.empty() ? geo::Result<std::string>(fmt::format("{}", number + 1))
                                    : TakeText(value, code_property, field + ".properties", limits::kDraftCodeBytes, "BAD_CODE");
  if (!code) return geo::Fail(code.error());
  feature.code = feature.title = std::move(*code);
  if (!title_property.empty()) {
    auto title = TakeText(value, title_property, field + ".properties", limits::kDraftTitleBytes, "BAD_NAME");
    if (!title) return geo::Fail(title.error());
    feature.title = std::move(*title);
  }
  auto shape = TakeShape(value, field + ".geometry");
  if (!shape) {
    geo::Error error = shape.error();
    error.message += fmt::format(" (area {})", Quoted(feature.code));
    return geo::Fail(std::move(error));
  }
  feature.shape = std::move(*shape);
  return feature;
}

geo::Result<std::vector<DraftFeature>> TakeFeatures(const json& document, const std::string& code_property, const std::string& title_property) {
  if (!IsOfType(document, "FeatureCollection")) return Refuse(kDocument, "NOT_GEOJSON", fmt::format("{}; send a FeatureCollection", KindOf(document)));
  const auto list = document.find("features");
  if (list == document.end() || !list->is_array()) return Refuse(kDocument, "NOT_GEOJSON", "has no list of features");
  if (list->empty()) return Refuse(kDocument, "NO_AREAS", "has no feature; send at least one area");
  if (list->size() > static_cast<std::size_t>(limits::kDraftAreas)) {
    return Refuse(kDocument, "TOO_MANY", fmt::format("has {} features; at most {}: load larger ones as a vintage", list->size(), limits::kDraftAreas));
  }
  std::vector<DraftFeature> features;
  std::unordered_set<std::string> codes;
  for (std::size_t i = 0; i < list->size(); ++i) {
    auto feature = TakeFeature((*list)[i], i, code_property, title_property);
    if (!feature) return geo::Fail(feature.error());
    if (!codes.insert(feature->code).second) return geo::Fail(Repeated(fmt::format("draft.features[{}].properties", i), feature->code));
    features.push_back(std::move(*feature));
  }
  return features;
}

}  // namespace

geo::Result<std::vector<DraftFeature>> ReadDraftDocument(std::string_view geojson, const std::string& code_property, const std::string& title_property) {
  try {
    const auto document = ReadSoundJson(geojson, kDocument);
    if (!document) return geo::Fail(document.error());
    return TakeFeatures(*document, code_property, title_property);
  } catch (const std::exception&) {
    // What the library throws would quote the document; memory is all that is left to fail.
    return geo::Fail({geo::ErrorCode::kResourceExhausted, kDocument, "OUT_OF_MEMORY", "cannot be held in memory; send fewer areas"});
  }
}

}  // namespace server
