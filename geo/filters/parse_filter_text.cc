#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "geo/filters/check_filter.h"
#include "geo/filters/filter.h"
#include "geo/filters/filter_fault.h"
#include "geo/filters/filter_lexer.h"
#include "geo/filters/letter_case.h"

namespace geo {
namespace {

struct Relation {
  std::string_view name;
  FilterOp op;
};
constexpr std::array<Relation, 5> kRelations{{{"S_INTERSECTS", FilterOp::kSpaceIntersects},
                                              {"T_AFTER", FilterOp::kTimeAfter},
                                              {"T_BEFORE", FilterOp::kTimeBefore},
                                              {"T_DURING", FilterOp::kTimeDuring},
                                              {"T_INTERSECTS", FilterOp::kTimeIntersects}}};
constexpr std::array<Relation, 6> kComparisons{{{"=", FilterOp::kEqual},
                                                {"<>", FilterOp::kNotEqual},
                                                {"<", FilterOp::kLess},
                                                {"<=", FilterOp::kLessOrEqual},
                                                {">", FilterOp::kGreater},
                                                {">=", FilterOp::kGreaterOrEqual}}};
template <std::size_t N>
const Relation* Find(const std::array<Relation, N>& relations, std::string_view name) {
  const auto found = std::find_if(relations.begin(), relations.end(), [&](const Relation& r) { return r.name == name; });
  return found == relations.end() ? nullptr : found;
}

// Recursive descent, one word ahead, over the grammar of OGC 21-065r2, annex B. Depth is counted before it is gone down.
class TextParser {
 public:
  explicit TextParser(std::string_view text) : lexer_(text) {}

  Result<FilterNode> parse() {
    if (auto fine = advance(); !fine) return Fail(fine.error());
    auto node = any_of(0);
    if (node && word_.kind != WordKind::kEnd) return unexpected("and, or, or the end of the filter");
    return node;
  }

 private:
  Result<void> advance() {
    auto word = lexer_.next();
    if (!word) return Fail(word.error());
    word_ = std::move(*word);
    keyword_ = word_.kind == WordKind::kName ? Upper(word_.text) : std::string();
    return {};
  }
  bool sign(std::string_view text) const { return word_.kind == WordKind::kSign && word_.text == text; }
  std::string where() const { return AtCharacter(word_.offset); }

  tl::unexpected<Error> unexpected(const std::string& due) const {
    const std::string found = word_.kind == WordKind::kEnd ? "the filter ends" : Shown(word_.text.empty() ? "" : word_.text) + " stands";
    return FilterFault("FILTER_SYNTAX", where(), fmt::format("{} where {} is due", word_.kind == WordKind::kNumber ? "a number stands" : found, due));
  }
  Result<void> take(std::string_view text) {
    if (!sign(text)) return unexpected(fmt::format("\"{}\"", text));
    return advance();
  }

  Result<FilterNode> any_of(int depth) { return chain(depth, "OR", FilterOp::kOr, &TextParser::all_of); }
  Result<FilterNode> all_of(int depth) { return chain(depth, "AND", FilterOp::kAnd, &TextParser::negated); }

  Result<FilterNode> chain(int depth, std::string_view keyword, FilterOp op, Result<FilterNode> (TextParser::*part)(int)) {
    const std::string begin = where();
    auto first = (this->*part)(depth);
    if (!first || keyword_ != keyword) return first;
    FilterNode node{.op = op, .where = begin};
    node.terms.push_back(std::move(*first));
    while (keyword_ == keyword) {
      if (auto fine = advance(); !fine) return Fail(fine.error());
      auto next = (this->*part)(depth);
      if (!next) return next;
      node.terms.push_back(std::move(*next));
    }
    return node;
  }

  tl::unexpected<Error> too_deep() const {
    return FilterFault("FILTER_TOO_DEEP", where(), fmt::format("parentheses and NOT within each other over {} deep; ask a flatter question", kMostFilterDepth));
  }

  Result<FilterNode> negated(int depth) {
    if (keyword_ != "NOT") return primary(depth);
    if (depth >= kMostFilterDepth) return too_deep();
    FilterNode node{.op = FilterOp::kNot, .where = where()};
    if (auto fine = advance(); !fine) return Fail(fine.error());
    auto term = negated(depth + 1);
    if (!term) return term;
    node.terms.push_back(std::move(*term));
    return node;
  }

  Result<FilterNode> primary(int depth) {
    if (sign("(")) {
      if (depth >= kMostFilterDepth) return too_deep();
      if (auto fine = advance(); !fine) return Fail(fine.error());
      auto node = any_of(depth + 1);
      if (!node) return node;
      if (auto fine = take(")"); !fine) return Fail(fine.error());
      return node;
    }
    if (const Relation* relation = Find(kRelations, keyword_)) return relation_of(relation->op);
    const std::string begin = where();
    auto left = scalar();
    if (!left) return Fail(left.error());
    return predicate(std::move(*left), begin);
  }

