#include "geo/io/point_placer.h"

#include <bit>
#include <cmath>

#include "geo/types/check.h"

namespace geo {
namespace {

// Finaliser of SplitMix64 (Steele, Lea and Flood 2014) over both halves.
std::uint64_t HashOf(double x, double y) {
  std::uint64_t h = std::bit_cast<std::uint64_t>(x) * 0x9E3779B97F4A7C15ULL ^ std::bit_cast<std::uint64_t>(y);
  h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9ULL;
  h = (h ^ h >> 27) * 0x94D049BB133111EBULL;
  return h ^ h >> 31;
}

constexpr std::size_t kFirstSlots = std::size_t{1} << 16;

}  // namespace

PointPlacer::PointPlacer(const BritishGrid& grid, Crs crs) : grid_(grid), crs_(crs), slots_(kFirstSlots, 0) {}

std::uint32_t PointPlacer::intern(double x, double y) {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = HashOf(x, y) & mask;; slot = (slot + 1) & mask) {
    const std::uint32_t entry = slots_[slot];
    if (entry != 0) {
      if (x_[entry - 1] == x && y_[entry - 1] == y) return entry - 1;
      continue;
    }
    x_.push_back(x);
    y_.push_back(y);
    slots_[slot] = static_cast<std::uint32_t>(x_.size());
    if (x_.size() * 2 > slots_.size()) grow();
    return static_cast<std::uint32_t>(x_.size() - 1);
  }
}

void PointPlacer::grow() {
  std::vector<std::uint32_t> wider(slots_.size() * 2, 0);
  const std::size_t mask = wider.size() - 1;
  for (std::size_t i = 0; i < x_.size(); ++i) {
    std::size_t slot = HashOf(x_[i], y_[i]) & mask;
    while (wider[slot] != 0) slot = (slot + 1) & mask;
    wider[slot] = static_cast<std::uint32_t>(i + 1);
  }
  slots_ = std::move(wider);
}

std::vector<GridPoint> PointPlacer::place(std::span<const double> x, std::span<const double> y) {
  WARDWATCH_CHECK(x.size() == y.size(), "{} x, {} y", x.size(), y.size());
  constexpr std::uint32_t kNone = ~std::uint32_t{0};
  std::vector<std::uint32_t> index(x.size(), kNone);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!std::isnan(x[i])) index[i] = intern(x[i], y[i]);
  }
  const std::size_t known = points_.size();
  std::vector<double> east(x_.begin() + static_cast<std::ptrdiff_t>(known), x_.end());
  std::vector<double> north(y_.begin() + static_cast<std::ptrdiff_t>(known), y_.end());
  if (crs_ == Crs::kWgs84) grid_.to_grid(east, north);
  for (std::size_t i = 0; i < east.size(); ++i) {
    const bool on_grid = std::abs(east[i]) <= kMaxMeters && std::abs(north[i]) <= kMaxMeters;
    points_.push_back(on_grid ? GridPoint::FromMeters(east[i], north[i]) : kOffGrid);
  }
  std::vector<GridPoint> out(x.size(), kUnlocated);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (index[i] != kNone) out[i] = points_[index[i]];
  }
  return out;
}

}  // namespace geo
