#include "geo/filters/check_filter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "geo/filters/filter_fault.h"
#include "geo/filters/letter_case.h"
#include "geo/filters/time_literal.h"

namespace geo {
namespace {

constexpr const char* NameOf(QueryableType type) {
  switch (type) {
    case QueryableType::kText:
      return "text";
    case QueryableType::kNumber:
      return "a number";
    case QueryableType::kBoolean:
      return "true or false";
    case QueryableType::kTime:
      return "a time";
    case QueryableType::kGeometry:
      break;
  }
  return "a shape";
}

bool IsTimeRelation(FilterOp op) {
  return op == FilterOp::kTimeAfter || op == FilterOp::kTimeBefore || op == FilterOp::kTimeDuring || op == FilterOp::kTimeIntersects;
}

class Checker {
 public:
  explicit Checker(const FilterSchema& schema) : schema_(schema) {}

  Result<void> node(FilterNode& node, int depth) {
    const bool logical = node.op == FilterOp::kAnd || node.op == FilterOp::kOr || node.op == FilterOp::kNot;
    if (logical && depth > kMostFilterDepth) {
      return FilterFault("FILTER_TOO_DEEP", node.where,
                         fmt::format("and, or and not within each other over {} deep; ask a flatter question", kMostFilterDepth));
    }
    nodes_ += 1 + static_cast<int>(node.operands.size());
    if (nodes_ > kMostFilterNodes) {
      return FilterFault("FILTER_TOO_LARGE", node.where, fmt::format("over {} operators and values; ask a shorter question", kMostFilterNodes));
    }
    for (FilterNode& term : node.terms) {
      if (auto fine = this->node(term, depth + 1); !fine) return fine;
    }
    for (FilterOperand& operand : node.operands) {
      if (auto fine = resolve(operand); !fine) return fine;
    }
    return logical || node.op == FilterOp::kLiteral ? Result<void>{} : types(node);
  }

 private:
  Result<void> resolve(FilterOperand& operand) {
    switch (operand.kind) {
      case OperandKind::kProperty:
        return property(operand);
      case OperandKind::kNumber:
        if (!std::isfinite(operand.number)) return FilterFault("BAD_LITERAL", operand.where, "a number beyond what doubles hold");
        return {};
      case OperandKind::kDate:
        return keep(SpanOfDate(operand.text, operand.where), operand);
      case OperandKind::kTimestamp:
        return keep(SpanOfTimestamp(operand.text, schema_, operand.where), operand);
      case OperandKind::kInterval:
        return keep(SpanOfInterval(operand.text, operand.text_to, schema_, operand.where), operand);
      case OperandKind::kPoint:
      case OperandKind::kPolygon:
      case OperandKind::kBox:
        return shape(operand);
      case OperandKind::kText:
      case OperandKind::kBoolean:
        break;
    }
    return {};
  }

  static Result<void> keep(const Result<TimeSpan>& span, FilterOperand& operand) {
    if (!span) return Fail(span.error());
    operand.time = *span;
    return {};
  }

  Result<void> property(FilterOperand& operand) {
    operand.queryable = schema_.find(operand.text);
    if (operand.queryable != FilterSchema::kNone) return {};
    std::string names;
    for (const Queryable& queryable : schema_.queryables) {
      if (names.size() < 200) names += (names.empty() ? "" : ", ") + queryable.name;
    }
    return FilterFault("UNKNOWN_PROPERTY", operand.where, fmt::format("{} is no property of this layer; it can be filtered by {}", Shown(operand.text), names));
  }

  Result<void> shape(FilterOperand& operand) {
    std::size_t vertices = 0;
    for (const auto& ring : operand.rings) vertices += ring.size();
    if (vertices > kMostListItems) {
      return FilterFault("FILTER_TOO_LARGE", operand.where, fmt::format("a shape of {} positions; at most {} are taken", vertices, kMostListItems));
    }
    std::vector<PlaneRing> rings;
    for (const auto& ring : operand.rings) {
      rings.emplace_back();
      for (const auto& [first, second] : ring) {
        const auto point = place(first, second);
        if (!point) {
          return FilterFault("BAD_LITERAL", operand.where,
                             fmt::format("the position {} {} is none of {}", first, second,
                                         schema_.crs == FilterCrs::kBritishGrid ? "the British National Grid in metres, easting first"
                                         : schema_.crs == FilterCrs::kEpsg4326  ? "degrees, latitude first"
                                                                                : "degrees, longitude first"));
        }
        rings.back().push_back(*point);
      }
    }
    operand.shape = {};
    if (operand.kind == OperandKind::kPoint) {
      operand.shape.points = rings[0];
      return {};
    }
    return operand.kind == OperandKind::kBox ? box(operand, rings) : polygon(operand, rings);
  }

  std::optional<PlanePoint> place(double first, double second) const {
    if (schema_.crs == FilterCrs::kBritishGrid) {
      if (!(std::abs(first) <= 2e6 && std::abs(second) <= 2e6)) return std::nullopt;
      return PlaneOfMeters(first, second);
    }
    if (schema_.crs == FilterCrs::kEpsg4326) std::swap(first, second);
    if (!(std::abs(first) <= 180 && std::abs(second) <= 90)) return std::nullopt;
    return PlaneOfDegrees(first, second);
  }

  static Result<void> box(FilterOperand& operand, const std::vector<PlaneRing>& rings) {
    const PlanePoint low = rings[0][0], high = rings[0][1];
    if (low.x > high.x || low.y > high.y) {
      return FilterFault("BAD_LITERAL", operand.where,
                         "the box ends before it begins; its lower corner comes first, and a box over the 180th meridian is two boxes");
    }
    operand.shape.rings = {{low, {high.x, low.y}, high, {low.x, high.y}}};
    return {};
  }

