// A surface from its pieces, and out again as csv, json, geojson, PNG and GeoTIFF.
#include "server/cli/surface_answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "server/cli/geojson_writer.h"
#include "server/cli/surface_image.h"
#include "server/cli/surface_report.h"
#include "tests/support/scratch_folder.h"
#include "tests/unit/server/cli/drawn_surface.h"

namespace server {
namespace {

namespace api = wardwatch::v1;
using nlohmann::json;
using testing::ElementsAre;

api::ComputeSurfaceResponse Header(int columns, int rows) {
  api::ComputeSurfaceResponse piece;
  piece.mutable_header()->set_columns(columns);
  piece.mutable_header()->set_rows(rows);
  piece.mutable_header()->set_cell_size_m(100);
  return piece;
}

api::ComputeSurfaceResponse Rows(int first, const std::vector<double>& values, const std::string& shown = "") {
  api::ComputeSurfaceResponse piece;
  piece.mutable_rows()->set_first_row(first);
  for (const double value : values) piece.mutable_rows()->add_values(value);
  piece.mutable_rows()->set_shown(shown);
  return piece;
}

api::ComputeSurfaceResponse End() {
  api::ComputeSurfaceResponse piece;
  *piece.mutable_context() = canned::Context();
  return piece;
}

// "" when all was well.
std::string Fault(const std::vector<api::ComputeSurfaceResponse>& pieces) {
  SurfaceAssembly assembly;
  for (const auto& piece : pieces) {
    if (const auto taken = assembly.take(piece); !taken) return taken.error().reason;
  }
  const auto whole = assembly.finish();
  return whole ? "" : whole.error().reason;
}

TEST(SurfaceAssembly, PutsRowsTogether) {
  SurfaceAssembly assembly;
  // Nine values of the first chunk take two bytes of bits: the second and the ninth are hidden.
  for (const auto& piece : {Header(3, 4), Rows(0, {1, 0, 3, 4, 5, 6, 7, 8, 0}, std::string("\xFD\x00", 2)), Rows(3, {10, 11, 12}), End()}) {
    ASSERT_TRUE(assembly.take(piece));
  }
  const auto surface = assembly.finish();
  ASSERT_TRUE(surface);
  EXPECT_THAT(surface->values, ElementsAre(1, 0, 3, 4, 5, 6, 7, 8, 0, 10, 11, 12));
  EXPECT_THAT(surface->shown, ElementsAre(1, 0, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1));
  EXPECT_EQ(surface->context.dataset(), "datasets/medway");
}

TEST(SurfaceAssembly, RefusesWhatIsNotWhole) {
  EXPECT_EQ(Fault({Header(2, 1), Rows(0, {1, 2}), End()}), "");
  EXPECT_EQ(Fault({Header(0, 0), End()}), "");
  EXPECT_EQ(Fault({}), "BAD_STREAM");
  EXPECT_EQ(Fault({Header(2, 1), Rows(0, {1, 2})}), "BAD_STREAM") << "no context";
  EXPECT_EQ(Fault({Header(2, 2), Rows(0, {1, 2}), End()}), "BAD_STREAM") << "a row is missing";
  EXPECT_EQ(Fault({Rows(0, {1, 2}), Header(2, 1), End()}), "BAD_STREAM") << "rows before the header";
  EXPECT_EQ(Fault({Header(2, 1), Header(2, 1)}), "BAD_STREAM");
  EXPECT_EQ(Fault({Header(2, 2), Rows(1, {1, 2})}), "BAD_STREAM") << "out of order";
  EXPECT_EQ(Fault({Header(2, 2), Rows(0, {1, 2, 3})}), "BAD_STREAM") << "half a row";
  EXPECT_EQ(Fault({Header(2, 1), Rows(0, {1, 2, 3, 4})}), "BAD_STREAM") << "a row too many";
  EXPECT_EQ(Fault({Header(2, 1), Rows(0, {1, 2}, "xx")}), "BAD_STREAM") << "too many bits";
  EXPECT_EQ(Fault({Header(2, 1), Rows(0, {1, std::nan("")})}), "BAD_STREAM");
  EXPECT_EQ(Fault({Header(2, 1), Rows(0, {1, 2}), End(), Rows(1, {1, 2})}), "BAD_STREAM");
  EXPECT_EQ(Fault({Header(1 << 30, 1 << 30)}), "BAD_STREAM") << "more than any memory holds";
  EXPECT_EQ(Fault({Header(-1, 5)}), "BAD_STREAM");
}

TEST(SurfaceAnswer, FrameLiesOnTheLattice) {
  auto surface = canned::DrawnSurface({"1 2 3"});
  const auto frame = FrameOf(surface.header);
  ASSERT_TRUE(frame);
  EXPECT_EQ(*frame, (geo::RasterFrame{100'000, {3520, 5699}, 3, 1}));
  surface.header.set_west_m(569'950);
  EXPECT_FALSE(FrameOf(surface.header)) << "half a cell off";
  surface.header.set_west_m(1e9);
  EXPECT_FALSE(FrameOf(surface.header));
}

std::string Written(geo::Result<void> (*write)(const SurfaceAnswer&, OutputSink&), const SurfaceAnswer& surface) {
  const support::ScratchFolder folder;
  auto sink = OutputSink::Open(folder.path() / "out");
  EXPECT_TRUE(sink && write(surface, *sink) && sink->finish());
  std::ifstream file(folder.path() / "out", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

const SurfaceAnswer& Sample() {
  static const SurfaceAnswer surface = canned::DrawnSurface({". 40",  //
                                                             "0.125 3"});
  return surface;
}

TEST(SurfaceAnswer, CsvHoldsCentresOfShownCells) {
  EXPECT_EQ(Written(WriteSurfaceCsv, Sample()), "easting_m,northing_m,value\r\n569950,352050,0.125\r\n570050,352050,3\r\n570050,352150,40\r\n");
}

TEST(SurfaceAnswer, JsonHoldsRowsFromTheSouth) {
  const json document = json::parse(Written(WriteSurfaceJson, Sample()));
  EXPECT_EQ(document["rows"], json::parse("[[0.125,3],[null,40]]"));
  EXPECT_EQ(document["header"]["columns"], 2);
  EXPECT_EQ(document["context"]["answer_hash"], std::string(64, 'c'));
  EXPECT_EQ(json::parse(Written(WriteSurfaceJson, SurfaceAnswer()))["rows"], json::array());
}

TEST(SurfaceAnswer, GeoJsonDrawsShownCellsUpToALimit) {
  const auto text = SurfaceGeoJson(Sample());
  ASSERT_TRUE(text) << text.error().message;
  const json features = json::parse(*text)["features"];
  ASSERT_EQ(features.size(), 3U);
  EXPECT_EQ(features[0]["properties"]["cell"], "s100:r3520:c5699");
  EXPECT_EQ(features[2]["properties"]["value"], 40.0);
  EXPECT_EQ(features[0]["geometry"]["coordinates"][0].size(), 5U);

  std::string row;
  for (int i = 0; i < 141; ++i) row += "1 ";
  const auto refused = SurfaceGeoJson(canned::DrawnSurface(std::vector<std::string>(142, row)));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "TOO_MANY_CELLS");
  EXPECT_THAT(refused.error().message, testing::HasSubstr("20022 cells"));
  EXPECT_THAT(refused.error().message, testing::HasSubstr("--format tiff"));
}

TEST(SurfaceAnswer, PngHasAPixelACell) {
  const auto png = SurfacePng(Sample(), SurfaceQuantity::kDensity);
  ASSERT_TRUE(png) << png.error().message;
  ASSERT_GT(png->size(), 33U);
  EXPECT_EQ(png->substr(1, 3), "PNG");
  // IHDR: width and height, big-endian.
  EXPECT_EQ((*png)[19], 2);
  EXPECT_EQ((*png)[23], 2);
  EXPECT_NE(*png, *SurfacePng(Sample(), SurfaceQuantity::kRatio)) << "another scale, other colours";
  EXPECT_EQ(*png, *SurfacePng(Sample(), SurfaceQuantity::kDensity));
}

TEST(SurfaceAnswer, TiffIsATiff) {
  const auto tiff = SurfaceTiff(Sample());
  ASSERT_TRUE(tiff) << tiff.error().message;
  EXPECT_EQ(tiff->substr(0, 2), "II");
  EXPECT_NE(tiff->find("answer_hash"), std::string::npos);
  auto crooked = Sample();
  crooked.header.set_south_m(352'017);
  EXPECT_FALSE(SurfaceTiff(crooked));
}

}  // namespace
}  // namespace server
