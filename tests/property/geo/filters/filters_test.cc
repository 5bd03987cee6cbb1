// Laws of filters: the two forms say the same and come back as they went, and a slow reading of the JSON form gives the same truth of any row.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "geo/filters/filter.h"
#include "tests/support/filter_case.h"
#include "tests/support/fixed_seed.h"

namespace geo {
namespace {

using Json = nlohmann::json;
using support::TownRow;

int Pick(int below) { return *rc::gen::noShrink(rc::gen::resize(100, rc::gen::inRange(0, below))); }

const std::vector<std::string> kTexts{"theft", "Theft", "", "a'b", "back\\", "50%", "caf\xC3\xA9", "CAF\xC3\x89", "th", "\xE2\x82\xAC\"", "x_y"};
const std::vector<std::string> kPatterns{"%", "", "th%", "%eft", "_heft", "T%T", "%a%b%", "50\\%", "caf_", "back\\", "%\xC3\xA9", "____", "x\\_y", "%_%"};
const std::vector<double> kNumbers{0, 1, -1, 2.5, 1e20, -3e-7, 3};
const std::vector<std::string> kDays{"2024-01-01", "2024-01-02", "2024-02-29", "2023-12-31"};

Json Property(const char* name) { return {{"property", name}}; }
Json MaybeFolded(Json value) { return Pick(3) == 0 ? Json{{"op", "casei"}, {"args", Json::array({std::move(value)})}} : value; }
Json TextValue() {
  return MaybeFolded(Pick(2) == 0 ? Json(kTexts[static_cast<std::size_t>(Pick(static_cast<int>(kTexts.size())))]) : Property(Pick(2) == 0 ? "category" : "in"));
}
Json NumberValue() {
  return Pick(2) == 0 ? Json(kNumbers[static_cast<std::size_t>(Pick(static_cast<int>(kNumbers.size())))]) : Property(Pick(2) == 0 ? "count" : "odd \"name");
}
std::string AnyDay() { return kDays[static_cast<std::size_t>(Pick(static_cast<int>(kDays.size())))]; }
std::string AnyInstant() { return AnyDay() + "T" + (Pick(2) == 0 ? "00:00:00" : "23:59:59") + (Pick(4) == 0 ? ".5Z" : "Z"); }
Json TimeValue(bool interval) {
  switch (Pick(interval ? 4 : 3)) {
    case 0:
      return Property(Pick(2) == 0 ? "datetime" : "upto");
    case 1:
      return {{"date", AnyDay()}};
    case 2:
      return {{"timestamp", AnyInstant()}};
    default:
      return {{"interval", Json::array({Pick(3) == 0 ? ".." : "2024-01-01", Pick(3) == 0 ? ".." : "2024-01-02"})}};
  }
}
Json ShapeValue() {
  const double x = Pick(5), y = Pick(5), side = 1 + Pick(3);
  switch (Pick(3)) {
    case 0:
      return {{"type", "Point"}, {"coordinates", Json::array({x, y})}};
    case 1:
      return {{"bbox", Json::array({x, y, x + side, y + side})}};
    default:
      return {
          {"type", "Polygon"},
          {"coordinates", Json::array({Json::array({Json::array({x, y}), Json::array({x + 2 * side, y}), Json::array({x, y + side}), Json::array({x, y})})})}};
  }
}

Json Call(const char* op, Json args) { return {{"op", op}, {"args", std::move(args)}}; }

Json AnyPredicate() {
  const char* kComparisons[] = {"=", "<>", "<", "<=", ">", ">="};
  const char* kTimes[] = {"t_after", "t_before", "t_during", "t_intersects"};
  switch (Pick(10)) {
    case 0:
      return Call(kComparisons[Pick(6)], Json::array({TextValue(), TextValue()}));
    case 1:
      return Call(kComparisons[Pick(6)], Json::array({NumberValue(), NumberValue()}));
    case 2:
      return Call(kComparisons[Pick(2)], Json::array({Property("night"), Pick(2) == 0}));
    case 3:
      return Call(kComparisons[Pick(6)], Json::array({TimeValue(false), TimeValue(false)}));
    case 4:
      return Call("between", Json::array({NumberValue(), NumberValue(), NumberValue()}));
    case 5: {
      Json list = Json::array();
      for (int i = 0; i <= Pick(4); ++i)
        list.push_back(Pick(5) == 0 ? Json{{"op", "casei"}, {"args", Json::array({"THEFT"})}} : Json(kTexts[static_cast<std::size_t>(Pick(11))]));
      return Call("in", Json::array({TextValue(), std::move(list)}));
    }
    case 6:
      return Call("like", Json::array({TextValue(), MaybeFolded(kPatterns[static_cast<std::size_t>(Pick(static_cast<int>(kPatterns.size())))])}));
    case 7: {
      const char* kNames[] = {"category", "count", "night", "datetime", "geometry", "in"};
      return Call("isNull", Json::array({Property(kNames[Pick(6)])}));
    }
    case 8:
      return Call(kTimes[Pick(4)], Json::array({TimeValue(true), TimeValue(true)}));
    default:
      return Call("s_intersects", Json::array({Pick(3) == 0 ? ShapeValue() : Property("geometry"), ShapeValue()}));
  }
}

Json AnyFilter(int depth) {
  if (depth == 0 || Pick(3) == 0) return Pick(12) == 0 ? Json(Pick(2) == 0) : AnyPredicate();
  if (Pick(4) == 0) return Call("not", Json::array({AnyFilter(depth - 1)}));
  Json terms = Json::array();
  for (int i = 0; i < 2 + Pick(2); ++i) terms.push_back(AnyFilter(depth - 1));
  return Call(Pick(2) == 0 ? "and" : "or", std::move(terms));
}

TownRow AnyRow() {
  TownRow row;
  if (Pick(4) != 0) row.text(0, kTexts[static_cast<std::size_t>(Pick(static_cast<int>(kTexts.size())))]);
  if (Pick(4) != 0) row.text(5, kTexts[static_cast<std::size_t>(Pick(static_cast<int>(kTexts.size())))]);
  if (Pick(4) != 0) row.number(1, kNumbers[static_cast<std::size_t>(Pick(static_cast<int>(kNumbers.size())))]);
  if (Pick(4) != 0) row.number(6, Pick(5) == 0 ? NAN : kNumbers[static_cast<std::size_t>(Pick(static_cast<int>(kNumbers.size())))]);
  if (Pick(4) != 0) row.flag(2, Pick(2) == 0);
  for (const std::size_t i : {3, 7}) {
    const std::int64_t begin = 19'722 * 86'400LL + Pick(3) * 86'400LL + (Pick(2) == 0 ? 0 : Pick(86'400));
    if (Pick(4) != 0) row.time(i, begin, begin + (Pick(2) == 0 ? 0 : Pick(100'000)));
  }
  if (Pick(4) != 0) row.at({{PlaneOfDegrees(Pick(12) / 2.0, Pick(12) / 2.0)}, {}});
  return row;
}

// The second reading: of JSON, by recursion, without any of the first's parts.
class SlowReading {
 public:
  explicit SlowReading(const TownRow& row) : row_(row) {}

  std::optional<bool> truth(const Json& json) const {
    if (json.is_boolean()) return json.get<bool>();
    const std::string op = json["op"];
    const Json& args = json["args"];
    if (op == "not") {
      const auto inner = truth(args[0]);
      return inner ? std::optional(!*inner) : std::nullopt;
    }
    if (op == "and" || op == "or") {
      bool unknown = false;
      for (const Json& term : args) {
        const auto one = truth(term);
        if (!one) unknown = true;
        if (one && *one == (op == "or")) return *one;
      }
      return unknown ? std::nullopt : std::optional(op == "and");
    }
    if (op == "isNull") return Null(args[0]);
    if (op == "s_intersects") return Places(args);
    if (op == "like") return Like(args);
    if (op == "in") {
      bool unknown = false;
      for (const Json& item : args[1]) {
        const auto one = Compare("=", args[0], item);
        if (!one) unknown = true;
        if (one && *one) return true;
      }
      return unknown ? std::nullopt : std::optional(false);
    }
    if (op == "between") {
      const auto low = Compare("<=", args[1], args[0]), high = Compare("<=", args[0], args[2]);
      if ((low && !*low) || (high && !*high)) return false;
      return low && high ? std::optional(true) : std::nullopt;
    }
    if (op[0] == 't') return Times(op, args);
    return Compare(op, args[0], args[1]);
  }

 private:
  static std::size_t Index(const Json& property) { return support::TownSchema().find(property["property"].get<std::string>()); }

  bool Null(const Json& property) const {
    const FilterValue value = row_.value(Index(property));
    if (property["property"] == "geometry") return row_.shape(4, FilterSpace::kDegrees) == nullptr;
    const double* number = std::get_if<double>(&value);
    return std::holds_alternative<std::monostate>(value) || (number != nullptr && std::isnan(*number));
  }

  static bool IsFolded(const Json& json) { return json.is_object() && json.contains("op"); }
  static const Json& Inner(const Json& json) { return IsFolded(json) ? json["args"][0] : json; }
  // Enough for the letters of kTexts.
  static std::string Small(std::string text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] >= 'A' && text[i] <= 'Z') text[i] = static_cast<char>(text[i] + 32);
      if (text.compare(i, 2, "\xC3\x89") == 0) text[i + 1] = '\xA9';
    }
    return text;
  }

