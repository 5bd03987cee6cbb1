#include "geo/placement/incident_demand.h"

#include <fmt/format.h>

namespace geo {
namespace {

constexpr const char* kDays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

double CategoryWeight(const IncidentFilter& filter, CategoryIndex category) { return filter.weights ? filter.weights->weight[category] : 1; }

class DemandBuilder {
 public:
  DemandBuilder(const DatasetSnapshot& data, const IncidentFilter& filter, const std::optional<HourBlocks>& blocks)
      : incidents_(data.incidents), record_(data.record), filter_(filter), blocks_(blocks) {}

  void add(std::size_t row, double weight) {
    const SourceRecord& source = record_.sources[incidents_.files[incidents_.file[row]].source];
    DemandPoint point;
    point.at = incidents_.at[row];
    point.category = incidents_.category[row];
    point.precision_m = source.precision_m;
    ++out_.selected;
    if (point.at != kUnlocated) {
      ++out_.located;
      out_.demand.snapped = out_.demand.snapped || source.snapped;
    }
    if (!incidents_.hour_known(row)) {
      ++out_.hour_unknown;
      return push(point, weight, -1, row);
    }
    if (!blocks_) return push(point, weight, 0, row);
    SpreadOverBlocks(*blocks_, PlacedWindow(filter_, point.at), incidents_.from_minute[row], incidents_.to_minute[row], shares_);
    for (const BlockShare& share : shares_) push(point, CategoryWeight(filter_, incidents_.category[row]) * share.share, share.block, row);
  }

  IncidentDemand take() { return std::move(out_); }

 private:
  void push(DemandPoint point, double weight, std::int32_t block, std::size_t row) {
    point.weight = weight;
    point.block = block;
    out_.demand.points.push_back(point);
    out_.days.push_back(DayOfMinute(incidents_.from_minute[row]));
  }

  const IncidentColumns& incidents_;
  const DatasetRecord& record_;
  const IncidentFilter& filter_;
  const std::optional<HourBlocks>& blocks_;
  std::vector<BlockShare> shares_;
  IncidentDemand out_;
};

}  // namespace

Result<IncidentDemand> DemandOf(const DatasetSnapshot& data, const IncidentFilter& filter, const std::optional<HourBlocks>& blocks, std::string title,
                                const StopSignal& stop) {
  if (auto answerable = CheckAnswerable(data.record, filter); !answerable) return Fail(answerable.error());
  static const std::vector<AreaIndex> kNoJoin;
  const auto& join = filter.areas ? data.vintages[filter.areas->vintage].area_of : kNoJoin;
  const auto selected = SelectIncidents(data.incidents, join, filter, stop);
  if (!selected) return Fail(selected.error());
  DemandBuilder builder(data, filter, blocks);
  for (std::size_t i = 0; i < selected->rows.size(); ++i) builder.add(selected->rows[i], selected->weight(i));
  IncidentDemand out = builder.take();
  out.hour_unknown_dropped = selected->unknown_hour;
  out.unweighted = selected->unweighted;
  out.demand.title = std::move(title);
  for (const Category& category : data.record.categories) out.demand.categories.push_back(category.id);
  for (const TimeOfWeek& window : WindowsOf(blocks)) out.demand.blocks.push_back(NameOfWindow(window));
  return out;
}

std::vector<TimeOfWeek> WindowsOf(const std::optional<HourBlocks>& blocks) {
  if (!blocks) return {TimeOfWeek{}};
  std::vector<TimeOfWeek> windows;
  for (int block = 0; block < blocks->size(); ++block) windows.push_back(WindowOf(*blocks, block));
  return windows;
}

std::string NameOfWindow(const TimeOfWeek& window) {
  if (window.always()) return "the whole week";
  std::string days;
  for (std::size_t day = 0; day < 7; ++day) {
    if ((window.weekdays >> day & 1) != 0) days += (days.empty() ? "" : ",") + std::string(kDays[day]);
  }
  return fmt::format("{} {:02}:{:02}-{:02}:{:02}", days, window.begin_minute / 60, window.begin_minute % 60, window.end_minute / 60, window.end_minute % 60);
}

}  // namespace geo
