// TOML text as a plain tree that remembers its lines, and a reader of tables that accounts for every key.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/types/local_time.h"
#include "geo/types/result.h"

namespace geo {

struct TomlField;

struct TomlValue {
  enum class Kind : unsigned char { kString, kInteger, kNumber, kBoolean, kDate, kArray, kTable, kOther };
  Kind kind = Kind::kOther;
  std::uint32_t line = 0;
  std::string string;
  std::int64_t integer = 0;
  double number = 0;
  bool boolean = false;
  LocalDay day = 0;
  std::vector<TomlValue> items;   // kArray
  std::vector<TomlField> fields;  // kTable, in order of key
};

struct TomlField {
  std::string key;
  TomlValue value;
};

inline constexpr std::size_t kMaxTomlBytes = 1024 * 1024;

// Errors: kInvalidArgument TOML_SYNTAX with the line; TOO_LONG over 1 MiB. Dates outside 1900..2199 are kOther.
Result<TomlValue> ParseToml(std::string_view text);

// The first fault found while reading a tree; what is read after it is not to be used.
struct TomlFaults {
  std::optional<Error> first;
  void add(ErrorCode code, std::string path, const char* reason, std::string_view message, std::uint32_t line);
};

// Reads one table key by key. An absent or wrong key is a fault with its path ("sources[1].columns.category") and line; so is, at finish(), any key that
// nobody asked for. Optional readers leave `out` as it is when the key is absent.
class TableReader {
 public:
  TableReader(const TomlValue& table, std::string path, TomlFaults& faults);

  void required(std::string_view key, std::string& out);  // not empty
  void optional(std::string_view key, std::string& out);  // not empty
  void required_day(std::string_view key, LocalDay& out);
  void optional_day(std::string_view key, std::optional<LocalDay>& out);
  void optional_boolean(std::string_view key, bool& out);
  // Integers only; low..high.
  void optional_integer(std::string_view key, std::optional<std::int64_t>& out, std::int64_t low, std::int64_t high);
  // Integer or float; finite, low..high. Returns whether the key was there.
  bool optional_number(std::string_view key, double& out, double low, double high);
  void optional_texts(std::string_view key, std::vector<std::string>& out);  // none of them empty
  void optional_words(std::string_view key, std::vector<std::string>& out);  // "" too
  // Any value; nullptr when absent.
  const TomlValue* find(std::string_view key);
  // A table or an array of tables; nullptr or empty when absent.
  const TomlValue* table(std::string_view key);
  const std::vector<TomlValue>& tables(std::string_view key);

  bool has(std::string_view key) const;
  void refuse(std::string_view key, const char* reason, std::string_view message);
  void finish();
  std::string path_of(std::string_view key) const;
  std::uint32_t line() const { return table_.line; }
  TomlFaults& faults() { return faults_; }

 private:
  const TomlValue* take(std::string_view key, TomlValue::Kind kind, const char* wanted);
  const TomlValue& table_;
  std::string path_;
  TomlFaults& faults_;
  std::vector<std::string_view> asked_;
};

}  // namespace geo
