// The features of one collection for one question: computed once, disclosed, and then read in any order by any number of readers.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "geo/types/result.h"
#include "server/layers/feature.h"
#include "wardwatch/v1/common.pb.h"

namespace server {

// Immutable and thread-safe. Holds the snapshot that it was made from.
class FeatureTable {
 public:
  virtual ~FeatureTable() = default;
  virtual std::size_t size() const = 0;
  // Error: kInternal when PROJ cannot be used.
  virtual geo::Result<Feature> feature(std::size_t i) const = 0;
  // One value, without the rest of the feature.
  virtual FeatureValue value(std::size_t i, std::size_t property) const = 0;
  // Empty for a feature without a geometry.
  virtual geo::GridBox bounds(std::size_t i) const = 0;
  virtual FeatureGeometry geometry(std::size_t i) const = 0;
  virtual std::optional<std::size_t> find(const std::string& id) const = 0;
  // How to read the answer; the same facts as the RPC that answers the same question. Without an answer hash: these are features, not that answer's bytes.
  virtual const wardwatch::v1::AnswerContext& context() const = 0;
  // About how much memory it takes, for the cache.
  virtual std::size_t bytes() const = 0;
};

using TablePtr = std::shared_ptr<const FeatureTable>;

}  // namespace server
