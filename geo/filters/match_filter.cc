#include <algorithm>
#include <cmath>
#include <optional>

#include "geo/filters/filter.h"
#include "geo/filters/letter_case.h"
#include "geo/types/check.h"

namespace geo {
namespace {

Truth Of(bool value) { return value ? Truth::kTrue : Truth::kFalse; }
Truth Not(Truth value) { return value == Truth::kUnknown ? value : Of(value == Truth::kFalse); }

bool Compares(FilterOp op, int order) {
  switch (op) {
    case FilterOp::kEqual:
      return order == 0;
    case FilterOp::kNotEqual:
      return order != 0;
    case FilterOp::kLess:
      return order < 0;
    case FilterOp::kLessOrEqual:
      return order <= 0;
    case FilterOp::kGreater:
      return order > 0;
    default:
      return order >= 0;
  }
}

class Matcher {
 public:
  Matcher(const Filter& filter, const FilterRow& row) : filter_(filter), row_(row) {}

  Truth node(const FilterNode& node) const {
    switch (node.op) {
      case FilterOp::kAnd:
      case FilterOp::kOr:
        return chain(node);
      case FilterOp::kNot:
        return Not(this->node(node.terms[0]));
      case FilterOp::kLiteral:
        return Of(node.operands[0].boolean);
      case FilterOp::kBetween:
        return between(node);
      case FilterOp::kIn:
        return in(node);
      case FilterOp::kLike:
        return like(node);
      case FilterOp::kIsNull:
        return Of(is_null(node.operands[0]));
      case FilterOp::kSpaceIntersects:
        return share_place(node);
      case FilterOp::kTimeAfter:
      case FilterOp::kTimeBefore:
      case FilterOp::kTimeDuring:
      case FilterOp::kTimeIntersects:
        return relate(node);
      default:
        return comparison(node.op, node.operands[0], node.operands[1]);
    }
  }

 private:
  // The deciding value ends it; of the others, unknown outweighs.
  Truth chain(const FilterNode& node) const {
    const Truth deciding = node.op == FilterOp::kAnd ? Truth::kFalse : Truth::kTrue;
    Truth result = Not(deciding);
    for (const FilterNode& term : node.terms) {
      const Truth truth = this->node(term);
      if (truth == deciding) return deciding;
      if (truth == Truth::kUnknown) result = truth;
    }
    return result;
  }

  FilterValue value(const FilterOperand& operand) const {
    switch (operand.kind) {
      case OperandKind::kProperty:
        return row_.value(operand.queryable);
      case OperandKind::kText:
        return std::string_view(operand.text);
      case OperandKind::kNumber:
        return operand.number;
      case OperandKind::kBoolean:
        return operand.boolean;
      default:
        return operand.time;
    }
  }

  std::optional<double> number(const FilterOperand& operand) const {
    const FilterValue value = this->value(operand);
    const double* number = std::get_if<double>(&value);
    return number == nullptr || std::isnan(*number) ? std::nullopt : std::optional(*number);
  }
  std::optional<TimeSpan> time(const FilterOperand& operand) const {
    const FilterValue value = this->value(operand);
    const TimeSpan* span = std::get_if<TimeSpan>(&value);
    return span == nullptr ? std::nullopt : std::optional(*span);
  }
  // Folded where either side of the question is CASEI.
  std::optional<std::string> text(const FilterOperand& operand, bool any_case) const {
    const FilterValue value = this->value(operand);
    const std::string_view* text = std::get_if<std::string_view>(&value);
    if (text == nullptr) return std::nullopt;
    return any_case ? FoldedCase(*text) : std::string(*text);
  }

