#include "server/gateway/media.h"

#include <algorithm>
#include <cstdlib>

namespace server {
namespace {

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// 3: the very type, 2: type/*, 1: */*, 0: another.
int Closeness(std::string_view range, std::string_view type) {
  if (range == type) return 3;
  if (range == "*/*") return 1;
  return range.ends_with("/*") && type.starts_with(range.substr(0, range.size() - 1)) ? 2 : 0;
}

double WeightOf(std::string_view accept, std::string_view type) {
  int closest = 0;
  double weight = 0;
  while (!accept.empty()) {
    const std::string_view part = accept.substr(0, accept.find(','));
    accept.remove_prefix(std::min(part.size() + 1, accept.size()));
    const int close = Closeness(Trimmed(part.substr(0, part.find(';'))), type);
    if (close <= closest) continue;
    closest = close;
    const auto q = part.find("q=");
    weight = q == std::string_view::npos ? 1 : std::strtod(std::string(part.substr(q + 2)).c_str(), nullptr);
  }
  return weight;
}

}  // namespace

std::size_t ChooseMedium(std::string_view accept, const std::vector<Medium>& offered) {
  std::size_t best = 0;
  double most = 0;
  for (std::size_t i = 0; i < offered.size(); ++i) {
    double weight = WeightOf(accept, offered[i].type.substr(0, offered[i].type.find(';')));
    for (const std::string& type : offered[i].also) weight = std::max(weight, WeightOf(accept, type));
    if (weight > most) {
      best = i;
      most = weight;
    }
  }
  return best;
}

}  // namespace server
