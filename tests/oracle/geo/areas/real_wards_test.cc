// Real incidents in real wards: the counts that the publisher's points give, and for every point the area that brute force and GEOS give.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "geo/areas/area_set.h"
#include "geo/geodesy/british_grid.h"
#include "geo/geometry/validity.h"
#include "tests/support/brute_force_areas.h"
#include "tests/support/geos_areas.h"
#include "tests/support/paths.h"
#include "tests/support/real_areas.h"

namespace geo {
namespace {

constexpr const char* kWards2013 = "medway-boundaries/medway_wards_2013.geojson";
constexpr const char* kWards2024 = "medway-boundaries/medway_wards_2024.geojson";
constexpr const char* kUkWards = "uk-wards-2024/uk_wards_may2024_bsc.geojson.gz";

struct CountsCase {
  int year;
  std::size_t rows, unlocated;
  std::int64_t in_22_wards, in_24_wards;
};

std::vector<GridPoint> KentPoints(int year, const BritishGrid& grid) {
  std::vector<GridPoint> points;
  for (int month = 1; month <= 12; ++month) {
    char name[64];
    std::snprintf(name, sizeof name, "kent-street/%d-%02d-kent-street.csv.gz", year, month);
    support::ReadRealPoints(name, 4, 5, grid, points);
  }
  return points;
}

std::int64_t CountIn(const AreaSet& wards, const std::vector<GridPoint>& points) {
  std::vector<AreaIndex> found(points.size());
  wards.locate(points, found);
  return std::count_if(found.begin(), found.end(), [](AreaIndex area) { return area < kMaxAreas; });
}

AreaSet Wards(const char* file, const std::string& suffix, const BritishGrid& grid) {
  return std::move(AreaSet::Build(file, support::ReadRealAreas(file, "WD" + suffix + "CD", "WD" + suffix + "NM", grid)).value());
}

class RealWards : public testing::Test {
 protected:
  void SetUp() override {
    if (!support::HaveSharedData(kWards2013) || !support::HaveSharedData("kent-street")) GTEST_SKIP() << "no real data at " << WARDWATCH_SHARED_DATA;
    grid_ = std::make_unique<BritishGrid>(std::move(BritishGrid::Create().value()));
    // The counts below are those of the Helmert transformation; the OSTN15 grid moves points by metres, and a handful across an edge.
    helmert_ = grid_->method().starts_with("Helmert");
  }
  std::unique_ptr<BritishGrid> grid_;
  bool helmert_ = false;
};

TEST_F(RealWards, CountsOfMedway) {
  const AreaSet old_wards = Wards(kWards2013, "13", *grid_), new_wards = Wards(kWards2024, "24", *grid_);
  ASSERT_EQ(old_wards.areas().size(), 22u);
  ASSERT_EQ(new_wards.areas().size(), 24u);
  for (const CountsCase& expected : {CountsCase{2022, 200'945, 2'114, 35'442, 35'379}, CountsCase{2025, 180'022, 2'164, 30'589, 30'496}}) {
    const std::vector<GridPoint> points = KentPoints(expected.year, *grid_);
    EXPECT_EQ(points.size(), expected.rows);
    EXPECT_EQ(static_cast<std::size_t>(std::count(points.begin(), points.end(), kUnlocated)), expected.unlocated);
    EXPECT_NEAR(static_cast<double>(CountIn(old_wards, points)), static_cast<double>(expected.in_22_wards), helmert_ ? 0 : 50);
    EXPECT_NEAR(static_cast<double>(CountIn(new_wards, points)), static_cast<double>(expected.in_24_wards), helmert_ ? 0 : 50);
  }
}

TEST_F(RealWards, EveryKentPointAsBruteForceAndGeosSay) {
  std::vector<GridPoint> points = KentPoints(2025, *grid_);
  std::sort(points.begin(), points.end());
  points.erase(std::unique(points.begin(), points.end()), points.end());
  for (const auto& [file, suffix] : {std::pair{kWards2013, "13"}, std::pair{kWards2024, "24"}}) {
    const AreaSet wards = Wards(file, suffix, *grid_);
    support::GeosAreas geos(wards.areas());
    for (const GridPoint& p : points) {
      const AreaIndex found = wards.locate(p);
      ASSERT_EQ(found, support::BruteForceLocate(wards.areas(), p)) << file << " " << p.easting_mm << " " << p.northing_mm;
      ASSERT_EQ(found, geos.locate(p)) << file << " " << p.easting_mm << " " << p.northing_mm;
    }
  }
}

// Rounded to millimetres, published boundaries stay fit to count with: valid each, and without overlaps together.
TEST_F(RealWards, AreValidAndDoNotOverlap) {
  for (const auto& [file, suffix] : {std::pair{kWards2013, "13"}, std::pair{kWards2024, "24"}, std::pair{kUkWards, "24"}}) {
    if (!support::HaveSharedData(file)) continue;
    std::vector<MultiPolygon> shapes;
    double total_m2 = 0;
    for (const Area& area : support::ReadRealAreas(file, "WD" + std::string(suffix) + "CD", "WD" + std::string(suffix) + "NM", *grid_)) {
      const Result<void> valid = CheckValid(area.shape);
      EXPECT_TRUE(valid) << area.code << ": " << valid.error().message;
      shapes.push_back(area.shape);
      total_m2 += AreaM2(area.shape);
    }
    EXPECT_TRUE(FindOverlaps(shapes).empty()) << file;
    // Land areas as published: Medway 194 km2, the United Kingdom 243,600 km2; the borders are generalised, those of 2013 run into the estuary.
    EXPECT_NEAR(total_m2 / 1e6, file == kUkWards ? 243'600 : 194, file == kUkWards ? 3'000 : 80) << file;
    shapes.push_back(shapes[5]);
    const std::vector<Overlap> found = FindOverlaps(shapes);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].first, 5u);
    EXPECT_NEAR(found[0].area_m2, AreaM2(shapes[5]), 1e-9 * AreaM2(shapes[5]));
  }
}

