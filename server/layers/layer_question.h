// What a layer is asked: which days, which incidents. Defaults filled in, so that one question has one form.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/disclosure/disclosed.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "geo/types/result.h"
#include "wardwatch/v1/common.pb.h"

namespace server {

// Closed on both sides, in minutes of the local clock; an open side has no value.
struct InstantRange {
  std::optional<geo::LocalMinute> first;
  std::optional<geo::LocalMinute> last;
  bool instant = false;  // one point of time
};

struct LayerQuestion {
  std::optional<geo::Period> period;     // none: the time asked for meets no day of the data, and there is nothing to show
  std::optional<InstantRange> instants;  // as asked; for features that have an instant of their own
  std::vector<std::string> categories;   // sorted; none: all
  std::string workstream;
  geo::Role role = geo::Role::kAnalyst;  // who asks; a part of the question, so that no cache can mix roles

  // One text for one question about days.
  std::string canonical() const;
  // And of one about instants too: of features that have one of their own (CollectionKind::has_instants).
  std::string canonical_to_the_minute() const;
  void fill(wardwatch::v1::IncidentFilter& filter) const;
};

// Of a whole dataset.
struct DataExtent {
  geo::Period days;  // first month to last month with data
};
DataExtent ExtentOf(const geo::DatasetSnapshot& data);

// The latest calendar year that the data covers to its end; the twelve months that end with its last month where there is none.
geo::Period LatestWholeYear(const geo::DatasetSnapshot& data);

// `datetime` as OGC API - Features has it: an instant, or "begin/end" with ".." or nothing for an open side; RFC 3339, or a date of the local calendar. Years
// that no data may have (before 1900, after 2199) are good, and become a minute just outside of them.
// Error: kInvalidArgument on "datetime".
geo::Result<InstantRange> DecodeDatetime(std::string_view text, const std::string& time_zone);

// The days that a time asks for: those that an interval meets, within the data; the calendar year of an instant. An end at midnight does not meet the day that
// it begins. None where the data has no such day. Error: kInvalidArgument over ten years.
geo::Result<std::optional<geo::Period>> PeriodOf(const InstantRange& range, const geo::DatasetSnapshot& data);

// The one day of what stands (CollectionKind::standing): that to which the data is complete, whose first minute on the local clock is the instant of every
// feature. None where a time was asked for that does not hold this instant.
geo::Period StandingDay(const geo::DatasetSnapshot& data);
std::optional<geo::Period> StandingPeriod(const std::optional<InstantRange>& asked, const geo::DatasetSnapshot& data);

// The question with what was left out: the latest whole year, or of what stands its day.
geo::Result<LayerQuestion> MakeLayerQuestion(const std::string& datetime, const std::string& category, const std::string& workstream,
                                             const geo::DatasetSnapshot& data, bool standing = false);

// "2024-01-01T00:00:00Z" of a minute on the local clock. The first of two where the clock repeats it.
std::string UtcText(geo::LocalMinute minute, const std::string& time_zone);
// The inverse, of such text and of a minute since 1970 in UTC.
std::optional<geo::LocalMinute> LocalMinuteOf(std::string_view utc_text, const std::string& time_zone);
geo::LocalMinute LocalMinuteOf(geo::LocalMinute utc_minute, const std::string& time_zone);

}  // namespace server
