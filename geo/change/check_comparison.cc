#include "geo/change/check_comparison.h"

#include <fmt/format.h>

#include "geo/snapshot/meets_data.h"

namespace geo {

Result<void> CheckComparison(const DatasetSnapshot& data, const IncidentFilter& filter, std::size_t vintage, double false_discovery_rate) {
  if (vintage >= data.vintages.size()) {
    return Fail({ErrorCode::kInvalidArgument, "vintage", "NO_SUCH_VINTAGE", fmt::format("the dataset has {} sets of boundaries", data.vintages.size())});
  }
  if (filter.areas && filter.areas->vintage != vintage) {
    return Fail({ErrorCode::kInvalidArgument, "filter.areas.vintage", "OTHER_VINTAGE",
                 fmt::format("filter.areas is of {}, the comparison of {}; name the same boundaries in both",
                             data.vintages.at(filter.areas->vintage).areas.vintage(), data.vintages[vintage].areas.vintage())});
  }
  if (!(false_discovery_rate > 0 && false_discovery_rate <= 0.5)) {
    return Fail(InvalidArgument("false_discovery_rate", fmt::format("false_discovery_rate is {}; it must be over 0 and at most 0.5", false_discovery_rate)));
  }
  return {};
}

Result<void> CheckComparedPeriod(const DatasetSnapshot& data, IncidentFilter filter, Period period, const std::string& field) {
  if (period.begin >= period.end) {
    return Fail(InvalidArgument(field, fmt::format("{} is {}, which has no days; end it after it begins", field, FormatPeriod(period))));
  }
  filter.period = period;
  if (auto answerable = CheckAnswerable(data.record, filter); !answerable) {
    Error error = answerable.error();
    if (error.field == "period") error.field = field;
    return Fail(std::move(error));
  }
  return CheckMeetsData(data, filter, field.c_str());
}

Result<void> CheckApart(Period one, const std::string& one_field, Period other, const std::string& other_field) {
  if (one.begin >= other.end || other.begin >= one.end) return {};
  return Fail(InvalidArgument(other_field, fmt::format("{} is {}, which overlaps {}, {}; an incident may be counted once only", other_field, FormatPeriod(other),
                                                       one_field, FormatPeriod(one))));
}

}  // namespace geo
