// How a caller tells long work to end (cancelled, or out of time), and how long work tells the caller how far it is. geo has no clock of its own, so the caller
// supplies both.
#pragma once

#include <cstdint>
#include <string_view>

#include "geo/types/result.h"

namespace geo {

class StopSignal {
 public:
  virtual ~StopSignal() = default;
  // Cheap enough to ask every few thousand operations. Work must ask at least every 5 ms. Thread-safe.
  virtual bool stop_requested() const = 0;
  // kCancelled or kDeadlineExceeded, once stop_requested() is true.
  virtual Error reason() const = 0;
  // `done` of `of` equal steps of `stage` ("density", "permutations") are behind us. For callers that show progress; others ignore it. Thread-safe; `done` of
  // one stage may arrive out of order. Work that may take over 100 ms says so at every hundredth or oftener.
  virtual void progressed(std::string_view /*stage*/, std::int64_t /*done*/, std::int64_t /*of*/) const {}
  // The best that a search has found so far, and what nothing can exceed, in the units of its answer. Called on the thread that searches.
  virtual void searched(double /*value*/, double /*bound*/) const {}
};

// For tests, tools and the loader: never stops.
class NeverStop final : public StopSignal {
 public:
  bool stop_requested() const override { return false; }
  Error reason() const override { return {ErrorCode::kInternal, "", "NOT_STOPPED", "nothing asked this work to stop"}; }
};

}  // namespace geo
