#include "geo/planning/assign_visits.h"

#include <cmath>

namespace geo {

std::vector<std::size_t> AssignVisits(std::span<const VisitOption> options, double capacity_hours, double visit_hours, int teams,
                                      const std::optional<HourBlocks>& blocks) {
  // A capacity of 0.3 hours holds three visits of 0.1.
  constexpr double kSlack = 1e-9;
  constexpr double kHoursPerWeek = 168;
  const auto most = static_cast<std::int64_t>(std::floor(capacity_hours / visit_hours + kSlack));
  const double block_hours = blocks ? blocks->block_hours : kHoursPerWeek;
  const auto per_block = static_cast<std::int64_t>(std::floor(block_hours / visit_hours + kSlack)) * teams;
  std::vector<std::int64_t> used(blocks ? static_cast<std::size_t>(blocks->size()) : 1);
  std::vector<std::size_t> taken;
  for (std::size_t i = 0; i < options.size() && static_cast<std::int64_t>(taken.size()) < most; ++i) {
    std::int64_t& in_block = used[options[i].block < 0 ? 0 : static_cast<std::size_t>(options[i].block)];
    if (options[i].score <= 0 || in_block >= per_block) continue;
    ++in_block;
    taken.push_back(i);
  }
  return taken;
}

}  // namespace geo
