#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "geo/filters/check_filter.h"
#include "geo/filters/filter.h"
#include "geo/filters/filter_fault.h"
#include "geo/filters/letter_case.h"

namespace geo {
namespace {

using Json = nlohmann::json;

struct Operator {
  std::string_view name;
  FilterOp op;
  std::size_t least, most;  // arguments
};
constexpr std::array<Operator, 17> kOperators{{{"and", FilterOp::kAnd, 2, 256},
                                               {"or", FilterOp::kOr, 2, 256},
                                               {"not", FilterOp::kNot, 1, 1},
                                               {"=", FilterOp::kEqual, 2, 2},
                                               {"<>", FilterOp::kNotEqual, 2, 2},
                                               {"<", FilterOp::kLess, 2, 2},
                                               {"<=", FilterOp::kLessOrEqual, 2, 2},
                                               {">", FilterOp::kGreater, 2, 2},
                                               {">=", FilterOp::kGreaterOrEqual, 2, 2},
                                               {"between", FilterOp::kBetween, 3, 3},
                                               {"in", FilterOp::kIn, 2, 2},
                                               {"like", FilterOp::kLike, 2, 2},
                                               {"isNull", FilterOp::kIsNull, 1, 1},
                                               {"s_intersects", FilterOp::kSpaceIntersects, 2, 2},
                                               {"t_after", FilterOp::kTimeAfter, 2, 2},
                                               {"t_before", FilterOp::kTimeBefore, 2, 2},
                                               {"t_during", FilterOp::kTimeDuring, 2, 2}}};
constexpr Operator kTimeIntersects{"t_intersects", FilterOp::kTimeIntersects, 2, 2};

tl::unexpected<Error> Syntax(const std::string& where, const std::string& what) { return FilterFault("FILTER_SYNTAX", where.empty() ? "/" : where, what); }

std::string At(const std::string& where, std::size_t index) { return fmt::format("{}/{}", where, index); }

// {"op": ..., "args": [...]} and nothing beside.
struct Call {
  const std::string* op = nullptr;
  const Json* args = nullptr;
};
bool IsCall(const Json& json) { return json.is_object() && json.contains("op"); }

Result<Call> ReadCall(const Json& json, const std::string& where) {
  if (!IsCall(json)) return Syntax(where, "an expression is an object with \"op\" and \"args\", or true, or false");
  if (!json.at("op").is_string()) return Syntax(where + "/op", "\"op\" is a text such as \"and\" or \"=\"");
  if (json.size() != 2 || !json.contains("args") || !json.at("args").is_array())
    return Syntax(where, "an expression has \"op\", a list \"args\", and nothing else");
  return Call{&json.at("op").get_ref<const std::string&>(), &json.at("args")};
}

class JsonParser {
 public:
  Result<FilterNode> node(const Json& json, const std::string& where, int depth) {
    if (json.is_boolean()) {
      FilterNode literal{.op = FilterOp::kLiteral, .where = where};
      literal.operands.push_back({.kind = OperandKind::kBoolean, .boolean = json.get<bool>(), .where = where});
      return literal;
    }
    const auto call = ReadCall(json, where);
    if (!call) return Fail(call.error());
    const Operator* known = *call->op == kTimeIntersects.name ? &kTimeIntersects : nullptr;
    if (const auto found = std::find_if(kOperators.begin(), kOperators.end(), [&](const Operator& o) { return o.name == *call->op; });
        found != kOperators.end())
      known = found;
    if (known == nullptr) {
      return FilterFault(
          "FILTER_UNSUPPORTED", where + "/op",
          Shown(*call->op) +
              " is not taken here; and, or, not, =, <>, <, <=, >, >=, between, in, like, isNull, s_intersects, t_after, t_before, t_during, t_intersects are");
    }
    const Json& args = *call->args;
    if (args.size() < known->least || args.size() > known->most) {
      return Syntax(where + "/args", fmt::format("{} arguments, where \"{}\" takes {}", args.size(), known->name,
                                                 known->least == known->most ? fmt::format("{}", known->least) : "two or more"));
    }
    if (known->op == FilterOp::kAnd || known->op == FilterOp::kOr || known->op == FilterOp::kNot) return logical(known->op, args, where, depth);
    return predicate(known->op, args, where);
  }

