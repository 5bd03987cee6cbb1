// Which incidents a question is about, and how much of each: the filter that every service shares.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/areas/area_set.h"
#include "geo/incidents/dataset_record.h"
#include "geo/incidents/daylight.h"
#include "geo/incidents/incident_columns.h"
#include "geo/types/stop_signal.h"

namespace geo {

// Names already resolved to indices. Empty `categories` or `sources` never reach here: the decoder fills in all.
struct IncidentFilter {
  std::vector<CategoryIndex> categories;  // sorted
  std::vector<std::uint16_t> sources;     // sorted
  Period period;
  TimeWindow window;
  // Areas to keep, sorted, of one vintage; nullopt keeps everything, unlocated and outside included.
  struct AreaFilter {
    std::size_t vintage = 0;
    std::vector<AreaIndex> areas;
  };
  std::optional<AreaFilter> areas;
  // Weights by category, of DatasetRecord::weight_tables[table]; nullopt weighs every incident 1. Built by WeightsOf.
  struct CategoryWeights {
    std::size_t table = 0;
    std::vector<double> weight;       // one per category; 0 where it has none
    std::vector<std::uint8_t> known;  // one per category: 1 where the table has it
  };
  std::optional<CategoryWeights> weights;
  std::optional<std::size_t> workstream;  // of DatasetRecord::workstreams, where categories, sources, flags and window are its; for who tells what was asked
  std::optional<std::size_t> time_window;  // of DatasetRecord::time_windows, where the window is its
  FlagBits flags_with = 0, flags_without = 0;  // all of the first, none of the second
  const Daylight* daylight = nullptr;      // of the snapshot; needed where window.light is not kAny

  bool takes(FlagBits flags) const { return (flags & flags_with) == flags_with && (flags & flags_without) == 0; }
};

// The weights of record.weight_tables[table] for the record's categories, in their order. Precondition: table < record.weight_tables.size().
IncidentFilter::CategoryWeights WeightsOf(const DatasetRecord& record, std::size_t table);

// A window where it is asked about: light depends on the place.
struct PlacedWindow {
  const TimeWindow& window;
  const Daylight* daylight = nullptr;  // needed where window.light is not kAny
  GridPoint at = kUnlocated;
  PlacedWindow(const TimeWindow& of) : window(of) {}  // implicit: for windows without light
  PlacedWindow(const TimeWindow& of, const Daylight* light, GridPoint place) : window(of), daylight(light), at(place) {}
  PlacedWindow(const IncidentFilter& filter, GridPoint place) : window(filter.window), daylight(filter.daylight), at(place) {}
};

// Share of the incident's window [from, to) that lies in the time window, 0..1 (aoristic weighting, Ratcliffe 2000): a minute is in or out, a burglary
// between 18:00 and 06:00 is half in an evening that ends at midnight. Incidents whose window is a whole day or longer have no known hour and return
// 0 for any filter by hour or light; a filter by weekday or date alone returns 0 for those over a day only.
// Exact for windows of whole minutes: a ratio of two integers, rounded once.
double WindowShare(const PlacedWindow& window, LocalMinute from, LocalMinute to);
// Of a row: 1 where the filter has no window.
double WindowShareOf(const IncidentFilter& filter, const IncidentColumns& incidents, std::size_t row);

// Rows that the filter keeps, in row order, with the weight of each: its share of the window times its category's weight (1 when the filter has neither).
struct Selection {
  std::vector<std::uint32_t> rows;
  std::vector<double> weights;         // empty when every weight is 1
  std::int64_t unknown_hour = 0;       // rows that all else kept, dropped because their window is too long for the time of week (see WindowShare)
  std::int64_t kept_without_hour = 0;  // of `rows`, those whose own window does not tell the hour (IncidentColumns::hour_known)
  // Rows that all else kept, the window included, dropped because the weight table has none for their category. A weight of zero is a weight: such rows stay.
  std::int64_t unweighted = 0;
  double weight(std::size_t i) const { return weights.empty() ? 1.0 : weights[i]; }
  double total_weight() const;
};

// `area_of` is the join of filter.areas->vintage, one per row; ignored without an area filter.
// Errors: kCancelled, kDeadlineExceeded. Cost: one pass over the rows of the period.
Result<Selection> SelectIncidents(const IncidentColumns& incidents, std::span<const AreaIndex> area_of, const IncidentFilter& filter, const StopSignal& stop);

// Can these sources answer this filter at all? kFailedPrecondition HOUR_UNKNOWN when a time window is asked of sources that know only the month
// (or an hour window of sources that know only the date), PERIOD_FINER_THAN_DATA when a period cuts a month of a source that knows only months, FLAG_UNKNOWN
// when a flag is asked of sources that do not tell it, DATES_UNKNOWN when the period reaches beyond the days for which the window's dates are known. The
// message names the sources at fault and those that could answer. A workstream may leave out by a flag that a source does not tell: its proxy says so.
Result<void> CheckAnswerable(const DatasetRecord& record, const IncidentFilter& filter);

}  // namespace geo