  // What follows the first value of a comparison.
  Result<FilterNode> predicate(FilterOperand left, const std::string& begin) {
    FilterNode node{.where = begin};
    const bool literal = left.kind == OperandKind::kBoolean;
    node.operands.push_back(std::move(left));
    if (word_.kind == WordKind::kSign) {
      if (const Relation* comparison = Find(kComparisons, word_.text)) {
        node.op = comparison->op;
        if (auto fine = advance(); !fine) return Fail(fine.error());
        return with_operand(std::move(node));
      }
    }
    bool negated = false;
    if (keyword_ == "NOT") {
      negated = true;
      if (auto fine = advance(); !fine) return Fail(fine.error());
    }
    const std::string keyword = keyword_;
    if (keyword == "BETWEEN" || keyword == "IN" || keyword == "LIKE" || (keyword == "IS" && !negated)) {
      if (auto fine = advance(); !fine) return Fail(fine.error());
      auto made = keyword == "BETWEEN" ? between(std::move(node))
                  : keyword == "IN"    ? in(std::move(node))
                  : keyword == "LIKE"  ? like(std::move(node))
                                       : is_null(std::move(node));
      if (!made || !negated) return made;
      FilterNode turned{.op = FilterOp::kNot, .where = begin};
      turned.terms.push_back(std::move(*made));
      return turned;
    }
    if (literal && !negated) return node;  // TRUE or FALSE alone
    return unexpected(negated ? "BETWEEN, IN or LIKE" : "a comparison (=, <>, <, <=, >, >=, BETWEEN, IN, LIKE, IS NULL)");
  }

  Result<FilterNode> with_operand(FilterNode node) {
    auto operand = scalar();
    if (!operand) return Fail(operand.error());
    node.operands.push_back(std::move(*operand));
    return node;
  }

  Result<FilterNode> between(FilterNode node) {
    node.op = FilterOp::kBetween;
    auto low = with_operand(std::move(node));
    if (!low) return low;
    if (keyword_ != "AND") return unexpected("AND, between the two bounds");
    if (auto fine = advance(); !fine) return Fail(fine.error());
    return with_operand(std::move(*low));
  }

  Result<FilterNode> in(FilterNode node) {
    node.op = FilterOp::kIn;
    if (auto fine = take("("); !fine) return Fail(fine.error());
    while (true) {
      auto more = with_operand(std::move(node));
      if (!more) return more;
      node = std::move(*more);
      if (!sign(",")) break;
      if (auto fine = advance(); !fine) return Fail(fine.error());
    }
    if (auto fine = take(")"); !fine) return Fail(fine.error());
    return node;
  }

  Result<FilterNode> like(FilterNode node) {
    node.op = FilterOp::kLike;
    return with_operand(std::move(node));
  }

  Result<FilterNode> is_null(FilterNode node) {
    node.op = FilterOp::kIsNull;
    const bool negated = keyword_ == "NOT";
    if (negated) {
      if (auto fine = advance(); !fine) return Fail(fine.error());
    }
    if (keyword_ != "NULL") return unexpected("NULL");
    if (auto fine = advance(); !fine) return Fail(fine.error());
    if (!negated) return node;
    FilterNode turned{.op = FilterOp::kNot, .where = node.where};
    turned.terms.push_back(std::move(node));
    return turned;
  }

  Result<FilterNode> relation_of(FilterOp op) {
    FilterNode node{.op = op, .where = where()};
    if (auto fine = advance(); !fine) return Fail(fine.error());
    if (auto fine = take("("); !fine) return Fail(fine.error());
    for (int i = 0; i < 2; ++i) {
      auto operand = scalar();
      if (!operand) return Fail(operand.error());
      node.operands.push_back(std::move(*operand));
      if (auto fine = take(i == 0 ? "," : ")"); !fine) return Fail(fine.error());
    }
    return node;
  }

  // A property or a literal of any kind.
  Result<FilterOperand> scalar() {
    FilterOperand operand;
    operand.where = where();
    if (word_.kind == WordKind::kText || word_.kind == WordKind::kQuotedName) {
      operand.kind = word_.kind == WordKind::kText ? OperandKind::kText : OperandKind::kProperty;
      operand.text = word_.text;
      return advanced(std::move(operand));
    }
    if (word_.kind == WordKind::kNumber) {
      operand.kind = OperandKind::kNumber;
      operand.number = word_.number;
      return advanced(std::move(operand));
    }
    if (word_.kind != WordKind::kName) return unexpected("a property or a value");
    if (keyword_ == "TRUE" || keyword_ == "FALSE") {
      operand.kind = OperandKind::kBoolean;
      operand.boolean = keyword_ == "TRUE";
      return advanced(std::move(operand));
    }
    if (keyword_ == "CASEI") return any_case(std::move(operand));
    if (keyword_ == "DATE" || keyword_ == "TIMESTAMP" || keyword_ == "INTERVAL") return time(std::move(operand));
    if (keyword_ == "BBOX" || keyword_ == "POINT" || keyword_ == "POLYGON") return shape(std::move(operand));
    if (IsReservedWord(keyword_)) return unexpected("a property or a value (a property of that name stands in double quotes)");
    operand.text = word_.text;
    if (auto fine = advance(); !fine) return Fail(fine.error());
    if (sign("(")) {
      return FilterFault("FILTER_UNSUPPORTED", operand.where,
                         Shown(operand.text) + " is not a function that is taken here; S_INTERSECTS, T_AFTER, T_BEFORE, T_DURING, T_INTERSECTS and CASEI are");
    }
    return operand;
  }

