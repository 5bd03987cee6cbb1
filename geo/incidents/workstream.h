// A workstream: one priority of a partnership's plan as a question that can be asked again, the same for everybody.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/incidents/time_of_week.h"

namespace geo {

// How freely places may be shown, as the partnership judges it.
enum class SensitivityTier : std::uint8_t { kLow, kMid, kHigh, kVeryHigh };

struct Workstream {
  struct Entry {
    std::string category;
    double weight = 1;  // 0 or more, finite: what one incident counts for when places are targeted; over 0 in one entry at least, unless a layer apart
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  // The share of residents who named it in a consultation, with its own 95 % interval, each 0..1.
  struct Concern {
    double share = 0, low = 0, high = 0;
    friend bool operator==(const Concern&, const Concern&) = default;
  };
  std::string id;                    // "night-violence"
  std::string title;                 // "Violence at night"
  std::string priority;              // the plan's heading: "Alcohol and violence"
  std::vector<Entry> entries;        // sorted by category, at least one; those of the workstreams that it includes are among them
  std::vector<std::string> sources;  // sorted; empty: all
  TimeOfWeek window;
  bool targeting = true;  // false: activity-driven (what it counts follows where police look), a layer apart that targets nothing
  std::string proxy;      // what the data stands in for, and why: empty where it is the thing itself
  std::string caveat;     // what to say beside every answer; may be empty
  SensitivityTier tier = SensitivityTier::kLow;
  double cell_size_m = 250;
  int minimum_count = 3;
  std::optional<Concern> concern;
  friend bool operator==(const Workstream&, const Workstream&) = default;
};

}  // namespace geo
