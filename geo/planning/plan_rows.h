// Which workstreams of a plan a row belongs to, and with what weight: looked up by category and source.
#pragma once

#include <vector>

#include "geo/planning/workstream_plan.h"

namespace geo {

class PlanRows {
 public:
  struct Use {
    std::size_t stream = 0;  // into WorkstreamPlan::streams
    double weight = 0;       // of one incident of this category
    const PlannedWorkstream* planned = nullptr;
  };
  PlanRows(const DatasetSnapshot& data, const WorkstreamPlan& plan) : data_(data), uses_(data.record.sources.size() * data.record.categories.size()) {
    for (std::size_t stream = 0; stream < plan.streams.size(); ++stream) {
      const PlannedWorkstream& planned = plan.streams[stream];
      for (const std::uint16_t source : planned.filter.sources) {
        for (std::size_t i = 0; i < planned.filter.categories.size(); ++i) {
          uses_[source * data.record.categories.size() + planned.filter.categories[i]].push_back({stream, planned.entry_weight[i], &planned});
        }
      }
    }
  }
  // By category and source; whether each takes the row depends on its flags.
  const std::vector<Use>& uses_of(std::size_t row) const {
    const std::size_t source = data_.incidents.files[data_.incidents.file[row]].source;
    return uses_[source * data_.record.categories.size() + data_.incidents.category[row]];
  }
  bool takes(const Use& use, std::size_t row) const { return use.planned->filter.takes(data_.incidents.flags[row]); }

 private:
  const DatasetSnapshot& data_;
  std::vector<std::vector<Use>> uses_;  // by source x categories + category
};

}  // namespace geo
