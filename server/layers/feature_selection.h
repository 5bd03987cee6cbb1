// Which features of a table a request wants, and which page of them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "geo/types/stop_signal.h"
#include "server/layers/bbox.h"
#include "server/layers/collection.h"
#include "server/layers/feature_table.h"

namespace server {

// A filter over properties and geometry: what CQL2 becomes.
class FeatureFilter {
 public:
  virtual ~FeatureFilter() = default;
  virtual geo::Result<bool> keeps(const FeatureTable& table, std::size_t i) const = 0;
};

struct FeatureSelection {
  std::optional<Bbox> bbox;
  std::optional<InstantRange> instants;                     // of features that have one
  std::vector<std::pair<std::size_t, std::string>> equals;  // property and the text of its value
  std::shared_ptr<const FeatureFilter> filter;
  bool all() const { return !bbox && !instants && equals.empty() && !filter; }
};

// A value as a parameter of a request writes it: what `equals` compares with.
std::string TextOf(const FeatureValue& value);

// Indices into the table, ascending. Errors: those of `stop`, the filter's.
geo::Result<std::vector<std::uint32_t>> SelectFeatures(const FeatureTable& table, const Collection& collection, const FeatureSelection& selection,
                                                       const geo::StopSignal& stop);

}  // namespace server
