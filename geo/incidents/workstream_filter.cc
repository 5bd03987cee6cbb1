#include "geo/incidents/workstream_filter.h"

#include <algorithm>
#include <numeric>

#include "geo/types/check.h"

namespace geo {
namespace {

template <class Records>
std::size_t IndexOf(const Records& records, const std::string& id) {
  const auto found = std::find_if(records.begin(), records.end(), [&](const auto& record) { return record.id == id; });
  WARDWATCH_CHECK(found != records.end(), "the snapshot holds a workstream that names {}", id);
  return static_cast<std::size_t>(found - records.begin());
}

}  // namespace

IncidentFilter FilterOf(const DatasetRecord& record, std::size_t workstream) {
  WARDWATCH_CHECK(workstream < record.workstreams.size(), "workstream {} of {}", workstream, record.workstreams.size());
  const Workstream& of = record.workstreams[workstream];
  IncidentFilter filter;
  for (const Workstream::Entry& entry : of.entries) filter.categories.push_back(static_cast<CategoryIndex>(IndexOf(record.categories, entry.category)));
  std::sort(filter.categories.begin(), filter.categories.end());
  if (of.sources.empty()) {
    filter.sources.resize(record.sources.size());
    std::iota(filter.sources.begin(), filter.sources.end(), std::uint16_t{0});
  }
  for (const std::string& source : of.sources) filter.sources.push_back(static_cast<std::uint16_t>(IndexOf(record.sources, source)));
  std::sort(filter.sources.begin(), filter.sources.end());
  filter.window = of.window;
  filter.workstream = workstream;
  return filter;
}

}  // namespace geo
