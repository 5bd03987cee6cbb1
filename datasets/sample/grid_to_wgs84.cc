#include "datasets/sample/grid_to_wgs84.h"

#include <cmath>
#include <numbers>

namespace sample {
namespace {

struct Ellipsoid {
  double a, b;
  double e2() const { return (a * a - b * b) / (a * a); }
};
constexpr Ellipsoid kAiry{6377563.396, 6356256.909}, kWgs84{6378137.000, 6356752.314245};
constexpr double kScale = 0.9996012717, kEastOrigin_m = 400000, kNorthOrigin_m = -100000;
constexpr double kDegree = std::numbers::pi / 180, kLatitudeOrigin = 49 * kDegree, kLongitudeOrigin = -2 * kDegree;

double MeridianArc(double latitude) {
  const double n = (kAiry.a - kAiry.b) / (kAiry.a + kAiry.b), n2 = n * n, n3 = n2 * n;
  const double minus = latitude - kLatitudeOrigin, plus = latitude + kLatitudeOrigin;
  return kAiry.b * kScale *
         ((1 + n + 1.25 * n2 + 1.25 * n3) * minus - (3 * n + 3 * n2 + 2.625 * n3) * std::sin(minus) * std::cos(plus) +
          (1.875 * n2 + 1.875 * n3) * std::sin(2 * minus) * std::cos(2 * plus) - 35.0 / 24 * n3 * std::sin(3 * minus) * std::cos(3 * plus));
}

struct Geodetic {
  double latitude, longitude;  // radians
};

Geodetic InverseMercator(double easting_m, double northing_m) {
  double latitude = kLatitudeOrigin + (northing_m - kNorthOrigin_m) / (kAiry.a * kScale);
  for (int i = 0; i < 10; ++i) latitude += (northing_m - kNorthOrigin_m - MeridianArc(latitude)) / (kAiry.a * kScale);
  const double s = std::sin(latitude), t = std::tan(latitude), t2 = t * t, t4 = t2 * t2, secant = 1 / std::cos(latitude);
  const double nu = kAiry.a * kScale / std::sqrt(1 - kAiry.e2() * s * s);
  const double rho = kAiry.a * kScale * (1 - kAiry.e2()) / std::pow(1 - kAiry.e2() * s * s, 1.5);
  const double eta2 = nu / rho - 1;
  const double vii = t / (2 * rho * nu), viii = t / (24 * rho * nu * nu * nu) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2);
  const double ix = t / (720 * rho * std::pow(nu, 5)) * (61 + 90 * t2 + 45 * t4);
  const double x = secant / nu, xi = secant / (6 * nu * nu * nu) * (nu / rho + 2 * t2);
  const double xii = secant / (120 * std::pow(nu, 5)) * (5 + 28 * t2 + 24 * t4);
  const double xiia = secant / (5040 * std::pow(nu, 7)) * (61 + 662 * t2 + 1320 * t4 + 720 * t4 * t2);
  const double d = easting_m - kEastOrigin_m, d2 = d * d;
  return {latitude - vii * d2 + viii * d2 * d2 - ix * d2 * d2 * d2, kLongitudeOrigin + d * (x - xi * d2 + xii * d2 * d2 - xiia * d2 * d2 * d2)};
}

}  // namespace

geo::LatLng GridToWgs84(geo::GridPoint point) {
  const Geodetic airy = InverseMercator(point.easting_m(), point.northing_m());
  const double s = std::sin(airy.latitude), nu = kAiry.a / std::sqrt(1 - kAiry.e2() * s * s);
  const double x = nu * std::cos(airy.latitude) * std::cos(airy.longitude), y = nu * std::cos(airy.latitude) * std::sin(airy.longitude);
  const double z = nu * (1 - kAiry.e2()) * s;
  constexpr double kSecond = kDegree / 3600, kShiftScale = 1 - 20.489e-6;
  constexpr double rx = 0.1502 * kSecond, ry = 0.2470 * kSecond, rz = 0.8421 * kSecond;
  const double wx = 446.448 + kShiftScale * x - rz * y + ry * z;
  const double wy = -125.157 + rz * x + kShiftScale * y - rx * z;
  const double wz = 542.060 - ry * x + rx * y + kShiftScale * z;
  const double p = std::sqrt(wx * wx + wy * wy);
  double latitude = std::atan2(wz, p * (1 - kWgs84.e2()));
  for (int i = 0; i < 8; ++i) {
    const double sine = std::sin(latitude);
    latitude = std::atan2(wz + kWgs84.e2() * kWgs84.a / std::sqrt(1 - kWgs84.e2() * sine * sine) * sine, p);
  }
  return geo::LatLng::FromDegrees(latitude / kDegree, std::atan2(wy, wx) / kDegree);
}

}  // namespace sample
