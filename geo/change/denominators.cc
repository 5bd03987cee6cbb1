#include "geo/change/denominators.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>
#include <utility>

namespace geo {
namespace {

constexpr double kSquareMetresPerKm2 = 1e6;

bool Usable(double value) { return value > 0 && std::isfinite(value); }

// Of the sorted records, those of one area and measure.
std::span<const PopulationRecord> EntriesOf(std::span<const PopulationRecord> records, const std::string& code, const std::string& measure) {
  const auto key = [](const PopulationRecord& record) { return std::pair<const std::string&, const std::string&>(record.code, record.measure); };
  const std::pair<const std::string&, const std::string&> wanted(code, measure);
  const auto begin = std::lower_bound(records.begin(), records.end(), wanted, [&](const PopulationRecord& r, const auto& w) { return key(r) < w; });
  const auto end = std::find_if(begin, records.end(), [&](const PopulationRecord& record) { return key(record) != wanted; });
  return {begin, end};
}

std::optional<DenominatorValue> NearestTo(std::span<const PopulationRecord> entries, Period period) {
  // Twice the middle, so that a period of an odd number of days keeps its half day.
  const std::int64_t twice_middle = std::int64_t{period.begin} + period.end;
  std::optional<DenominatorValue> nearest;
  std::int64_t nearest_distance = 0;
  for (const PopulationRecord& entry : entries) {
    if (!Usable(entry.value)) continue;
    const std::int64_t distance = std::llabs(2 * std::int64_t{DayOf(entry.year, 6, 30)} - twice_middle);
    if (nearest && (distance > nearest_distance || (distance == nearest_distance && entry.year > nearest->year))) continue;
    nearest = DenominatorValue{entry.value, entry.year};
    nearest_distance = distance;
  }
  return nearest;
}

}  // namespace

double RatePer(const std::string& measure) { return measure == kResidentsMeasure || measure == "workday" || measure == "households" ? 1000 : 1; }

std::optional<DenominatorValue> DenominatorOf(const DatasetSnapshot& data, std::size_t vintage, AreaIndex area, const std::string& measure, Period period) {
  const Area& of = data.vintages[vintage].areas.areas()[area];
  if (measure == kGroundMeasure) {
    const double km2 = AreaM2(of.shape) / kSquareMetresPerKm2;
    if (!Usable(km2)) return std::nullopt;
    return DenominatorValue{km2, 0};
  }
  return NearestTo(EntriesOf(data.record.vintages[vintage].populations, of.code, measure), period);
}

std::vector<std::string> DenominatorsOf(const DatasetSnapshot& data, std::size_t vintage) {
  std::set<std::string> measures;
  for (const PopulationRecord& record : data.record.vintages[vintage].populations) {
    if (Usable(record.value) && data.vintages[vintage].areas.find(record.code) != kOutside) measures.insert(record.measure);
  }
  std::vector<std::string> listed;
  if (measures.erase(kResidentsMeasure) > 0) listed.emplace_back(kResidentsMeasure);
  measures.erase(kGroundMeasure);  // the shapes say, not a table
  listed.insert(listed.end(), measures.begin(), measures.end());
  listed.emplace_back(kGroundMeasure);
  return listed;
}

Result<void> CheckDenominator(const DatasetSnapshot& data, std::size_t vintage, const std::string& measure, const std::string& field) {
  const std::vector<std::string> known = DenominatorsOf(data, vintage);
  if (std::find(known.begin(), known.end(), measure) != known.end()) return {};
  return Fail({ErrorCode::kInvalidArgument, field, "NO_SUCH_DENOMINATOR",
               fmt::format("{} is \"{}\", which {} does not have; it has {}", field, measure, data.vintages[vintage].areas.vintage(), fmt::join(known, ", "))});
}

}  // namespace geo
