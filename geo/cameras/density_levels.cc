#include "geo/cameras/density_levels.h"

#include <fmt/format.h>

#include <array>

namespace geo {
namespace {

constexpr std::array<DensityLevel, 6> k2014Levels{
    {{"monitor", 12.5}, {"detect", 25}, {"observe", 62.5}, {"recognise", 125}, {"identify", 250}, {"inspect", 1000}}};
constexpr std::array<DensityLevel, 7> k2025Levels{
    {{"overview", 20}, {"outline", 40}, {"discern", 80}, {"perceive", 125}, {"characterise", 250}, {"validate", 500}, {"scrutinise", 1500}}};
static_assert(k2014Levels.size() <= kMostLevels && k2025Levels.size() <= kMostLevels);

}  // namespace

std::string_view NameOf(DensityTable table) { return table == DensityTable::k2014 ? "EN IEC 62676-4:2014" : "EN IEC 62676-4:2025"; }

std::span<const DensityLevel> LevelsOf(DensityTable table) {
  if (table == DensityTable::k2014) return k2014Levels;
  return k2025Levels;
}

Result<int> FindLevel(DensityTable table, std::string_view name, std::string_view field) {
  const auto levels = LevelsOf(table);
  std::string names;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (levels[i].name == name) return static_cast<int>(i);
    names += (i == 0 ? "" : ", ") + std::string(levels[i].name);
  }
  return Fail({ErrorCode::kInvalidArgument, std::string(field), "NO_SUCH_LEVEL",
               fmt::format("{} is \"{}\", which is no level of {}; its levels are {}", field, name.substr(0, 40), NameOf(table), names)});
}

}  // namespace geo
