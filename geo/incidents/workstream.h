// A workstream: one priority of a partnership's plan as a question that can be asked again, the same for everybody.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/incidents/time_window.h"

namespace geo {

// How freely places may be shown, as the partnership judges it.
enum class SensitivityTier : std::uint8_t { kLow, kMid, kHigh, kVeryHigh };

// What the position of an incident is: where it happened, or where the one who reported it lives.
enum class LocationRole : std::uint8_t { kIncident, kComplainant };

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
  TimeWindow window;
  std::string window_id;           // of DatasetRecord::time_windows, whose window it has; empty where it has hours of its own, or none
  std::vector<std::string> views;  // sorted ids of other time windows that a question about it may ask for instead
  std::vector<std::string> flags_with, flags_without;  // sorted ids of flags that its incidents must have, and must not have
  std::vector<LocationRole> location_roles{LocationRole::kIncident};  // sorted, at least one: incidents whose position is anything else take no part
  std::vector<std::string> denominators;  // sorted measures that its counts are divided by where areas are told, beside the ground; empty: residents
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
