// A layer to filter, and rows of it written out.
#pragma once

#include <limits>
#include <map>
#include <string>
#include <vector>

#include "geo/filters/filter.h"

namespace support {

inline geo::FilterSchema TownSchema(geo::FilterCrs crs = geo::FilterCrs::kCrs84) {
  using geo::QueryableType;
  return {.queryables = {{"category", QueryableType::kText},
                         {"count", QueryableType::kNumber},
                         {"night", QueryableType::kBoolean},
                         {"datetime", QueryableType::kTime},
                         {"geometry", QueryableType::kGeometry},
                         {"in", QueryableType::kText},
                         {"odd \"name", QueryableType::kNumber},
                         {"upto", QueryableType::kTime}},
          .local_from_utc = {},
          .crs = crs};
}

// Values by place in TownSchema; what is not set is null.
class TownRow final : public geo::FilterRow {
 public:
  TownRow& text(std::size_t i, std::string value) {
    texts_[i] = std::move(value);
    return *this;
  }
  TownRow& number(std::size_t i, double value) {
    numbers_[i] = value;
    return *this;
  }
  TownRow& flag(std::size_t i, bool value) {
    flags_[i] = value;
    return *this;
  }
  TownRow& time(std::size_t i, std::int64_t begin_s, std::int64_t end_s) {
    times_[i] = {begin_s, end_s};
    return *this;
  }
  TownRow& at(geo::PlaneShape degrees) {
    shape_ = std::move(degrees);
    nowhere_ = false;
    return *this;
  }

  geo::FilterValue value(std::size_t i) const override {
    if (const auto found = texts_.find(i); found != texts_.end()) return std::string_view(found->second);
    if (const auto found = numbers_.find(i); found != numbers_.end()) return found->second;
    if (const auto found = flags_.find(i); found != flags_.end()) return found->second;
    if (const auto found = times_.find(i); found != times_.end()) return found->second;
    return std::monostate{};
  }
  const geo::PlaneShape* shape(std::size_t i, geo::FilterSpace) const override { return nowhere_ || i != 4 ? nullptr : &shape_; }

  const std::map<std::size_t, std::string>& texts() const { return texts_; }

 private:
  std::map<std::size_t, std::string> texts_;
  std::map<std::size_t, double> numbers_;
  std::map<std::size_t, bool> flags_;
  std::map<std::size_t, geo::TimeSpan> times_;
  geo::PlaneShape shape_;
  bool nowhere_ = true;
};

}  // namespace support
