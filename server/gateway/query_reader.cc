#include "server/gateway/query_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "server/codec/refusal.h"

namespace server {

std::optional<std::string> QueryReader::take(std::string_view name) {
  known_.emplace_back(name);
  for (std::size_t i = 0; i < target_.parameters.size(); ++i) {
    if (target_.parameters[i].first != name) continue;
    taken_[i] = true;
    return target_.parameters[i].second;
  }
  return std::nullopt;
}

geo::Result<std::string> QueryReader::take_choice(std::string_view name, const std::vector<std::string>& choices) {
  const auto value = take(name);
  if (!value) return choices.front();
  if (std::find(choices.begin(), choices.end(), *value) != choices.end()) return *value;
  return geo::Fail(
      {geo::ErrorCode::kInvalidArgument, std::string(name), "UNKNOWN_VALUE", fmt::format("is {}; send one of: {}", Quoted(*value), Listed(choices))});
}

geo::Result<int> QueryReader::take_limit(std::string_view name, int otherwise, int most) {
  const auto value = take(name);
  if (!value) return otherwise;
  long long number = 0;
  const auto parsed = std::from_chars(value->data(), value->data() + value->size(), number);
  const bool digits = !value->empty() && value->find_first_not_of("0123456789") == std::string::npos;
  if (digits && parsed.ec == std::errc::result_out_of_range) return most;
  if (!digits || number < 1) {
    return geo::Fail(geo::InvalidArgument(std::string(name), fmt::format("is {}; send a whole number from 1 to {}", Quoted(*value), most)));
  }
  return static_cast<int>(std::min<long long>(number, most));
}

geo::Result<void> QueryReader::finish() const {
  for (std::size_t i = 0; i < taken_.size(); ++i) {
    if (taken_[i]) continue;
    const std::string& name = target_.parameters[i].first;
    const std::string remedy = known_.empty() ? "this resource has no parameters" : "known here: " + Listed(known_);
    return geo::Fail({geo::ErrorCode::kInvalidArgument, name.substr(0, 40), "UNKNOWN_PARAMETER",
                      fmt::format("{} is no parameter of this resource; {}", Quoted(name), remedy)});
  }
  return {};
}

}  // namespace server
