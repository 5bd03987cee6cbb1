#include "server/codec/selection_facts.h"

namespace server {
namespace {

double Share(std::int64_t part, std::int64_t whole) { return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole); }

}  // namespace

void SelectionFacts::add(const geo::IncidentColumns& incidents, std::uint32_t row) {
  ++selected;
  if (incidents.at[row] != geo::kUnlocated) ++located;
  if (!incidents.hour_known(row)) ++hour_unknown_selected;
}

double SelectionFacts::located_share() const { return Share(located, selected); }

double SelectionFacts::unknown_time_share() const { return Share(hour_unknown_selected + hour_unknown_dropped, selected + hour_unknown_dropped); }

}  // namespace server