 private:
  Result<FilterNode> logical(FilterOp op, const Json& args, const std::string& where, int depth) {
    if (depth > kMostFilterDepth) {
      return FilterFault("FILTER_TOO_DEEP", where, fmt::format("and, or and not within each other over {} deep; ask a flatter question", kMostFilterDepth));
    }
    FilterNode made{.op = op, .where = where};
    for (std::size_t i = 0; i < args.size(); ++i) {
      auto term = node(args[i], At(where + "/args", i), depth + 1);
      if (!term) return term;
      made.terms.push_back(std::move(*term));
    }
    return made;
  }

  Result<FilterNode> predicate(FilterOp op, const Json& args, const std::string& where) {
    FilterNode made{.op = op, .where = where};
    for (std::size_t i = 0; i < args.size(); ++i) {
      const std::string place = At(where + "/args", i);
      if (op == FilterOp::kIn && i == 1) {
        if (!args[1].is_array() || args[1].empty()) return Syntax(place, "the second argument of \"in\" is a list of one or more");
        for (std::size_t k = 0; k < args[1].size(); ++k) {
          auto item = operand(args[1][k], At(place, k));
          if (!item) return Fail(item.error());
          made.operands.push_back(std::move(*item));
        }
        continue;
      }
      auto value = operand(args[i], place);
      if (!value) return Fail(value.error());
      made.operands.push_back(std::move(*value));
    }
    return made;
  }

  Result<FilterOperand> operand(const Json& json, const std::string& where) {
    FilterOperand made;
    made.where = where;
    if (json.is_string()) {
      made.kind = OperandKind::kText;
      made.text = json.get<std::string>();
      return checked(std::move(made));
    }
    if (json.is_number()) {
      made.kind = OperandKind::kNumber;
      made.number = json.get<double>();
      return made;
    }
    if (json.is_boolean()) {
      made.kind = OperandKind::kBoolean;
      made.boolean = json.get<bool>();
      return made;
    }
    if (!json.is_object() || json.empty()) return Syntax(where, "an argument is a property, a text, a number, true, false, a time or a shape");
    if (IsCall(json)) return any_case(json, where);
    if (json.contains("type")) return shape(json, std::move(made));
    return named(json, std::move(made));
  }

  // Text as the other form could carry it: a filter in one form is one in the other.
  static Result<FilterOperand> checked(FilterOperand made) {
    if (IsPlainText(made.text)) return made;
    return Syntax(made.where, "a text with control characters in it");
  }

  Result<FilterOperand> any_case(const Json& json, const std::string& where) {
    const auto call = ReadCall(json, where);
    if (!call) return Fail(call.error());
    if (*call->op != "casei") return FilterFault("FILTER_UNSUPPORTED", where + "/op", Shown(*call->op) + " is not a function that is taken here; casei is");
    const Json& args = *call->args;
    if (args.size() != 1 || IsCall(args[0])) return Syntax(where + "/args", "casei takes one argument, a property or a text");
    auto inner = operand(args[0], where + "/args/0");
    if (!inner) return inner;
    if (inner->kind != OperandKind::kProperty && inner->kind != OperandKind::kText) return Syntax(where + "/args/0", "casei takes a property or a text");
    inner->any_case = true;
    return inner;
  }

  // {"property": name}, {"date": ...}, {"timestamp": ...}, {"interval": [.., ..]}, {"bbox": [...]}.
  Result<FilterOperand> named(const Json& json, FilterOperand made) {
    const auto first = json.begin();
    const std::string& key = first.key();
    const Json& value = first.value();
    if (json.size() != 1) return Syntax(made.where, "an argument says one thing: property, date, timestamp, interval or bbox");
    if (key == "property" || key == "date" || key == "timestamp") {
      made.kind = key == "property" ? OperandKind::kProperty : key == "date" ? OperandKind::kDate : OperandKind::kTimestamp;
      if (!value.is_string() || value.get_ref<const std::string&>().empty()) return Syntax(made.where, fmt::format("\"{}\" is a text", key));
      made.text = value.get<std::string>();
      return checked(std::move(made));
    }
    if (key == "interval") {
      made.kind = OperandKind::kInterval;
      if (!value.is_array() || value.size() != 2 || !value[0].is_string() || !value[1].is_string())
        return Syntax(made.where, "\"interval\" is a list of two texts");
      made.text = value[0].get<std::string>();
      made.text_to = value[1].get<std::string>();
      return made;
    }
    if (key == "bbox") return box(value, std::move(made));
    return FilterFault("FILTER_UNSUPPORTED", made.where, Shown(key) + " is not taken here; property, date, timestamp, interval and bbox are");
  }

