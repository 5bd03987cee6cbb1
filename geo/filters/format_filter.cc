#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "geo/filters/filter.h"
#include "geo/filters/filter_lexer.h"
#include "geo/types/check.h"

namespace geo {
namespace {

using Json = nlohmann::json;

struct OpNames {
  const char* text;
  const char* json;
};
OpNames NamesOf(FilterOp op) {
  switch (op) {
    case FilterOp::kAnd:
      return {"AND", "and"};
    case FilterOp::kOr:
      return {"OR", "or"};
    case FilterOp::kNot:
      return {"NOT", "not"};
    case FilterOp::kLiteral:
      return {"", ""};
    case FilterOp::kEqual:
      return {"=", "="};
    case FilterOp::kNotEqual:
      return {"<>", "<>"};
    case FilterOp::kLess:
      return {"<", "<"};
    case FilterOp::kLessOrEqual:
      return {"<=", "<="};
    case FilterOp::kGreater:
      return {">", ">"};
    case FilterOp::kGreaterOrEqual:
      return {">=", ">="};
    case FilterOp::kBetween:
      return {"BETWEEN", "between"};
    case FilterOp::kIn:
      return {"IN", "in"};
    case FilterOp::kLike:
      return {"LIKE", "like"};
    case FilterOp::kIsNull:
      return {"IS NULL", "isNull"};
    case FilterOp::kSpaceIntersects:
      return {"S_INTERSECTS", "s_intersects"};
    case FilterOp::kTimeAfter:
      return {"T_AFTER", "t_after"};
    case FilterOp::kTimeBefore:
      return {"T_BEFORE", "t_before"};
    case FilterOp::kTimeDuring:
      return {"T_DURING", "t_during"};
    case FilterOp::kTimeIntersects:
      break;
  }
  return {"T_INTERSECTS", "t_intersects"};
}

std::string Quoted(const std::string& text, char quote) {
  std::string quoted(1, quote);
  for (const char c : text) {
    quoted += c;
    if (c == quote) quoted += c;
  }
  return quoted + quote;
}

// The shortest decimal that reads back as the same double.
std::string NumberText(double value) { return fmt::format("{}", value == 0 ? 0.0 : value); }

std::string PositionText(const std::pair<double, double>& position) { return NumberText(position.first) + " " + NumberText(position.second); }

std::string PolygonText(const FilterOperand& operand) {
  std::string text;
  for (const auto& ring : operand.rings) {
    std::string positions;
    for (const auto& position : ring) positions += (positions.empty() ? "" : ", ") + PositionText(position);
    text += (text.empty() ? "(" : ", (") + positions + ")";
  }
  return "POLYGON(" + text + ")";
}

std::string PlainText(const FilterOperand& operand) {
  switch (operand.kind) {
    case OperandKind::kProperty:
      return IsPlainName(operand.text) ? operand.text : Quoted(operand.text, '"');
    case OperandKind::kText:
      return Quoted(operand.text, '\'');
    case OperandKind::kNumber:
      return NumberText(operand.number);
    case OperandKind::kBoolean:
      return operand.boolean ? "TRUE" : "FALSE";
    case OperandKind::kDate:
      return "DATE(" + Quoted(operand.text, '\'') + ")";
    case OperandKind::kTimestamp:
      return "TIMESTAMP(" + Quoted(operand.text, '\'') + ")";
    case OperandKind::kInterval:
      return "INTERVAL(" + Quoted(operand.text, '\'') + ", " + Quoted(operand.text_to, '\'') + ")";
    case OperandKind::kPoint:
      return "POINT(" + PositionText(operand.rings[0][0]) + ")";
    case OperandKind::kBox:
      return fmt::format("BBOX({}, {}, {}, {})", NumberText(operand.rings[0][0].first), NumberText(operand.rings[0][0].second),
                         NumberText(operand.rings[0][1].first), NumberText(operand.rings[0][1].second));
    case OperandKind::kPolygon:
      break;
  }
  return PolygonText(operand);
}

std::string TextOf(const FilterOperand& operand) { return operand.any_case ? "CASEI(" + PlainText(operand) + ")" : PlainText(operand); }

bool IsChain(const FilterNode& node) { return node.op == FilterOp::kAnd || node.op == FilterOp::kOr; }

std::string TextOf(const FilterNode& node) {
  const auto& operands = node.operands;
  const std::string name = NamesOf(node.op).text;
  const auto term = [](const FilterNode& t) { return IsChain(t) ? "(" + TextOf(t) + ")" : TextOf(t); };
  std::string text;
  switch (node.op) {
    case FilterOp::kAnd:
    case FilterOp::kOr:
      for (const FilterNode& t : node.terms) text += (text.empty() ? "" : " " + name + " ") + term(t);
      return text;
    case FilterOp::kNot:
      return "NOT " + term(node.terms[0]);
    case FilterOp::kLiteral:
      return TextOf(operands[0]);
    case FilterOp::kBetween:
      return TextOf(operands[0]) + " BETWEEN " + TextOf(operands[1]) + " AND " + TextOf(operands[2]);
    case FilterOp::kIn:
      for (std::size_t i = 1; i < operands.size(); ++i) text += (i == 1 ? "" : ", ") + TextOf(operands[i]);
      return TextOf(operands[0]) + " IN (" + text + ")";
    case FilterOp::kIsNull:
      return TextOf(operands[0]) + " IS NULL";
    case FilterOp::kSpaceIntersects:
    case FilterOp::kTimeAfter:
    case FilterOp::kTimeBefore:
    case FilterOp::kTimeDuring:
    case FilterOp::kTimeIntersects:
      return name + "(" + TextOf(operands[0]) + ", " + TextOf(operands[1]) + ")";
    default:
      return TextOf(operands[0]) + " " + name + " " + TextOf(operands[1]);
  }
}

Json PlainJson(const FilterOperand& operand) {
  switch (operand.kind) {
    case OperandKind::kProperty:
      return {{"property", operand.text}};
    case OperandKind::kText:
      return operand.text;
    case OperandKind::kNumber:
      return operand.number;
    case OperandKind::kBoolean:
      return operand.boolean;
    case OperandKind::kDate:
      return {{"date", operand.text}};
    case OperandKind::kTimestamp:
      return {{"timestamp", operand.text}};
    case OperandKind::kInterval:
      return {{"interval", Json::array({operand.text, operand.text_to})}};
    case OperandKind::kPoint:
      return {{"type", "Point"}, {"coordinates", Json::array({operand.rings[0][0].first, operand.rings[0][0].second})}};
    case OperandKind::kBox:
      return {{"bbox", Json::array({operand.rings[0][0].first, operand.rings[0][0].second, operand.rings[0][1].first, operand.rings[0][1].second})}};
    case OperandKind::kPolygon:
      break;
  }
  Json rings = Json::array();
  for (const auto& ring : operand.rings) {
    Json positions = Json::array();
    for (const auto& [x, y] : ring) positions.push_back(Json::array({x, y}));
    rings.push_back(std::move(positions));
  }
  return {{"type", "Polygon"}, {"coordinates", std::move(rings)}};
}

Json JsonOf(const FilterOperand& operand) {
  if (!operand.any_case) return PlainJson(operand);
  return {{"op", "casei"}, {"args", Json::array({PlainJson(operand)})}};
}

Json JsonOf(const FilterNode& node) {
  if (node.op == FilterOp::kLiteral) return node.operands[0].boolean;
  Json args = Json::array();
  for (const FilterNode& term : node.terms) args.push_back(JsonOf(term));
  for (std::size_t i = 0; i < node.operands.size(); ++i) {
    if (node.op != FilterOp::kIn || i == 0) {
      args.push_back(JsonOf(node.operands[i]));
      continue;
    }
    if (i == 1) args.push_back(Json::array());
    args[1].push_back(JsonOf(node.operands[i]));
  }
  return {{"op", NamesOf(node.op).json}, {"args", std::move(args)}};
}

}  // namespace

std::string FormatFilterText(const Filter& filter) { return TextOf(filter.root); }

std::string FormatFilterJson(const Filter& filter) { return JsonOf(filter.root).dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace geo
