#include "geo/incidents/workstream_filter.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

#include "geo/types/check.h"

namespace geo {
namespace {

template <class Records>
std::size_t IndexOf(const Records& records, const std::string& id) {
  const auto found = std::find_if(records.begin(), records.end(), [&](const auto& record) { return record.id == id; });
  WARDWATCH_CHECK(found != records.end(), "the snapshot names {}, which it does not hold", id);
  return static_cast<std::size_t>(found - records.begin());
}

std::vector<std::uint16_t> SourcesOf(const DatasetRecord& record, const Workstream& of) {
  std::vector<std::uint16_t> sources;
  if (of.sources.empty()) {
    sources.resize(record.sources.size());
    std::iota(sources.begin(), sources.end(), std::uint16_t{0});
  }
  for (const std::string& source : of.sources) sources.push_back(static_cast<std::uint16_t>(IndexOf(record.sources, source)));
  std::sort(sources.begin(), sources.end());
  return sources;
}

std::vector<std::string> IdsOf(const DatasetRecord& record, FlagBits bits) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < record.flags.size(); ++i) {
    if ((bits >> i & 1) != 0) ids.push_back(record.flags[i].id);
  }
  return ids;
}

bool Takes(const Workstream& of, LocationRole role) { return std::find(of.location_roles.begin(), of.location_roles.end(), role) != of.location_roles.end(); }

// Location roles are told as a flag; a dataset without the flag has no complainant's position.
void AddRoles(const DatasetRecord& record, const Workstream& of, IncidentFilter& filter) {
  const auto found = std::find_if(record.flags.begin(), record.flags.end(), [](const Flag& flag) { return flag.id == kComplainantFlag; });
  if (found == record.flags.end()) return;
  const auto bit = static_cast<FlagBits>(1U << (found - record.flags.begin()));
  if (!Takes(of, LocationRole::kComplainant)) filter.flags_without |= bit;
  if (!Takes(of, LocationRole::kIncident)) filter.flags_with |= bit;
}

}  // namespace

FlagBits BitsOf(const DatasetRecord& record, const std::vector<std::string>& flags) {
  FlagBits bits = 0;
  for (const std::string& flag : flags) bits |= static_cast<FlagBits>(1U << IndexOf(record.flags, flag));
  return bits;
}

FlagBits FlagsToldBy(const DatasetRecord& record, std::uint16_t source) { return BitsOf(record, record.sources[source].flags); }

Result<IncidentFilter> FilterOf(const DatasetRecord& record, std::size_t workstream) {
  WARDWATCH_CHECK(workstream < record.workstreams.size(), "workstream {} of {}", workstream, record.workstreams.size());
  const Workstream& of = record.workstreams[workstream];
  IncidentFilter filter;
  for (const Workstream::Entry& entry : of.entries) filter.categories.push_back(static_cast<CategoryIndex>(IndexOf(record.categories, entry.category)));
  std::sort(filter.categories.begin(), filter.categories.end());
  filter.flags_with = BitsOf(record, of.flags_with);
  filter.flags_without = BitsOf(record, of.flags_without);
  AddRoles(record, of, filter);
  filter.sources = SourcesOf(record, of);
  std::erase_if(filter.sources, [&](std::uint16_t source) { return (filter.flags_with & ~FlagsToldBy(record, source)) != 0; });
  filter.window = of.window;
  filter.workstream = workstream;
  if (!filter.sources.empty()) return filter;
  return Fail({ErrorCode::kFailedPrecondition, "workstream", "FLAG_UNKNOWN",
               fmt::format("{} counts incidents flagged {}, and no source of it tells that; load a source that does, or ask for its categories", of.id,
                           fmt::join(IdsOf(record, filter.flags_with), " and "))});
}

const Workstream* ToldByAreaOnly(const DatasetRecord& record, const IncidentFilter& filter) {
  if (filter.workstream && record.workstreams[*filter.workstream].tier == SensitivityTier::kVeryHigh) return &record.workstreams[*filter.workstream];
  const auto tells = [&](const Workstream& of) {
    const FlagBits needed = BitsOf(record, of.flags_with);
    return of.tier == SensitivityTier::kVeryHigh && needed != 0 && (needed & ~filter.flags_with) == 0;
  };
  const auto told = std::find_if(record.workstreams.begin(), record.workstreams.end(), tells);
  return told == record.workstreams.end() ? nullptr : &*told;
}

std::string ProxyOf(const DatasetRecord& record, std::size_t workstream) {
  const Workstream& of = record.workstreams[workstream];
  std::string proxy = of.proxy;
  const auto add = [&](std::string text) { proxy += (proxy.empty() ? "" : "; ") + std::move(text); };
  const FlagBits with = BitsOf(record, of.flags_with), without = BitsOf(record, of.flags_without);
  for (const std::uint16_t source : SourcesOf(record, of)) {
    const FlagBits told = FlagsToldBy(record, source);
    const std::string& id = record.sources[source].id;
    if ((with & ~told) != 0) {
      add(fmt::format("{} does not tell {} and takes no part", id, fmt::join(IdsOf(record, with & ~told), " or ")));
    } else if ((without & ~told) != 0) {
      add(fmt::format("{} does not tell {}: such incidents are counted too", id, fmt::join(IdsOf(record, without & ~told), " or ")));
    }
  }
  return proxy;
}

}  // namespace geo
