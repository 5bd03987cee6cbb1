// A filter of features: a safe part of CQL2 (OGC 21-065r2, Common Query Language) as one tree, whichever of its two forms it was sent in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "geo/filters/filter_schema.h"
#include "geo/filters/like_pattern.h"
#include "geo/filters/plane_shape.h"
#include "geo/types/result.h"

namespace geo {

// RELIABILITY, section 5. Of either form.
inline constexpr std::size_t kMostFilterBytes = 4'096;
inline constexpr int kMostFilterDepth = 16;         // and, or, not within each other; in text also parentheses
inline constexpr int kMostFilterNodes = 256;        // operators and what they are applied to
inline constexpr std::size_t kMostListItems = 100;  // of IN, and vertices of a shape
// Longer patterns than LikePattern::kMostCharacters are refused.

enum class FilterOp : std::uint8_t {
  kAnd,
  kOr,
  kNot,
  kLiteral,  // TRUE or FALSE alone
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kBetween,
  kIn,
  kLike,
  kIsNull,
  kSpaceIntersects,
  kTimeAfter,
  kTimeBefore,
  kTimeDuring,
  kTimeIntersects,
};

// Closed, in whole seconds of the layer's clock: an instant has begin_s == end_s, a day 86,399 seconds between them.
struct TimeSpan {
  std::int64_t begin_s = 0;
  std::int64_t end_s = 0;
  friend bool operator==(const TimeSpan&, const TimeSpan&) = default;
};

enum class OperandKind : std::uint8_t { kProperty, kText, kNumber, kBoolean, kDate, kTimestamp, kInterval, kPoint, kPolygon, kBox };

struct FilterOperand {
  OperandKind kind = OperandKind::kProperty;
  bool any_case = false;  // CASEI of a property or a text
  std::string text;       // a property's name; a text; a date, timestamp or beginning of an interval as sent
  std::string text_to;    // the end of an interval
  double number = 0;
  bool boolean = false;
  std::vector<std::vector<std::pair<double, double>>> rings;  // as sent: rings closed; a point one position, a box two

  // Filled in against the schema.
  std::size_t queryable = FilterSchema::kNone;
  TimeSpan time;
  PlaneShape shape;

  std::string where;  // "character 17" or "/args/0": for errors; of no account to equality
  friend bool operator==(const FilterOperand& a, const FilterOperand& b) {
    return a.kind == b.kind && a.any_case == b.any_case && a.text == b.text && a.text_to == b.text_to && a.number == b.number && a.boolean == b.boolean &&
           a.rings == b.rings;
  }
};

struct FilterNode {
  FilterOp op = FilterOp::kLiteral;
  std::vector<FilterNode> terms;        // of and, or (two or more), not (one)
  std::vector<FilterOperand> operands;  // of the others, in order
  std::vector<LikePattern> like;        // of kLike: one
  std::string where;
  friend bool operator==(const FilterNode& a, const FilterNode& b) { return a.op == b.op && a.terms == b.terms && a.operands == b.operands; }
};

// Made by ParseFilterText and ParseFilterJson alone, which checked it against the schema.
struct Filter {
  FilterNode root;
  FilterSpace space = FilterSpace::kDegrees;
  friend bool operator==(const Filter& a, const Filter& b) { return a.root == b.root && a.space == b.space; }
};

// The forms of OGC 21-065r2. What is taken: and, or, not; = <> < <= > >=; BETWEEN, IN, LIKE, IS NULL and their NOT; TRUE, FALSE, numbers, 'text' (a quote
// doubled), DATE, TIMESTAMP (UTC, with Z), CASEI; S_INTERSECTS with POINT, POLYGON or BBOX; T_AFTER, T_BEFORE, T_DURING, T_INTERSECTS with DATE, TIMESTAMP or
// INTERVAL. What is not: arithmetic, functions, arrays, other relations of space and time; a quote escaped by a backslash. Types must fit: a comparison is of
// two texts, numbers, truth values (= and <> alone) or times; times compare by when they begin, with a day as a whole. Errors: kInvalidArgument on `filter`;
// reason FILTER_TOO_LONG, FILTER_TOO_DEEP, FILTER_TOO_LARGE, FILTER_SYNTAX, FILTER_UNSUPPORTED, UNKNOWN_PROPERTY, WRONG_TYPE or BAD_LITERAL; the message says
// where (a character from 1, or a JSON pointer), what was sent, and what to do. Cost: O(bytes), whatever they are. Thread-safe.
Result<Filter> ParseFilterText(std::string_view text, const FilterSchema& schema);
Result<Filter> ParseFilterJson(std::string_view text, const FilterSchema& schema);

// The same filter in either form. Law: parsing gives it back (where the other form is within kMostFilterBytes).
std::string FormatFilterText(const Filter& filter);
std::string FormatFilterJson(const Filter& filter);

enum class Truth : std::uint8_t { kFalse, kUnknown, kTrue };

// Null is monostate. Text lives as long as the row.
using FilterValue = std::variant<std::monostate, bool, double, std::string_view, TimeSpan>;

class FilterRow {
 public:
  virtual ~FilterRow() = default;
  // Of schema.queryables[queryable], in its type (checked). NaN is null.
  virtual FilterValue value(std::size_t queryable) const = 0;
  // The shape of queryables[queryable], of type kGeometry, whose value() is null; nullptr: nowhere.
  virtual const PlaneShape* shape(std::size_t queryable, FilterSpace space) const = 0;
};

// Is it so of the row? SQL's three values: what compares with null is unknown, `NOT unknown` is unknown, and a filter selects what is true.
// T_AFTER: begins after the other ends. T_BEFORE: ends before the other begins. T_DURING: begins after the other begins and ends before it ends (both strictly,
// as the standard has it). T_INTERSECTS: neither before nor after, so that a day includes its first second and its last.
// Cost: O(nodes), LIKE the text, S_INTERSECTS the vertices of both.
Truth Matches(const Filter& filter, const FilterRow& row);

}  // namespace geo
