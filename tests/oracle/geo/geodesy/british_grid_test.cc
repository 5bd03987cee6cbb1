// The transformation against positions that others published: the Ordnance Survey's test points, and PROJ's own program on the same machine.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "geo/geodesy/british_grid.h"

namespace geo {
namespace {

struct ControlPoint {
  const char* id;
  double latitude_deg, longitude_deg;
  double easting_m, northing_m;
};

// Source: Ordnance Survey, OSTN15 and OSGM15 developer pack (2016), test points ETRS89 to OSGB36, to eight decimals of a degree (1 mm).
constexpr ControlPoint kControlPoints[] = {
    {"TP01", 49.92226394, -6.29977752, 91492.146, 11318.804},    {"TP02", 49.96006138, -5.20304610, 170370.718, 11572.405},
    {"TP03", 50.43885826, -4.10864564, 250359.811, 62016.569},   {"TP04", 50.57563665, -1.29782277, 449816.371, 75335.861},
    {"TP05", 50.93127938, -1.45051434, 438710.920, 114792.250},  {"TP06", 51.40078220, -3.55128349, 292184.870, 168003.465},
    {"TP07", 51.37447026, 1.44454730, 639821.835, 169565.858},   {"TP08", 51.42754743, -2.54407618, 362269.991, 169978.690},
    {"TP09", 51.48936565, -0.11992557, 530624.974, 178388.464},  {"TP10", 51.85890896, -4.30852477, 241124.584, 220332.641},
    {"TP11", 51.89436637, 0.89724327, 599445.590, 225722.826},   {"TP12", 52.25529382, -2.15458614, 389544.190, 261912.153},
    {"TP13", 52.25160951, -0.91248957, 474335.969, 262047.755},  {"TP14", 52.75136687, 0.40153547, 562180.547, 319784.995},
    {"TP15", 52.96219109, -1.19747656, 454002.834, 340834.943},  {"TP16", 53.34480280, -2.64049321, 357455.843, 383290.436},
    {"TP17", 53.41628516, -4.28918070, 247958.971, 393492.909},  {"TP18", 53.41630925, -4.28917793, 247959.241, 393495.583},
    {"TP19", 53.77911026, -3.04045491, 331534.564, 431920.794},  {"TP20", 53.80021520, -1.66379168, 422242.186, 433818.701},
    {"TP21", 54.08666318, -4.63452168, 227778.330, 468847.388},  {"TP22", 54.11685144, -0.07773133, 525745.670, 470703.214},
    {"TP23", 54.32919541, -4.38849118, 244780.636, 495254.887},  {"TP24", 54.89542340, -2.93827741, 339921.145, 556034.761},
    {"TP25", 54.97912274, -1.61657685, 424639.355, 565012.703},  {"TP26", 55.85399953, -4.29649016, 256340.925, 664697.269},
    {"TP27", 55.92478266, -3.29479219, 319188.434, 670947.534},  {"TP28", 57.00606696, -5.82836692, 167634.202, 797067.144},
    {"TP29", 57.13902519, -2.04856031, 397160.491, 805349.736},  {"TP30", 57.48625001, -4.21926399, 267056.768, 846176.972},
    {"TP31", 57.81351838, -8.57854456, 9587.909, 899448.996},    {"TP32", 58.21262247, -7.59255561, 71713.132, 938516.404},
    {"TP33", 58.51560361, -6.26091456, 151968.652, 966483.780},  {"TP34", 58.58120461, -3.72631022, 299721.891, 967202.992},
    {"TP35", 59.03743871, -3.21454001, 330398.323, 1017347.016}, {"TP36", 59.09335035, -4.41757675, 261596.778, 1025447.602},
    {"TP37", 59.09671617, -5.82799340, 180862.461, 1029604.114}, {"TP38", 59.53470794, -1.62516966, 421300.525, 1072147.239},
    {"TP39", 59.85409914, -1.27486910, 440725.073, 1107878.448}, {"TP40", 60.13308092, -2.07382823, 395999.668, 1138728.951},
};

double DistanceM(GridPoint a, double easting_m, double northing_m) { return std::hypot(a.easting_m() - easting_m, a.northing_m() - northing_m); }

// "(5 m)" -> 5
double StatedAccuracyM(const std::string& method) { return std::stod(method.substr(method.find('(') + 1)); }

TEST(BritishGridOracle, ControlPointsLieWithinTheStatedAccuracy) {
  const auto grid = BritishGrid::Create();
  ASSERT_TRUE(grid) << grid.error().message;
  const double accuracy_m = StatedAccuracyM(grid->method());
  double worst_m = 0;
  for (const ControlPoint& point : kControlPoints) {
    const double off_m = DistanceM(grid->to_grid(LatLng::FromDegrees(point.latitude_deg, point.longitude_deg)), point.easting_m, point.northing_m);
    EXPECT_LE(off_m, accuracy_m) << point.id << " by " << grid->method();
    worst_m = std::max(worst_m, off_m);
  }
  // The promise is not idle: half of it would be broken.
  EXPECT_GT(worst_m, accuracy_m / 50);
  std::printf("%s: worst of %zu control points %.2f m\n", grid->method().c_str(), std::size(kControlPoints), worst_m);
}

TEST(BritishGridOracle, ControlPointsComeBackWithinTheStatedAccuracy) {
  const auto grid = BritishGrid::Create();
  ASSERT_TRUE(grid);
  const double accuracy_m = StatedAccuracyM(grid->method());
  for (const ControlPoint& point : kControlPoints) {
    const LatLng back = grid->to_wgs84(GridPoint::FromMeters(point.easting_m, point.northing_m));
    const double north_m = (back.latitude_deg - point.latitude_deg) * 111'320;
    const double east_m = (back.longitude_deg - point.longitude_deg) * 111'320 * std::cos(point.latitude_deg * 3.14159265358979 / 180);
    EXPECT_LE(std::hypot(north_m, east_m), accuracy_m * 1.01) << point.id;
  }
}

// cs2cs is a program of PROJ's own, run as another process: the same choice of transformation, another route to it.
TEST(BritishGridOracle, AgreesWithCs2csOnATableOfPoints) {
  if (std::system("command -v cs2cs >/dev/null 2>&1") != 0) GTEST_SKIP() << "cs2cs is not installed (package proj-bin)";
  const auto grid = BritishGrid::Create();
  ASSERT_TRUE(grid);
  // Onshore Great Britain, where cs2cs takes the same transformation; in the sea it falls back to one that ignores the datum.
  const std::vector<LatLng> table = {{51.39, 0.54},   {51.3891, 0.5496}, {51.4432, 0.7315}, {50.27, -5.05}, {51.48, -3.18}, {52.63, 1.29},
                                     {53.80, -1.549}, {54.97, -1.61},    {55.95, -3.19},    {57.15, -2.1},  {57.48, -4.22}, {52.486, -1.89}};
  std::string command = "printf '";
  for (const LatLng& p : table) command += std::to_string(p.latitude_deg) + " " + std::to_string(p.longitude_deg) + "\\n";
  command += "' | PROJ_NETWORK=OFF cs2cs -f %.5f EPSG:4326 EPSG:27700";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  ASSERT_TRUE(pipe);
  for (const LatLng& p : table) {
    double easting_m = 0, northing_m = 0, height_m = 0;
    ASSERT_EQ(std::fscanf(pipe.get(), "%lf %lf %lf", &easting_m, &northing_m, &height_m), 3);
    // Half a millimetre of rounding on each axis.
    EXPECT_LE(DistanceM(grid->to_grid(p), easting_m, northing_m), 0.00072) << p.latitude_deg << ", " << p.longitude_deg;
  }
}

}  // namespace
}  // namespace geo