  std::optional<std::string> Text(const Json& json) const {
    const Json& inner = Inner(json);
    if (inner.is_string()) return inner.get<std::string>();
    const FilterValue value = row_.value(Index(inner));
    const auto* text = std::get_if<std::string_view>(&value);
    return text == nullptr ? std::nullopt : std::optional(std::string(*text));
  }

  bool IsText(const Json& json) const {
    const Json& inner = Inner(json);
    return inner.is_string() || (inner.is_object() && inner.contains("property") && (inner["property"] == "category" || inner["property"] == "in"));
  }

  std::optional<std::array<double, 2>> Span(const Json& json) const {
    const auto seconds = [](const std::string& text, bool end) {
      if (text == "..") return end ? 1e300 : -1e300;
      const double day = text.starts_with("2024-01-01") ? 19'723 : text.starts_with("2024-01-02") ? 19'724 : text.starts_with("2024-02-29") ? 19'782 : 19'722;
      if (text.size() == 10) return day * 86'400 + (end ? 86'399 : 0);
      return day * 86'400 + (text[11] == '2' ? 86'399 : 0);
    };
    for (const char* one : {"date", "timestamp"}) {
      if (json.contains(one)) return {{seconds(json[one], false), seconds(json[one], true)}};
    }
    if (json.contains("interval")) return {{seconds(json["interval"][0], false), seconds(json["interval"][1], true)}};
    const FilterValue value = row_.value(Index(json));
    const auto* span = std::get_if<TimeSpan>(&value);
    if (span == nullptr) return std::nullopt;
    return {{double(span->begin_s), double(span->end_s)}};
  }

  static bool Holds(const std::string& op, bool less, bool equal) {
    if (op == "=") return equal;
    if (op == "<>") return !equal;
    if (op == "<") return less;
    if (op == "<=") return less || equal;
    if (op == ">") return !less && !equal;
    return !less;
  }

  std::optional<bool> Compare(const std::string& op, const Json& left, const Json& right) const {
    if (IsText(left)) {
      auto a = Text(left), b = Text(right);
      if (!a || !b) return std::nullopt;
      if (IsFolded(left) || IsFolded(right)) {
        a = Small(*a);
        b = Small(*b);
      }
      return Holds(op, *a < *b, *a == *b);
    }
    const auto is_time = [](const Json& json) {
      return json.is_object() &&
             (json.contains("date") || json.contains("timestamp") || json.value("property", "") == "datetime" || json.value("property", "") == "upto");
    };
    if (is_time(left)) {
      auto a = Span(left), b = Span(right);
      if (!a || !b) return std::nullopt;
      // Of whatever is a property, when it begins.
      if (left.contains("property")) (*a)[1] = (*a)[0];
      if (right.contains("property")) (*b)[1] = (*b)[0];
      if (!left.contains("property") && !right.contains("property")) (*a)[1] = (*a)[0];
      const bool less = (*a)[1]<(*b)[0], more = (*a)[0]>(*b)[1];
      return Holds(op, less, !less && !more);
    }
    const auto number = [&](const Json& json) -> std::optional<double> {
      if (json.is_number()) return json.get<double>();
      if (json.is_boolean()) return json.get<bool>() ? 1 : 0;
      const FilterValue value = row_.value(Index(json));
      if (const auto* flag = std::get_if<bool>(&value)) return *flag ? 1 : 0;
      const auto* real = std::get_if<double>(&value);
      return real == nullptr || std::isnan(*real) ? std::nullopt : std::optional(*real);
    };
    const auto a = number(left), b = number(right);
    return a && b ? std::optional(Holds(op, *a < *b, *a == *b)) : std::nullopt;
  }

  static std::string TakeCharacter(std::string& text) {
    std::size_t length = 1;
    while (length < text.size() && (text[length] & 0xC0) == 0x80) ++length;
    const std::string taken = text.substr(0, length);
    text.erase(0, length);
    return taken;
  }
  static bool LikeText(std::string pattern, std::string text) {
    if (pattern.empty()) return text.empty();
    if (pattern[0] == '%') return LikeText(pattern.substr(1), text) || (!text.empty() && LikeText(pattern, text.substr(1)));
    if (text.empty()) return false;
    std::string wanted = TakeCharacter(pattern);
    const bool any = wanted == "_";
    if (wanted == "\\" && !pattern.empty()) wanted = TakeCharacter(pattern);
    const std::string found = TakeCharacter(text);
    return (any || wanted == found) && LikeText(pattern, text);
  }
  std::optional<bool> Like(const Json& args) const {
    auto text = Text(args[0]), pattern = Text(args[1]);
    if (!text) return std::nullopt;
    if (IsFolded(args[0]) || IsFolded(args[1])) {
      text = Small(*text);
      pattern = Small(*pattern);
    }
    return LikeText(*pattern, *text);
  }

  std::optional<bool> Times(const std::string& op, const Json& args) const {
    const auto a = Span(args[0]), b = Span(args[1]);
    if (!a || !b) return std::nullopt;
    if (op == "t_after") return (*a)[0] > (*b)[1];
    if (op == "t_before") return (*a)[1] < (*b)[0];
    if (op == "t_during") return (*a)[0] > (*b)[0] && (*a)[1] < (*b)[1];
    return (*a)[0] <= (*b)[1] && (*a)[1] >= (*b)[0];
  }

  // Rows and points are on halves; all shapes are convex: a point in a triangle or box by signs; two shapes by trying all places on quarters of their box.
  static bool In(const Json& shape, double x, double y) {
    if (shape.contains("bbox"))
      return x >= shape["bbox"][0].get<double>() && x <= shape["bbox"][2].get<double>() && y >= shape["bbox"][1].get<double>() &&
             y <= shape["bbox"][3].get<double>();
    if (shape["type"] == "Point") return x == shape["coordinates"][0].get<double>() && y == shape["coordinates"][1].get<double>();
    const Json& ring = shape["coordinates"][0];
    for (std::size_t i = 0; i < 3; ++i) {
      const double ax = ring[i][0], ay = ring[i][1], bx = ring[i + 1][0], by = ring[i + 1][1];
      if ((bx - ax) * (y - ay) - (by - ay) * (x - ax) < 0) return false;
    }
    return true;
  }
  std::optional<bool> Places(const Json& args) const {
    if (args[0].contains("property")) {
      const PlaneShape* shape = row_.shape(4, FilterSpace::kDegrees);
      if (shape == nullptr) return std::nullopt;
      return In(args[1], static_cast<double>(shape->points[0].x) * 1e-9, static_cast<double>(shape->points[0].y) * 1e-9);
    }
    // Corners on whole numbers, slopes of a half: where they meet at all, they do on a quarter.
    for (double x = 0; x <= 12; x += 0.25) {
      for (double y = 0; y <= 12; y += 0.25) {
        if (In(args[0], x, y) && In(args[1], x, y)) return true;
      }
    }
    return false;
  }

  const TownRow& row_;
};

