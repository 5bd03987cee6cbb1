// How much is in view, in how much detail, by how many cameras, when.
#pragma once

#include <string>
#include <vector>

#include "geo/placement/certificate.h"
#include "geo/types/stop_signal.h"

namespace geo {

// Weight by level of the scene's table, by cameras that see it at that level or finer (0, 1, 2 or more), by hour block; the last block is of unknown hour.
struct DetailLevels {
  static constexpr std::size_t kTimes = 3;
  std::vector<std::string> levels;
  std::size_t blocks = 1;      // with the unknown
  std::vector<double> weight;  // [(level x kTimes + times) x blocks + block]; without position: seen by 0
  double at(std::size_t level, std::size_t times, std::size_t block) const { return weight[(level * kTimes + times) * blocks + block]; }
  double total = 0, located = 0;
  std::vector<SpotLeftOut> left_out;
  CameraCertificate certificate;  // at the coarsest level
};

// Of the scene's working cameras. By time: a camera that tours sees a place for its share, and two see it at once for what their
// shares add up to beyond one. The blocks and times of a level add up to `total`.
// Errors: those of CheckScene; SNAPPED_POINTS, PRECISION_COARSER_THAN_RANGE where even the longest range at the coarsest level is finer than the data;
// stop.reason().
Result<DetailLevels> CountDetailLevels(const CameraScene& scene, const StopSignal& stop);

}  // namespace geo
