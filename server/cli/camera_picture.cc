#include "server/cli/camera_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "geo/geodesy/british_grid.h"
#include "geo/io/write_raster.h"
#include "server/cli/geojson_parts.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

constexpr int kMostSide = 1600;
constexpr double kMarginM = 100;

using Colour = std::array<double, 3>;
using Outline = std::vector<std::pair<double, double>>;  // easting, northing

constexpr Colour kViewColour{31, 119, 180}, kPicked{214, 39, 40}, kStanding{8, 48, 107};

struct Bounds {
  double west = std::numeric_limits<double>::max(), south = west, east = std::numeric_limits<double>::lowest(), north = east;
  bool empty() const { return west > east; }
  void take(double easting_m, double northing_m, double margin_m) {
    west = std::min(west, easting_m - margin_m);
    east = std::max(east, easting_m + margin_m);
    south = std::min(south, northing_m - margin_m);
    north = std::max(north, northing_m + margin_m);
  }
};

class Canvas {
 public:
  explicit Canvas(const Bounds& bounds) : bounds_(bounds) {
    const double side_m = std::max(bounds.east - bounds.west, bounds.north - bounds.south);
    pixel_m_ = std::max(1.0, side_m / kMostSide);
    width_ = std::clamp(static_cast<int>(std::ceil((bounds.east - bounds.west) / pixel_m_)), 1, kMostSide);
    height_ = std::clamp(static_cast<int>(std::ceil((bounds.north - bounds.south) / pixel_m_)), 1, kMostSide);
    rgba_.assign(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_) * 4, 255);
  }

  void square(double easting_m, double northing_m, double half_m, const Colour& colour, double opacity) {
    fill({{easting_m - half_m, northing_m - half_m},
          {easting_m + half_m, northing_m - half_m},
          {easting_m + half_m, northing_m + half_m},
          {easting_m - half_m, northing_m + half_m}},
         colour, opacity);
  }
  double dot_half_m() const { return 4 * pixel_m_; }

  // Pixels whose middle lies inside, even and odd.
  void fill(const Outline& ring, const Colour& colour, double opacity) {
    std::vector<double> crossings;
    for (int line = 0; line < height_; ++line) {
      const double northing = bounds_.north - (line + 0.5) * pixel_m_;
      crossings.clear();
      for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto& [e0, n0] = ring[i];
        const auto& [e1, n1] = ring[(i + 1) % ring.size()];
        if ((n0 > northing) != (n1 > northing)) crossings.push_back(e0 + (northing - n0) / (n1 - n0) * (e1 - e0));
      }
      std::sort(crossings.begin(), crossings.end());
      for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) blend(line, column(crossings[i]), column(crossings[i + 1]), colour, opacity);
    }
  }
  geo::Result<std::string> png() const { return geo::PngBytes(width_, height_, rgba_); }

 private:
  // The first whose middle is not west of it.
  int column(double easting_m) const {
    return static_cast<int>(std::clamp(std::ceil((easting_m - bounds_.west) / pixel_m_ - 0.5), 0.0, static_cast<double>(width_)));
  }
  void blend(int line, int begin, int end, const Colour& colour, double opacity) {
    for (int at = begin; at < end; ++at) {
      std::uint8_t* pixel = &rgba_[(static_cast<std::size_t>(line) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(at)) * 4];
      for (std::size_t i = 0; i < 3; ++i) pixel[i] = static_cast<std::uint8_t>(std::lround(pixel[i] + opacity * (colour[i] - pixel[i])));
    }
  }
  Bounds bounds_;
  double pixel_m_ = 1;
  int width_ = 1, height_ = 1;
  std::vector<std::uint8_t> rgba_;
};

geo::Result<std::vector<Outline>> OutlinesOf(const CameraMap& map) {
  std::vector<Outline> outlines;
  if (map.views == nullptr || map.views->empty()) return outlines;
  const auto earth = geo::BritishGrid::Create();
  if (!earth) return geo::Fail(earth.error());
  for (const api::CameraView& view : *map.views) {
    for (const api::ViewOutline& outline : view.outlines()) {
      const auto shape = WoundGeometry(outline.geojson(), "Polygon", "the view of " + view.id());
      if (!shape) return geo::Fail(shape.error());
      Outline& ring = outlines.emplace_back();
      for (const Json& point : (*shape)["coordinates"][0]) {
        const geo::GridPoint at = earth->to_grid(geo::LatLng::FromDegrees(point[1].get<double>(), point[0].get<double>()));
        ring.emplace_back(at.easting_m(), at.northing_m());
      }
    }
  }
  return outlines;
}

}  // namespace

geo::Result<std::string> CameraPng(const CameraMap& map) {
  const auto outlines = OutlinesOf(map);
  if (!outlines) return geo::Fail(outlines.error());
  Bounds bounds;
  for (const MapCamera& camera : map.cameras) bounds.take(camera.easting_m, camera.northing_m, kMarginM);
  for (const Outline& outline : *outlines) {
    for (const auto& [easting, northing] : outline) bounds.take(easting, northing, 0);
  }
  if (bounds.empty()) {
    return geo::Fail({geo::ErrorCode::kFailedPrecondition, "--format", "NOTHING_TO_SHOW", "the answer holds no camera, so there is no picture of it"});
  }
  Canvas canvas(bounds);
  double heaviest = 0;
  if (map.cells != nullptr) {
    for (const api::DemandCell& cell : *map.cells) heaviest = std::max(heaviest, cell.weight());
    for (const api::DemandCell& cell : *map.cells) {
      canvas.square(cell.centre().easting_m(), cell.centre().northing_m(), map.cell_size_m / 2, {60, 60, 60}, 0.1 + 0.5 * cell.weight() / heaviest);
    }
  }
  for (const Outline& outline : *outlines) canvas.fill(outline, kViewColour, 0.35);
  for (const MapCamera& camera : map.cameras) {
    const bool picked = camera.mark >= '1' && camera.mark <= '9';
    canvas.square(camera.easting_m, camera.northing_m, canvas.dot_half_m(), picked ? kPicked : kStanding, 1);
  }
  return canvas.png();
}

}  // namespace server
