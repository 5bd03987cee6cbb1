#include "geo/snapshot/meets_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace geo {

Result<void> CheckMeetsData(const DatasetSnapshot& data, const IncidentFilter& filter, const char* field) {
  std::optional<Month> first, last;
  for (const SourceMonth& month : data.coverage.months) {
    if (!std::binary_search(filter.sources.begin(), filter.sources.end(), month.source)) continue;
    if (!first || month.month < *first) first = month.month;
    if (!last || month.month > *last) last = month.month;
  }
  if (!first || (filter.period.begin < last->next().first_day() && first->first_day() < filter.period.end)) return {};
  return Fail({ErrorCode::kFailedPrecondition, field, "NO_DATA",
               fmt::format("{} is {}; the selected sources have months from {} to {}", field, FormatPeriod(filter.period), FormatMonth(*first), FormatMonth(*last))});
}

}  // namespace geo
