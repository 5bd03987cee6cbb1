// How a caller tells long work to end: cancelled, or out of time. geo has no clock of its own, so the caller supplies both.
#pragma once

#include "geo/types/result.h"

namespace geo {

class StopSignal {
 public:
  virtual ~StopSignal() = default;
  // Cheap enough to ask every few thousand operations. Work must ask at least every 5 ms.
  virtual bool stop_requested() const = 0;
  // kCancelled or kDeadlineExceeded, once stop_requested() is true.
  virtual Error reason() const = 0;
};

// For tests, tools and the loader: never stops.
class NeverStop final : public StopSignal {
 public:
  bool stop_requested() const override { return false; }
  Error reason() const override { return {ErrorCode::kInternal, "", "NOT_STOPPED", "nothing asked this work to stop"}; }
};

}  // namespace geo
