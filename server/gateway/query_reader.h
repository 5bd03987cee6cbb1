// The parameters of a request, taken by name: what nobody takes is an error, so that a misspelt one is not a silent default.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/types/result.h"
#include "server/http/target.h"

namespace server {

class QueryReader {
 public:
  explicit QueryReader(const http::Target& target) : target_(target), taken_(target.parameters.size()) {}

  // The value, where the parameter was given.
  std::optional<std::string> take(std::string_view name);
  std::string take_or_empty(std::string_view name) { return take(name).value_or(std::string()); }
  // One of `choices`; the first where it is left out. kInvalidArgument on `name`.
  geo::Result<std::string> take_choice(std::string_view name, const std::vector<std::string>& choices);
  // A whole number of 1 or more; more than `most` is `most`. kInvalidArgument on `name`.
  geo::Result<int> take_limit(std::string_view name, int otherwise, int most);
  // kInvalidArgument UNKNOWN_PARAMETER for what is left, with the names that were asked for.
  geo::Result<void> finish() const;

 private:
  const http::Target& target_;
  std::vector<bool> taken_;
  std::vector<std::string> known_;
};

}  // namespace server