RC_GTEST_PROP(FiltersProperty, BothFormsComeBackAsTheyWent, ()) {
  const Json json = AnyFilter(4);
  const FilterSchema schema = support::TownSchema();
  if (json.dump().size() > kMostFilterBytes) return;
  const auto filter = ParseFilterJson(json.dump(), schema);
  if (!filter) {
    // Too many nodes is all that can be wrong with it.
    RC_ASSERT(filter.error().reason == "FILTER_TOO_LARGE");
    return;
  }
  const auto again = ParseFilterJson(FormatFilterJson(*filter), schema);
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == *filter);
  const std::string text = FormatFilterText(*filter);
  const auto from_text = ParseFilterText(text, schema);
  RC_ASSERT(from_text.has_value());
  RC_ASSERT(*from_text == *filter);
  RC_ASSERT(FormatFilterText(*from_text) == text);
}

RC_GTEST_PROP(FiltersProperty, ASlowReadingFindsTheSameTruth, ()) {
  const Json json = AnyFilter(3);
  const auto filter = ParseFilterJson(json.dump(), support::TownSchema());
  if (!filter) return;
  for (int i = 0; i < 5; ++i) {
    const TownRow row = AnyRow();
    const auto slow = SlowReading(row).truth(json);
    RC_ASSERT(Matches(*filter, row) == (!slow ? Truth::kUnknown : *slow ? Truth::kTrue : Truth::kFalse));
  }
}

RC_GTEST_PROP(FiltersProperty, PredicatesAloneToo, ()) {
  for (int k = 0; k < 60; ++k) {
    const Json json = AnyPredicate();
    const auto filter = ParseFilterJson(json.dump(), support::TownSchema());
    RC_ASSERT(filter.has_value());
    for (int i = 0; i < 10; ++i) {
      const TownRow row = AnyRow();
      const auto slow = SlowReading(row).truth(json);
      if (Matches(*filter, row) == (!slow ? Truth::kUnknown : *slow ? Truth::kTrue : Truth::kFalse)) continue;
      RC_FAIL(json.dump());
    }
  }
}

}  // namespace
}  // namespace geo
