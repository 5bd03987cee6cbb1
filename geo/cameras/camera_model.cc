#include "geo/cameras/camera_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace geo {
namespace {

constexpr int kLeastPixels = 16, kMostPixels = 100'000;
constexpr int kMostSensors = 16;
constexpr double kMostHeightM = 100;

double RadiansOf(double degrees) { return degrees * std::numbers::pi / 180; }

Result<void> CheckModel(const CameraModel& model, double height_m, std::string_view field) {
  const auto bad = [&](std::string_view part, std::string message) { return Fail(InvalidArgument(fmt::format("{}.{}", field, part), std::move(message))); };
  if (model.pixels < kLeastPixels || model.pixels > kMostPixels) {
    return bad("pixels", fmt::format("camera {} has {} pixels across; it must be {} to {}", model.id, model.pixels, kLeastPixels, kMostPixels));
  }
  if (!(height_m > 0 && height_m <= kMostHeightM)) {
    return bad("height_m",
               fmt::format("camera {} is {} m high; it must be over 0, to {} m: measure from the ground to the lens", model.id, height_m, kMostHeightM));
  }
  if (!(model.target_height_m >= 0 && model.target_height_m <= height_m)) {
    return bad("target_height_m", fmt::format("camera {} is {} m high and its target {} m; the target must be 0 to the camera's height", model.id, height_m,
                                              model.target_height_m));
  }
  if (!(model.pan_deg >= 0 && model.pan_deg <= 360)) {
    return bad("pan_deg", fmt::format("camera {} pans {} degrees; it must be 0 (fixed) to 360", model.id, model.pan_deg));
  }
  if (model.sensors < 1 || model.sensors > kMostSensors) {
    return bad("sensors", fmt::format("camera {} has {} lenses; it must be 1 to {}", model.id, model.sensors, kMostSensors));
  }
  if (model.reach_m && !(*model.reach_m > 0 && *model.reach_m <= kMostRangeM)) {
    return bad("reach_m", fmt::format("camera {} reaches {} m; it must be over 0, to {} m, or be left out", model.id, *model.reach_m, kMostRangeM));
  }
  return {};
}

}  // namespace

Result<double> FieldOfViewDeg(const CameraModel& model, std::string_view field) {
  if (model.field_of_view_deg) {
    if (*model.field_of_view_deg > 0 && *model.field_of_view_deg < 180) return *model.field_of_view_deg;
    return Fail(
        InvalidArgument(fmt::format("{}.field_of_view_deg", field),
                        fmt::format("camera {} has a field of view of {} degrees; it must be over 0 and under 180", model.id, *model.field_of_view_deg)));
  }
  if (!(model.sensor_width_mm > 0 && std::isfinite(model.sensor_width_mm)) || !(model.focal_length_mm > 0 && std::isfinite(model.focal_length_mm))) {
    return Fail({ErrorCode::kInvalidArgument, fmt::format("{}.focal_length_mm", field), "LENS_UNKNOWN",
                 fmt::format("camera {} has a sensor of {} mm and a focal length of {} mm; both must be over 0, or state field_of_view_deg", model.id,
                             model.sensor_width_mm, model.focal_length_mm)});
  }
  return 2 * std::atan(model.sensor_width_mm / (2 * model.focal_length_mm)) * 180 / std::numbers::pi;
}

double RangeAtDensityM(int pixels, double field_of_view_deg, double pixels_per_m) {
  return pixels / (2 * pixels_per_m * std::tan(RadiansOf(field_of_view_deg) / 2));
}

Result<CameraOptics> OpticsOf(const CameraModel& model, DensityTable table, std::optional<double> height_m, std::string_view field) {
  const double height = height_m.value_or(model.height_m);
  if (auto checked = CheckModel(model, height, field); !checked) return Fail(checked.error());
  const auto width = FieldOfViewDeg(model, field);
  if (!width) return Fail(width.error());
  CameraOptics optics;
  optics.field_of_view_deg = *width;
  const double at_once_deg = std::min(360.0, *width * model.sensors);
  optics.width_deg = std::max(at_once_deg, model.pan_deg);
  if (model.pan_deg > at_once_deg) optics.time_share = std::max(1, static_cast<int>(std::lround(1000 * at_once_deg / model.pan_deg)));
  const double above_m = height - model.target_height_m;
  for (const DensityLevel& level : LevelsOf(table)) {
    const double range_m = RangeAtDensityM(model.pixels, *width, level.pixels_per_m);
    const double ground_m = range_m > above_m ? std::sqrt(range_m * range_m - above_m * above_m) : 0;
    optics.ground_range_m.push_back(std::min(ground_m, model.reach_m.value_or(kMostRangeM)));
  }
  return optics;
}

}  // namespace geo
