// Which representation a client gets: `f` decides, else Accept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace server {

struct Medium {
  std::string name;               // "json", as `f` names it
  std::string type;               // "application/json"
  std::vector<std::string> also;  // other types by which clients ask for the same
};

// Index of the one that Accept likes best (RFC 9110, 12.5.1); ties, an empty Accept and one that names none of them go to the first: a tool that asks badly is
// better served than refused.
std::size_t ChooseMedium(std::string_view accept, const std::vector<Medium>& offered);

}  // namespace server