  static Result<FilterOperand> box(const Json& value, FilterOperand made) {
    made.kind = OperandKind::kBox;
    if (!value.is_array() || value.size() != 4 || !std::all_of(value.begin(), value.end(), [](const Json& n) { return n.is_number(); })) {
      return Syntax(made.where, "\"bbox\" is a list of four numbers");
    }
    made.rings = {{{value[0].get<double>(), value[1].get<double>()}, {value[2].get<double>(), value[3].get<double>()}}};
    return made;
  }

  static bool ReadPosition(const Json& json, std::vector<std::pair<double, double>>& ring) {
    if (!json.is_array() || json.size() != 2 || !json[0].is_number() || !json[1].is_number()) return false;
    ring.emplace_back(json[0].get<double>(), json[1].get<double>());
    return true;
  }

  // GeoJSON's Point and Polygon.
  static Result<FilterOperand> shape(const Json& json, FilterOperand made) {
    if (json.size() != 2 || !json.at("type").is_string() || !json.contains("coordinates"))
      return Syntax(made.where, "a shape has \"type\", \"coordinates\" and nothing else");
    const std::string& type = json.at("type").get_ref<const std::string&>();
    const Json& coordinates = json.at("coordinates");
    if (type == "Point") {
      made.kind = OperandKind::kPoint;
      made.rings.emplace_back();
      if (!ReadPosition(coordinates, made.rings[0])) return Syntax(made.where + "/coordinates", "a point is a list of two numbers");
      return made;
    }
    if (type != "Polygon") return FilterFault("FILTER_UNSUPPORTED", made.where + "/type", Shown(type) + " is not taken here; Point and Polygon are");
    made.kind = OperandKind::kPolygon;
    if (!coordinates.is_array() || coordinates.empty()) return Syntax(made.where + "/coordinates", "a polygon is a list of rings");
    for (const Json& ring : coordinates) {
      made.rings.emplace_back();
      bool good = ring.is_array() && !ring.empty();
      for (std::size_t i = 0; good && i < ring.size(); ++i) good = ReadPosition(ring[i], made.rings.back());
      if (!good) return Syntax(made.where + "/coordinates", "a ring is a list of positions, each a list of two numbers");
    }
    return made;
  }
};

// Of two members of one name the parser keeps the last, and another one the first: a filter would not be the same to whoever reads it on the way.
Result<Json> ParseNamesOnce(std::string_view text) {
  std::vector<std::set<std::string>> names;  // of each object that is open
  std::optional<std::string> twice;
  const auto look = [&](int, Json::parse_event_t event, Json& name) {
    if (event == Json::parse_event_t::object_start) names.emplace_back();
    if (event == Json::parse_event_t::object_end) names.pop_back();
    if (event == Json::parse_event_t::key && !names.back().insert(name.get<std::string>()).second && !twice) twice = name.get<std::string>();
    return true;
  };
  // Not recursive, and without exceptions: nesting costs a few bytes a level, and the text is short.
  Json json = Json::parse(text, look, /*allow_exceptions=*/false);
  if (twice) return FilterFault("FILTER_SYNTAX", "", fmt::format("an object has {} twice; give each name once", Shown(*twice)));
  if (json.is_discarded()) return FilterFault("FILTER_SYNTAX", "", "not JSON");
  return json;
}

}  // namespace

Result<Filter> ParseFilterJson(std::string_view text, const FilterSchema& schema) {
  if (text.size() > kMostFilterBytes) return FilterFault("FILTER_TOO_LONG", "", fmt::format("{} bytes; at most {} are taken", text.size(), kMostFilterBytes));
  const auto json = ParseNamesOnce(text);
  if (!json) return Fail(json.error());
  auto root = JsonParser().node(*json, "", 1);
  if (!root) return Fail(root.error());
  if (auto fine = CheckFilter(*root, schema); !fine) return Fail(fine.error());
  return Filter{std::move(*root), SpaceOf(schema.crs)};
}

}  // namespace geo