  Result<FilterOperand> advanced(FilterOperand operand) {
    if (auto fine = advance(); !fine) return Fail(fine.error());
    return operand;
  }

  Result<FilterOperand> any_case(FilterOperand operand) {
    if (auto fine = advance(); !fine) return Fail(fine.error());
    if (auto fine = take("("); !fine) return Fail(fine.error());
    if (word_.kind != WordKind::kText && word_.kind != WordKind::kQuotedName && word_.kind != WordKind::kName) return unexpected("a property or a text");
    if (keyword_ == "CASEI") return unexpected("a property or a text, not CASEI again");
    auto inner = scalar();
    if (!inner) return inner;
    operand = std::move(*inner);
    operand.any_case = true;
    if (auto fine = take(")"); !fine) return Fail(fine.error());
    return operand;
  }

  Result<FilterOperand> time(FilterOperand operand) {
    operand.kind = keyword_ == "DATE" ? OperandKind::kDate : keyword_ == "TIMESTAMP" ? OperandKind::kTimestamp : OperandKind::kInterval;
    if (auto fine = advance(); !fine) return Fail(fine.error());
    if (auto fine = take("("); !fine) return Fail(fine.error());
    if (word_.kind != WordKind::kText) return unexpected("a time in single quotes");
    operand.text = word_.text;
    if (auto fine = advance(); !fine) return Fail(fine.error());
    if (operand.kind == OperandKind::kInterval) {
      if (auto fine = take(","); !fine) return Fail(fine.error());
      if (word_.kind != WordKind::kText) return unexpected("the end of the interval in single quotes");
      operand.text_to = word_.text;
      if (auto fine = advance(); !fine) return Fail(fine.error());
    }
    if (auto fine = take(")"); !fine) return Fail(fine.error());
    return operand;
  }

  Result<double> number() {
    if (word_.kind != WordKind::kNumber) return unexpected("a number");
    const double value = word_.number;
    if (auto fine = advance(); !fine) return Fail(fine.error());
    return value;
  }

  Result<FilterOperand> shape(FilterOperand operand) {
    operand.kind = keyword_ == "BBOX" ? OperandKind::kBox : keyword_ == "POINT" ? OperandKind::kPoint : OperandKind::kPolygon;
    if (auto fine = advance(); !fine) return Fail(fine.error());
    if (auto fine = take("("); !fine) return Fail(fine.error());
    Result<void> read = operand.kind == OperandKind::kBox ? box(operand) : operand.kind == OperandKind::kPoint ? positions(operand, 1) : rings(operand);
    if (!read) return Fail(read.error());
    if (auto fine = take(")"); !fine) return Fail(fine.error());
    return operand;
  }

  Result<void> box(FilterOperand& operand) {
    std::array<double, 4> bounds{};
    for (std::size_t i = 0; i < 4; ++i) {
      if (i > 0) {
        if (auto fine = take(","); !fine) return fine;
      }
      const auto bound = number();
      if (!bound) return Fail(bound.error());
      bounds[i] = *bound;
    }
    operand.rings = {{{bounds[0], bounds[1]}, {bounds[2], bounds[3]}}};
    return {};
  }

  // "x y, x y": `most` positions, 0 for any number.
  Result<void> positions(FilterOperand& operand, std::size_t most) {
    operand.rings.emplace_back();
    while (true) {
      const auto x = number();
      if (!x) return Fail(x.error());
      const auto y = number();
      if (!y) return Fail(y.error());
      operand.rings.back().emplace_back(*x, *y);
      if (!sign(",") || operand.rings.back().size() == most) return {};
      if (auto fine = advance(); !fine) return fine;
    }
  }

  Result<void> rings(FilterOperand& operand) {
    while (true) {
      if (auto fine = take("("); !fine) return fine;
      if (auto fine = positions(operand, 0); !fine) return fine;
      if (auto fine = take(")"); !fine) return fine;
      if (!sign(",")) return {};
      if (auto fine = advance(); !fine) return fine;
    }
  }

  FilterLexer lexer_;
  FilterWord word_;
  std::string keyword_;
};

}  // namespace

Result<Filter> ParseFilterText(std::string_view text, const FilterSchema& schema) {
  if (text.size() > kMostFilterBytes) return FilterFault("FILTER_TOO_LONG", "", fmt::format("{} bytes; at most {} are taken", text.size(), kMostFilterBytes));
  if (!IsPlainText(text)) return FilterFault("FILTER_SYNTAX", "", "not UTF-8 text, or with control characters in it");
  auto root = TextParser(text).parse();
  if (!root) return Fail(root.error());
  if (auto fine = CheckFilter(*root, schema); !fine) return Fail(fine.error());
  return Filter{std::move(*root), SpaceOf(schema.crs)};
}

}  // namespace geo
