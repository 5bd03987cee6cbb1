#include "server/codec/selection_facts.h"

namespace server {
namespace {

double Share(std::int64_t part, std::int64_t whole) { return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole); }

}  // namespace

void SelectionFacts::add(const geo::IncidentColumns& incidents, std::uint32_t row) {
  ++selected;
  if (incidents.at[row] != geo::kUnlocated) ++located;
  if (incidents.to_minute[row] - incidents.from_minute[row] > geo::kMinutesPerDay) ++hour_unknown_selected;
}

double SelectionFacts::located_share() const { return Share(located, selected); }

double SelectionFacts::unknown_time_share() const { return Share(hour_unknown_selected + hour_unknown_dropped, selected + hour_unknown_dropped); }

geo::Result<SelectionFacts> MeasureSelection(const geo::DatasetSnapshot& data, geo::IncidentFilter filter, std::span<const geo::Period> periods,
                                             const geo::StopSignal& stop) {
  SelectionFacts facts;
  std::span<const geo::AreaIndex> area_of;
  if (filter.areas) area_of = data.vintages[filter.areas->vintage].area_of;
  for (const geo::Period period : periods) {
    filter.period = period;
    const auto selection = geo::SelectIncidents(data.incidents, area_of, filter, stop);
    if (!selection) return geo::Fail(selection.error());
    for (const auto row : selection->rows) facts.add(data.incidents, row);
    facts.hour_unknown_dropped += selection->unknown_hour;
  }
  return facts;
}

}  // namespace server