  Truth comparison(FilterOp op, const FilterOperand& left, const FilterOperand& right) const {
    const FilterValue a = value(left), b = value(right);
    if (std::holds_alternative<std::monostate>(a) || std::holds_alternative<std::monostate>(b)) return Truth::kUnknown;
    WARDWATCH_CHECK(a.index() == b.index(), "values of kinds {} and {}", a.index(), b.index());
    if (std::holds_alternative<std::string_view>(a)) {
      const bool any_case = left.any_case || right.any_case;
      if (any_case) return Of(Compares(op, text(left, true)->compare(*text(right, true))));
      return Of(Compares(op, std::get<std::string_view>(a).compare(std::get<std::string_view>(b))));
    }
    if (const double* x = std::get_if<double>(&a)) {
      const double y = std::get<double>(b);
      if (std::isnan(*x) || std::isnan(y)) return Truth::kUnknown;
      return Of(Compares(op, (*x > y) - (*x < y)));
    }
    if (const bool* x = std::get_if<bool>(&a)) return Of(Compares(op, int{*x} - int{std::get<bool>(b)}));
    return Of(Compares(op, when(left, std::get<TimeSpan>(a), right, std::get<TimeSpan>(b))));
  }

  // Whether one begins before, with or after the other; a literal is all of its day or second.
  static int when(const FilterOperand& left, const TimeSpan& a, const FilterOperand& right, const TimeSpan& b) {
    const auto begins = [](std::int64_t at, const TimeSpan& span) { return at < span.begin_s ? -1 : at > span.end_s ? 1 : 0; };
    if (right.kind != OperandKind::kProperty) return begins(a.begin_s, b);
    if (left.kind != OperandKind::kProperty) return -begins(b.begin_s, a);
    return (a.begin_s > b.begin_s) - (a.begin_s < b.begin_s);
  }

  Truth between(const FilterNode& node) const {
    const Truth low = comparison(FilterOp::kGreaterOrEqual, node.operands[0], node.operands[1]);
    const Truth high = comparison(FilterOp::kLessOrEqual, node.operands[0], node.operands[2]);
    if (low == Truth::kFalse || high == Truth::kFalse) return Truth::kFalse;
    return low == Truth::kUnknown || high == Truth::kUnknown ? Truth::kUnknown : Truth::kTrue;
  }

  Truth in(const FilterNode& node) const {
    for (std::size_t i = 1; i < node.operands.size(); ++i) {
      const Truth truth = comparison(FilterOp::kEqual, node.operands[0], node.operands[i]);
      if (truth != Truth::kFalse) return truth;  // unknown only where the value is, and then of every item
    }
    return Truth::kFalse;
  }

  Truth like(const FilterNode& node) const {
    const FilterValue value = this->value(node.operands[0]);
    const std::string_view* text = std::get_if<std::string_view>(&value);
    return text == nullptr ? Truth::kUnknown : Of(node.like[0].matches(*text));
  }

  bool is_null(const FilterOperand& operand) const {
    const FilterValue value = this->value(operand);
    const double* number = std::get_if<double>(&value);
    if (std::holds_alternative<std::monostate>(value)) return row_.shape(operand.queryable, filter_.space) == nullptr;
    return number != nullptr && std::isnan(*number);
  }

  const PlaneShape* shape(const FilterOperand& operand) const {
    return operand.kind == OperandKind::kProperty ? row_.shape(operand.queryable, filter_.space) : &operand.shape;
  }

  Truth share_place(const FilterNode& node) const {
    const PlaneShape *one = shape(node.operands[0]), *other = shape(node.operands[1]);
    return one == nullptr || other == nullptr ? Truth::kUnknown : Of(SharePlace(*one, *other));
  }

  Truth relate(const FilterNode& node) const {
    const auto a = time(node.operands[0]), b = time(node.operands[1]);
    if (!a || !b) return Truth::kUnknown;
    const bool after = a->begin_s > b->end_s, before = a->end_s < b->begin_s;
    switch (node.op) {
      case FilterOp::kTimeAfter:
        return Of(after);
      case FilterOp::kTimeBefore:
        return Of(before);
      case FilterOp::kTimeDuring:
        return Of(a->begin_s > b->begin_s && a->end_s < b->end_s);
      default:
        return Of(!after && !before);
    }
  }

  const Filter& filter_;
  const FilterRow& row_;
};

}  // namespace

Truth Matches(const Filter& filter, const FilterRow& row) { return Matcher(filter, row).node(filter.root); }

}  // namespace geo
