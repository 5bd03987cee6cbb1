#include "geo/sources/toml_tree.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <exception>

#include "geo/sources/text_check.h"
#include "geo/sources/time_text.h"

namespace geo {
namespace {

TomlValue Convert(const toml::node& node) {
  TomlValue out;
  out.line = node.source().begin.line;
  if (const auto* text = node.as_string()) {
    out.kind = TomlValue::Kind::kString;
    out.string = text->get();
  } else if (const auto* integer = node.as_integer()) {
    out.kind = TomlValue::Kind::kInteger;
    out.integer = integer->get();
  } else if (const auto* number = node.as_floating_point()) {
    out.kind = TomlValue::Kind::kNumber;
    out.number = number->get();
  } else if (const auto* boolean = node.as_boolean()) {
    out.kind = TomlValue::Kind::kBoolean;
    out.boolean = boolean->get();
  } else if (const auto* date = node.as_date()) {
    TimeFields fields;
    fields.year = date->get().year;
    fields.month = date->get().month;
    fields.day = date->get().day;
    const auto day = DayIfReal(fields);
    if (day && fields.year >= kFirstYear && fields.year <= kLastYear) {
      out.kind = TomlValue::Kind::kDate;
      out.day = *day;
    }
  } else if (const auto* array = node.as_array()) {
    out.kind = TomlValue::Kind::kArray;
    for (const toml::node& item : *array) out.items.push_back(Convert(item));
  } else if (const auto* table = node.as_table()) {
    out.kind = TomlValue::Kind::kTable;
    for (const auto& [key, value] : *table) out.fields.push_back({std::string(key.str()), Convert(value)});
  }
  return out;
}

const TomlValue* FieldOf(const TomlValue& table, std::string_view key) {
  for (const TomlField& field : table.fields) {
    if (field.key == key) return &field.value;
  }
  return nullptr;
}

}  // namespace

Result<TomlValue> ParseToml(std::string_view text) {
  if (text.size() > kMaxTomlBytes)
    return Fail({ErrorCode::kInvalidArgument, "", "TOO_LONG", fmt::format("{} bytes of TOML; at most {}", text.size(), kMaxTomlBytes)});
  try {
    return Convert(toml::parse(text));
  } catch (const toml::parse_error& fault) {
    return Fail({ErrorCode::kInvalidArgument, "", "TOML_SYNTAX",
                 fmt::format("line {}, column {}: {}", fault.source().begin.line, fault.source().begin.column, fault.description())});
  } catch (const std::exception& fault) {
    return Fail({ErrorCode::kInvalidArgument, "", "TOML_SYNTAX", fault.what()});
  }
}

void TomlFaults::add(ErrorCode code, std::string path, const char* reason, std::string_view message, std::uint32_t line) {
  if (first) return;
  first = Error{code, path, reason, fmt::format("{} (line {}): {}", path.empty() ? "manifest" : path, line, message)};
}

TableReader::TableReader(const TomlValue& table, std::string path, TomlFaults& faults) : table_(table), path_(std::move(path)), faults_(faults) {
  if (table.kind != TomlValue::Kind::kTable) faults_.add(ErrorCode::kInvalidArgument, path_, "WRONG_TYPE", "expected a table", table.line);
}

std::string TableReader::path_of(std::string_view key) const { return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key); }

void TableReader::refuse(std::string_view key, const char* reason, std::string_view message) {
  const TomlValue* value = FieldOf(table_, key);
  faults_.add(ErrorCode::kInvalidArgument, key.empty() ? path_ : path_of(key), reason, message, value != nullptr ? value->line : table_.line);
}

bool TableReader::has(std::string_view key) const { return FieldOf(table_, key) != nullptr; }

const TomlValue* TableReader::find(std::string_view key) {
  asked_.push_back(key);
  return FieldOf(table_, key);
}

const TomlValue* TableReader::take(std::string_view key, TomlValue::Kind kind, const char* wanted) {
  const TomlValue* value = find(key);
  if (value == nullptr || value->kind == kind) return value;
  refuse(key, "WRONG_TYPE", fmt::format("expected {}", wanted));
  return nullptr;
}

