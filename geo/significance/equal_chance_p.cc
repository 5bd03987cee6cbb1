#include "geo/significance/equal_chance_p.h"

#include <algorithm>
#include <bit>
#include <boost/math/special_functions/beta.hpp>
#include <unordered_map>

#include "geo/significance/compensated_sum.h"
#include "geo/significance/raster_sums.h"
#include "geo/types/check.h"

namespace geo {
namespace {

constexpr std::size_t kBetweenStopChecks = 4'096;
constexpr std::size_t kMostRemembered = 1'000'000;  // 50 MB

// P(X >= x) and P(X <= x) of a binomial variable, continued between the whole numbers by the incomplete beta function.
double TwoSided(double trials, double chance, double sum) {
  const double x = std::clamp(sum, 0.0, trials);  // sums of fractions may round past either end
  const double at_least = x <= 0 ? 1 : boost::math::ibeta(x, trials - x + 1, chance);
  const double at_most = x >= trials ? 1 : boost::math::ibetac(x + 1, trials - x, chance);
  return std::min(1.0, 2 * std::min(at_least, at_most));
}

// One binomial for every place (Gi*), or for every value that is left out (Gi).
class EqualChance {
 public:
  EqualChance(double total, std::int64_t places, double unit) : total_(total), places_(places), unit_(unit) {}
  double p(double sum, std::int64_t cells, double left_out, bool self) {
    const double total = self ? total_ : total_ - left_out;
    const auto places = static_cast<double>(self ? places_ : places_ - 1);
    if (!(total > 0) || static_cast<double>(cells) >= places) return 1;
    const auto make = [&] { return TwoSided(total / unit_, static_cast<double>(cells) / places, sum / unit_); };
    if (!self && left_out != 0) return make();
    const Key key{std::bit_cast<std::uint64_t>(sum), cells};
    const auto known = known_.find(key);
    if (known != known_.end()) return known->second;
    const double made = make();
    if (known_.size() < kMostRemembered) known_.emplace(key, made);
    return made;
  }

 private:
  struct Key {
    std::uint64_t sum;
    std::int64_t cells;
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const {
      return static_cast<std::size_t>((key.sum ^ static_cast<std::uint64_t>(key.cells) << 52) * 0x9E3779B97F4A7C15ULL >> 7);
    }
  };
  const double total_;
  const std::int64_t places_;
  const double unit_;
  std::unordered_map<Key, double, Hash> known_;
};

double TotalOf(std::span<const double> values, std::span<const std::uint8_t> taken) {
  CompensatedSum total;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (taken.empty() || taken[i] != 0) total.add(values[i]);
  }
  return total.value();
}

}  // namespace

Result<std::vector<double>> EqualChanceP(std::span<const double> values, const Neighbours& neighbours, std::span<const LocalZ> scores, bool self, double unit,
                                         const StopSignal& stop) {
  WARDWATCH_CHECK(values.size() == neighbours.size() && values.size() == scores.size() && unit > 0, "{} values, neighbours of {}, {} scores, unit {}",
                  values.size(), neighbours.size(), scores.size(), unit);
  EqualChance chance(TotalOf(values, {}), static_cast<std::int64_t>(values.size()), unit);
  std::vector<double> p(values.size(), 1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i % kBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    if (scores[i].status != LocalStatus::kDefined) continue;
    double sum = self ? values[i] : 0;
    for (const std::uint32_t j : neighbours[i]) sum += values[j];
    p[i] = chance.p(sum, static_cast<std::int64_t>(neighbours[i].size()) + (self ? 1 : 0), values[i], self);
  }
  return p;
}

Result<std::vector<double>> EqualChancePOnRaster(std::span<const double> values, std::span<const std::uint8_t> analysed, const RasterFrame& frame,
                                                 const GetisOrdRaster& how, std::span<const LocalZ> scores, double unit, const StopSignal& stop) {
  WARDWATCH_CHECK(how.radius_cells >= 0 && values.size() == frame.size() && analysed.size() == values.size() && scores.size() == values.size() && unit > 0,
                  "{} values, {} marks, {} scores, frame of {}, unit {}", values.size(), analysed.size(), scores.size(), frame.size(), unit);
  EqualChance chance(TotalOf(values, analysed), std::count(analysed.begin(), analysed.end(), 1), unit);
  std::vector<double> p(values.size(), 1);
  if (p.empty()) return p;
  const RasterReach reach(how, frame);
  const std::int64_t strip = std::max<std::int64_t>(64, reach.up);
  for (std::int64_t first = 0; first < reach.rows; first += strip) {
    if (stop.stop_requested()) return Fail(stop.reason());
    const std::int64_t end = std::min(reach.rows, first + strip);
    RasterSums<double> sums(reach, first, end, [&](std::size_t i) { return analysed[i] != 0 ? values[i] : 0; });
    RasterSums<std::int32_t> counts(reach, first, end, [&](std::size_t i) { return std::int32_t{analysed[i] != 0}; });
    for (std::int64_t row = first; row < end; ++row) {
      if (stop.stop_requested()) return Fail(stop.reason());
      const std::vector<double>& around = sums.row(row, false);
      const std::vector<std::int32_t>& cells = counts.row(row, false);
      for (std::size_t column = 0; column < around.size(); ++column) {
        const std::size_t i = static_cast<std::size_t>(row * reach.columns) + column;
        if (scores[i].status != LocalStatus::kDefined) continue;
        const double left_out = values[i];
        p[i] = how.self ? chance.p(around[column], cells[column], left_out, true) : chance.p(around[column] - left_out, cells[column] - 1, left_out, false);
      }
    }
  }
  return p;
}

}  // namespace geo
