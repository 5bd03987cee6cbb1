#include <algorithm>

#include "geo/incidents/selection.h"
#include "geo/types/check.h"

namespace geo {

IncidentFilter::CategoryWeights WeightsOf(const DatasetRecord& record, std::size_t table) {
  WARDWATCH_CHECK(table < record.weight_tables.size(), "weight table {} of {}", table, record.weight_tables.size());
  const std::vector<WeightTable::Entry>& entries = record.weight_tables[table].entries;
  IncidentFilter::CategoryWeights out{table, {}, {}};
  out.weight.reserve(record.categories.size());
  out.known.reserve(record.categories.size());
  for (const Category& category : record.categories) {
    const auto entry = std::find_if(entries.begin(), entries.end(), [&](const WeightTable::Entry& e) { return e.category == category.id; });
    out.known.push_back(entry == entries.end() ? 0 : 1);
    out.weight.push_back(entry == entries.end() ? 0 : entry->weight);
  }
  return out;
}

}  // namespace geo
