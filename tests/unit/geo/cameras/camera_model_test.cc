#include "geo/cameras/camera_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace geo {
namespace {

CameraModel Camera(int pixels, double field_of_view_deg) {
  CameraModel model;
  model.id = "one";
  model.pixels = pixels;
  model.field_of_view_deg = field_of_view_deg;
  return model;
}

// The table of the guide, computed from the formula of EN 62676-4.
TEST(CameraModel, RangesOfTheTable) {
  struct Row {
    int pixels;
    double degrees, monitor, detect, observe, recognise, identify;
  };
  for (const Row& row :
       {Row{1920, 90, 77, 38, 15, 7.7, 3.8}, Row{1920, 60, 133, 67, 27, 13, 6.7}, Row{3840, 60, 266, 133, 53, 27, 13}, Row{1920, 5, 1759, 880, 352, 176, 88}}) {
    const auto levels = LevelsOf(DensityTable::k2014);
    const double expected[] = {row.monitor, row.detect, row.observe, row.recognise, row.identify};
    for (std::size_t level = 0; level < 5; ++level) {
      EXPECT_NEAR(RangeAtDensityM(row.pixels, row.degrees, levels[level].pixels_per_m), expected[level], expected[level] > 10 ? 0.501 : 0.0501)
          << levels[level].name;
    }
  }
}

TEST(CameraModel, FieldOfViewOfALens) {
  CameraModel model;
  model.sensor_width_mm = 4.8;
  model.focal_length_mm = 2.4;
  EXPECT_NEAR(FieldOfViewDeg(model, "models[0]").value(), 90, 1e-12);
  model.focal_length_mm = 4.8 / 2 / std::tan(30 * M_PI / 180);
  EXPECT_NEAR(FieldOfViewDeg(model, "models[0]").value(), 60, 1e-12);
  model.field_of_view_deg = 25;  // what is stated comes first
  EXPECT_EQ(FieldOfViewDeg(model, "models[0]").value(), 25);
}

TEST(CameraModel, GroundRangeIsTheOtherSideOfTheTriangle) {
  CameraModel model = Camera(1920, 90);  // 15.36 m at observe, 7.68 at recognise, 3.84 at identify
  model.height_m = 5;
  const auto optics = OpticsOf(model, DensityTable::k2014, std::nullopt, "m").value();
  EXPECT_NEAR(optics.ground_range_m[2], std::sqrt(15.36 * 15.36 - 25), 1e-9);
  EXPECT_NEAR(optics.ground_range_m[3], std::sqrt(7.68 * 7.68 - 25), 1e-9);
  EXPECT_EQ(optics.ground_range_m[4], 0) << "it hangs higher than it sees";
  model.target_height_m = 2;
  EXPECT_NEAR(OpticsOf(model, DensityTable::k2014, std::nullopt, "m")->ground_range_m[4], std::sqrt(3.84 * 3.84 - 9), 1e-9);
  EXPECT_NEAR(OpticsOf(model, DensityTable::k2014, 3.0, "m")->ground_range_m[2], std::sqrt(15.36 * 15.36 - 1), 1e-9) << "a column's own height";
}

TEST(CameraModel, BothEditionsByName) {
  const auto optics = OpticsOf(Camera(3840, 60), DensityTable::k2025, 1e-6, "m").value();
  ASSERT_EQ(optics.ground_range_m.size(), 7u);
  EXPECT_NEAR(optics.ground_range_m[0], 3840 / (40 * std::tan(M_PI / 6)), 1e-6);
  EXPECT_EQ(FindLevel(DensityTable::k2014, "inspect", "level").value(), 5);
  EXPECT_EQ(FindLevel(DensityTable::k2025, "perceive", "level").value(), 3);
  const auto missing = FindLevel(DensityTable::k2025, "recognise", "level");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().reason, "NO_SUCH_LEVEL");
  EXPECT_EQ(missing.error().message,
            "level is \"recognise\", which is no level of EN IEC 62676-4:2025; its levels are overview, outline, discern, perceive, characterise, validate, "
            "scrutinise");
}

TEST(CameraModel, ACameraThatToursSeesEachPlaceForAShareOfTheTime) {
  CameraModel model = Camera(1920, 60);
  EXPECT_EQ(OpticsOf(model, DensityTable::k2014, std::nullopt, "m")->time_share, 1000);
  model.pan_deg = 360;
  const auto optics = OpticsOf(model, DensityTable::k2014, std::nullopt, "m").value();
  EXPECT_EQ(optics.width_deg, 360);
  EXPECT_EQ(optics.time_share, 167);
  model.pan_deg = 30;  // narrower than what it sees at once
  EXPECT_EQ(OpticsOf(model, DensityTable::k2014, std::nullopt, "m")->width_deg, 60);
  EXPECT_EQ(OpticsOf(model, DensityTable::k2014, std::nullopt, "m")->time_share, 1000);
  model.field_of_view_deg = 0.01;
  model.pan_deg = 360;
  EXPECT_EQ(OpticsOf(model, DensityTable::k2014, std::nullopt, "m")->time_share, 1) << "never nothing";
  EXPECT_EQ(OpticsOf(model, DensityTable::k2014, std::nullopt, "m")->ground_range_m[0], kMostRangeM);
}

TEST(CameraModel, RefusesWhatNoCameraIs) {
  const auto refused = [](CameraModel model, const char* field, const char* reason) {
    const auto optics = OpticsOf(model, DensityTable::k2014, std::nullopt, "models[3]");
    ASSERT_FALSE(optics) << field;
    EXPECT_EQ(optics.error().field, std::string("models[3].") + field);
    EXPECT_EQ(optics.error().reason, reason);
    EXPECT_EQ(optics.error().code, ErrorCode::kInvalidArgument);
  };
  CameraModel model;
  refused(model, "focal_length_mm", "LENS_UNKNOWN");
  model.sensor_width_mm = 5;
  refused(model, "focal_length_mm", "LENS_UNKNOWN");
  model.focal_length_mm = 4;
  model.height_m = 0;
  refused(model, "height_m", "OUT_OF_RANGE");
  model.height_m = std::numeric_limits<double>::quiet_NaN();
  refused(model, "height_m", "OUT_OF_RANGE");
  model.height_m = 4;
  model.target_height_m = 5;
  refused(model, "target_height_m", "OUT_OF_RANGE");
  model.target_height_m = 0;
  model.pixels = 0;
  refused(model, "pixels", "OUT_OF_RANGE");
  model.pixels = 1920;
  model.pan_deg = 361;
  refused(model, "pan_deg", "OUT_OF_RANGE");
  model.pan_deg = 0;
  model.field_of_view_deg = 180;
  refused(model, "field_of_view_deg", "OUT_OF_RANGE");
}

}  // namespace
}  // namespace geo
