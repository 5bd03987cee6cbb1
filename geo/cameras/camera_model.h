// What a camera's lens and picture can do: how wide it looks, how far at each level of detail, and for how much of the time.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/cameras/density_levels.h"
#include "geo/types/result.h"

namespace geo {

struct CameraModel {
  std::string id;
  int pixels = 1920;           // across the picture of one lens, 16..100,000
  double sensor_width_mm = 0;  // with focal_length_mm, unless the field of view is stated
  double focal_length_mm = 0;
  std::optional<double> field_of_view_deg;  // horizontal, as the maker states it; over 0, under 180
  double pan_deg = 0;                       // 0: fixed. Wider than the field of view: tours so many degrees, and looks each way for a share of the time
  double height_m = 4;                      // of the lens above ground, where a site states none; over 0, to 100
  double target_height_m = 0;               // of what is to be made out, 0 to height
  int sensors = 1;                          // lenses side by side, each with its own picture: the unit looks so many times as wide at once; 1..16
  std::optional<double> reach_m;            // on the ground, beyond which nothing is made out whatever the pixels (infra-red, trees); over 0
  std::string title;
  friend bool operator==(const CameraModel&, const CameraModel&) = default;
};

// 2 atan(sensor / (2 focal)). Errors on `field`: kInvalidArgument LENS_UNKNOWN where neither the field of view nor sensor and focal length are over 0,
// OUT_OF_RANGE for a stated field of view outside (0, 180). Of one lens.
Result<double> FieldOfViewDeg(const CameraModel& model, std::string_view field);

// How far `pixels` over a field of view keep `pixels_per_m` at right angles to the axis: pixels / (2 density tan(field of view / 2)).
double RangeAtDensityM(int pixels, double field_of_view_deg, double pixels_per_m);

// A view ends here whatever the lens: beyond it, haze and hills decide, of which this room knows nothing.
inline constexpr double kMostRangeM = 10'000;

// What a model does on its column.
struct CameraOptics {
  double field_of_view_deg = 0;        // of one lens
  double width_deg = 0;                // of the ground that it can see: all its lenses together, or what it pans over; to 360
  int time_share = 1000;               // per mille of the time that any one point of that ground is in the picture
  std::vector<double> ground_range_m;  // by level of the table: sqrt(range^2 - height^2), at most its reach; 0 where the range does not reach the ground
};

// `height_m`: of this column; nullopt: the model's own. Errors on `field`: those of FieldOfViewDeg, and kInvalidArgument OUT_OF_RANGE for pixels, height,
// target height, pan (0 to 360), sensors and reach.
// A camera that tours sees each point for what it takes in at once / pan of the time, rounded to a thousandth, at least one.
// Source: EN IEC 62676-4 (pixel density); ground range by Pythagoras from the height of the lens above the target.
Result<CameraOptics> OpticsOf(const CameraModel& model, DensityTable table, std::optional<double> height_m, std::string_view field);

}  // namespace geo
