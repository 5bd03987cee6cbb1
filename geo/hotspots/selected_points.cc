#include "geo/hotspots/selected_points.h"

#include <algorithm>

namespace geo {

Result<SelectedPoints> SelectPoints(const DatasetSnapshot& data, const IncidentFilter& filter, Period period, const StopSignal& stop) {
  IncidentFilter in_period = filter;
  in_period.period = period;
  std::span<const AreaIndex> area_of;
  if (filter.areas) area_of = data.vintages[filter.areas->vintage].area_of;
  SelectedPoints selected;
  auto selection = SelectIncidents(data.incidents, area_of, in_period, stop);
  if (!selection) return Fail(selection.error());
  selected.selection = std::move(*selection);
  auto points = MergePoints(data.incidents, selected.selection, stop);
  if (!points) return Fail(points.error());
  selected.points = std::move(*points);
  return selected;
}

double WeightOfOne(const Selection& selection) {
  if (selection.weights.empty()) return 1;
  double sum = 0, squares = 0;
  for (const double weight : selection.weights) {
    sum += weight;
    squares += weight * weight;
  }
  return squares > 0 ? squares / sum : 1;
}

std::optional<AnalysedAreas> AreasOf(const DatasetSnapshot& data, const IncidentFilter& filter, std::size_t vintage) {
  if (filter.areas) return AnalysedAreas{&data.vintages[filter.areas->vintage].areas, filter.areas->areas};
  if (vintage >= data.vintages.size()) return std::nullopt;
  return AnalysedAreas{&data.vintages[vintage].areas, {}};
}

GridBox BoundsOf(const AnalysedAreas& analysed) {
  GridBox box;
  const auto areas = analysed.set->areas();
  for (std::size_t i = 0; i < areas.size(); ++i) {
    if (!analysed.areas.empty() && !std::binary_search(analysed.areas.begin(), analysed.areas.end(), static_cast<AreaIndex>(i))) continue;
    const GridBox one = BoundsOf(areas[i].shape);
    if (one.empty()) continue;
    box.extend(one.low);
    box.extend(one.high);
  }
  return box;
}

}  // namespace geo