  static Result<void> polygon(FilterOperand& operand, std::vector<PlaneRing>& rings) {
    for (PlaneRing& ring : rings) {
      if (ring.size() < 4 || ring.front() != ring.back()) {
        return FilterFault("BAD_LITERAL", operand.where, "a ring has four positions or more, the last the same as the first");
      }
      ring.pop_back();
    }
    operand.shape.rings = std::move(rings);
    return {};
  }

  QueryableType type_of(const FilterOperand& operand) const {
    switch (operand.kind) {
      case OperandKind::kProperty:
        return schema_.queryables[operand.queryable].type;
      case OperandKind::kText:
        return QueryableType::kText;
      case OperandKind::kNumber:
        return QueryableType::kNumber;
      case OperandKind::kBoolean:
        return QueryableType::kBoolean;
      case OperandKind::kDate:
      case OperandKind::kTimestamp:
      case OperandKind::kInterval:
        return QueryableType::kTime;
      case OperandKind::kPoint:
      case OperandKind::kPolygon:
      case OperandKind::kBox:
        break;
    }
    return QueryableType::kGeometry;
  }

  Result<void> must_be(const FilterOperand& operand, QueryableType wanted) const {
    const QueryableType type = type_of(operand);
    if (operand.any_case && type != QueryableType::kText) return FilterFault("WRONG_TYPE", operand.where, "CASEI is of text alone");
    if (type == wanted) return {};
    const std::string who = operand.kind == OperandKind::kProperty ? operand.text + " is " : "this is ";
    return FilterFault("WRONG_TYPE", operand.where, fmt::format("{}{}, where {} is due", who, NameOf(type), NameOf(wanted)));
  }

  Result<void> types(FilterNode& node) {
    switch (node.op) {
      case FilterOp::kBetween:
        return all(node, QueryableType::kNumber);
      case FilterOp::kIn:
        return list(node);
      case FilterOp::kLike:
        return like(node);
      case FilterOp::kIsNull:
        if (node.operands[0].kind != OperandKind::kProperty || node.operands[0].any_case) {
          return FilterFault("WRONG_TYPE", node.operands[0].where, "IS NULL is asked of a property");
        }
        return {};
      case FilterOp::kSpaceIntersects:
        return all(node, QueryableType::kGeometry);
      default:
        break;
    }
    if (IsTimeRelation(node.op)) return all(node, QueryableType::kTime);
    return comparison(node);
  }

  Result<void> all(const FilterNode& node, QueryableType type) const {
    for (const FilterOperand& operand : node.operands) {
      if (auto fine = must_be(operand, type); !fine) return fine;
    }
    return {};
  }

  Result<void> comparison(const FilterNode& node) const {
    const QueryableType type = type_of(node.operands[0]);
    if (type == QueryableType::kGeometry) return FilterFault("WRONG_TYPE", node.where, "shapes are compared by S_INTERSECTS");
    if (type == QueryableType::kBoolean && node.op != FilterOp::kEqual && node.op != FilterOp::kNotEqual) {
      return FilterFault("WRONG_TYPE", node.where, "true and false have no order; compare them with = or <>");
    }
    for (const FilterOperand& operand : node.operands) {
      if (operand.kind == OperandKind::kInterval)
        return FilterFault("WRONG_TYPE", operand.where, "intervals are compared by T_AFTER, T_BEFORE, T_DURING and T_INTERSECTS");
    }
    return all(node, type);
  }

  Result<void> list(const FilterNode& node) const {
    const QueryableType type = type_of(node.operands[0]);
    if (type == QueryableType::kGeometry) return FilterFault("WRONG_TYPE", node.operands[0].where, "shapes are compared by S_INTERSECTS");
    if (node.operands.size() - 1 > kMostListItems) {
      return FilterFault("FILTER_TOO_LARGE", node.where, fmt::format("a list of {} items; at most {} are taken", node.operands.size() - 1, kMostListItems));
    }
    for (std::size_t i = 1; i < node.operands.size(); ++i) {
      if (node.operands[i].kind == OperandKind::kProperty)
        return FilterFault("FILTER_UNSUPPORTED", node.operands[i].where, "a list holds values, not properties");
      if (node.operands[i].kind == OperandKind::kInterval)
        return FilterFault("WRONG_TYPE", node.operands[i].where, "intervals are compared by T_AFTER, T_BEFORE, T_DURING and T_INTERSECTS");
    }
    return all(node, type);
  }

  Result<void> like(FilterNode& node) const {
    if (auto fine = all(node, QueryableType::kText); !fine) return fine;
    const FilterOperand& pattern = node.operands[1];
    if (pattern.kind != OperandKind::kText) return FilterFault("WRONG_TYPE", pattern.where, "the pattern of LIKE is a text");
    const std::size_t characters = LikePattern::Characters(pattern.text);
    if (characters > LikePattern::kMostCharacters) {
      return FilterFault("FILTER_TOO_LARGE", pattern.where,
                         fmt::format("a pattern of {} characters; at most {} are taken", characters, LikePattern::kMostCharacters));
    }
    node.like.clear();
    node.like.emplace_back(pattern.text, pattern.any_case || node.operands[0].any_case);
    return {};
  }

  const FilterSchema& schema_;
  int nodes_ = 0;
};

}  // namespace

Result<void> CheckFilter(FilterNode& root, const FilterSchema& schema) { return Checker(schema).node(root, 1); }

}  // namespace geo