void TableReader::optional(std::string_view key, std::string& out) {
  const TomlValue* value = take(key, TomlValue::Kind::kString, "a text in quotes");
  if (value == nullptr) return;
  if (value->string.empty()) return refuse(key, "EMPTY", "the text is empty; leave the key out instead");
  if (value->string.find('\0') != std::string::npos) return refuse(key, "NUL_BYTE", "the text holds a NUL");
  out = value->string;
}

void TableReader::required(std::string_view key, std::string& out) {
  if (!has(key)) refuse(key, "MISSING_KEY", "this key is required");
  optional(key, out);
}

void TableReader::optional_day(std::string_view key, std::optional<LocalDay>& out) {
  const TomlValue* value = take(key, TomlValue::Kind::kDate, "a date without quotes, 1900 to 2199: 2023-05-04");
  if (value != nullptr) out = value->day;
}

void TableReader::required_day(std::string_view key, LocalDay& out) {
  if (!has(key)) refuse(key, "MISSING_KEY", "this date is required");
  std::optional<LocalDay> day;
  optional_day(key, day);
  out = day.value_or(out);
}

void TableReader::optional_boolean(std::string_view key, bool& out) {
  const TomlValue* value = take(key, TomlValue::Kind::kBoolean, "true or false");
  if (value != nullptr) out = value->boolean;
}

void TableReader::optional_integer(std::string_view key, std::optional<std::int64_t>& out, std::int64_t low, std::int64_t high) {
  const TomlValue* value = take(key, TomlValue::Kind::kInteger, "a whole number");
  if (value == nullptr) return;
  if (value->integer < low || value->integer > high) return refuse(key, "OUT_OF_RANGE", fmt::format("{} is not within {} to {}", value->integer, low, high));
  out = value->integer;
}

bool TableReader::optional_number(std::string_view key, double& out, double low, double high) {
  const TomlValue* value = find(key);
  if (value == nullptr) return false;
  const bool whole = value->kind == TomlValue::Kind::kInteger;
  if (!whole && value->kind != TomlValue::Kind::kNumber) {
    refuse(key, "WRONG_TYPE", "expected a number");
    return true;
  }
  const double number = whole ? static_cast<double>(value->integer) : value->number;
  if (!(number >= low && number <= high)) refuse(key, "OUT_OF_RANGE", fmt::format("{} is not within {} to {}", number, low, high));
  else out = number;
  return true;
}

void TableReader::optional_words(std::string_view key, std::vector<std::string>& out) {
  const TomlValue* value = take(key, TomlValue::Kind::kArray, "a list of texts");
  if (value == nullptr) return;
  for (const TomlValue& item : value->items) {
    if (item.kind != TomlValue::Kind::kString) return refuse(key, "WRONG_TYPE", "expected a list of texts");
    out.push_back(item.string);
  }
}

void TableReader::optional_texts(std::string_view key, std::vector<std::string>& out) {
  std::vector<std::string> words;
  optional_words(key, words);
  if (std::find(words.begin(), words.end(), std::string()) != words.end()) return refuse(key, "WRONG_TYPE", "expected a list of texts, none of them empty");
  out.insert(out.end(), words.begin(), words.end());
}

const TomlValue* TableReader::table(std::string_view key) { return take(key, TomlValue::Kind::kTable, "a table"); }

const std::vector<TomlValue>& TableReader::tables(std::string_view key) {
  static const std::vector<TomlValue> kNone;
  const TomlValue* value = take(key, TomlValue::Kind::kArray, "a list of tables: [[...]]");
  return value == nullptr ? kNone : value->items;
}

void TableReader::finish() {
  for (const TomlField& field : table_.fields) {
    if (std::find(asked_.begin(), asked_.end(), field.key) != asked_.end()) continue;
    std::string known;
    for (const std::string_view key : asked_) {
      if (known.find(key) == std::string::npos) known += fmt::format("{}{}", known.empty() ? "" : ", ", key);
    }
    const std::string shown = Excerpt(field.key);
    faults_.add(ErrorCode::kInvalidArgument, path_of(shown), "UNKNOWN_KEY", fmt::format("no such key; known here: {}", known), field.value.line);
    return;
  }
}

}  // namespace geo