// Vertices and the whole-millimetre points nearest to the middles of edges: where wards meet, and where a tolerance would show.
TEST_F(RealWards, VerticesAndEdgesOfTheWholeCountry) {
  if (!support::HaveSharedData(kUkWards)) GTEST_SKIP() << "no " << kUkWards;
  const AreaSet wards = Wards(kUkWards, "24", *grid_);
  ASSERT_EQ(wards.areas().size(), 8'396u);
  support::GeosAreas geos(wards.areas());
  std::mt19937 random(7);
  std::vector<GridPoint> points;
  for (const Area& area : wards.areas()) {
    for (const Polygon& part : area.shape.parts) {
      const Ring& ring = part.rings[0];
      const std::size_t k = random() % ring.size();
      const GridPoint a = ring[k], b = ring[(k + 1) % ring.size()];
      points.push_back(a);
      points.push_back({std::midpoint(a.easting_mm, b.easting_mm), std::midpoint(a.northing_mm, b.northing_mm)});
      points.push_back({a.easting_mm + static_cast<int>(random() % 2'000'001) - 1'000'000, a.northing_mm + static_cast<int>(random() % 2'000'001) - 1'000'000});
    }
  }
  std::vector<AreaIndex> found(points.size());
  wards.locate(points, found);
  std::size_t inside = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    ASSERT_EQ(found[i], geos.locate(points[i])) << points[i].easting_mm << " " << points[i].northing_mm;
    inside += found[i] < kMaxAreas;
    // Brute force over 8,396 wards is slow: one in sixteen.
    if (i % 16 == 0) {
      ASSERT_EQ(found[i], support::BruteForceLocate(wards.areas(), points[i])) << points[i].easting_mm << " " << points[i].northing_mm;
    }
  }
  EXPECT_GT(inside, points.size() / 2);
  // Every vertex is on its own ring, so none is outside.
  for (std::size_t i = 0; i < points.size(); i += 3) EXPECT_NE(found[i], kOutside);
}

}  // namespace
}  // namespace geo
