// Read back with GDAL, through no code of ours.
#include "geo/io/write_raster.h"

#include <gdal/cpl_vsi.h>
#include <gdal/gdal_priv.h>
#include <gdal/ogr_spatialref.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <memory>

namespace geo {
namespace {

// A file of the given bytes, opened by one named driver.
class Opened {
 public:
  Opened(const std::string& bytes, const char* driver) : bytes_(bytes) {
    VSIFCloseL(VSIFileFromMemBuffer(kPath, reinterpret_cast<GByte*>(bytes_.data()), bytes_.size(), FALSE));
    const char* drivers[] = {driver, nullptr};
    dataset_ = GDALDataset::Open(kPath, GDAL_OF_RASTER | GDAL_OF_VERBOSE_ERROR, drivers, nullptr, nullptr);
  }
  ~Opened() {
    if (dataset_ != nullptr) GDALClose(GDALDataset::ToHandle(dataset_));
    VSIUnlink(kPath);
  }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;
  GDALDataset* operator->() const { return dataset_; }
  GDALDataset& get() const { return *dataset_; }
  explicit operator bool() const { return dataset_ != nullptr; }

  std::vector<double> values() const {
    std::vector<double> all(static_cast<std::size_t>(dataset_->GetRasterXSize()) * static_cast<std::size_t>(dataset_->GetRasterYSize()));
    EXPECT_EQ(dataset_->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, dataset_->GetRasterXSize(), dataset_->GetRasterYSize(), all.data(),
                                                   dataset_->GetRasterXSize(), dataset_->GetRasterYSize(), GDT_Float64, 0, 0, nullptr),
              CE_None);
    return all;
  }

 private:
  static constexpr const char* kPath = "/vsimem/write-raster-test/file";
  std::string bytes_;
  GDALDataset* dataset_ = nullptr;
};

RasterOut Small(const std::vector<double>& values) {
  RasterOut out;
  out.frame = {250'500, {678, 2'300}, 3, 2};
  out.values = values;
  out.quantity = "density";
  out.unit = "incidents per km² per year";
  out.metadata = {{"KERNEL", "quartic"}, {"BANDWIDTH_M", "500"}, {"PERIOD", "2024-01 <to> \"2024-12\" & on"}};
  return out;
}

// The layout rules of a cloud optimised GeoTIFF that can be seen in the bytes: a classic little-endian TIFF whose directories come first, in order, full
// resolution before overviews, and whose tile data follow all of them, the smallest overview's first.
struct Directory {
  std::uint64_t at = 0, width = 0, tile_width = 0, first_tile = 0;
};
std::vector<Directory> DirectoriesOf(const std::string& bytes) {
  const auto number = [&](std::uint64_t at, int size) {
    std::uint64_t n = 0;
    for (int i = size - 1; i >= 0; --i) n = n << 8 | static_cast<unsigned char>(bytes.at(at + static_cast<std::uint64_t>(i)));
    return n;
  };
  std::vector<Directory> directories;
  EXPECT_EQ(bytes.substr(0, 4), std::string("II*\0", 4));
  for (std::uint64_t at = number(4, 4); at != 0;) {
    Directory directory{.at = at};
    const std::uint64_t entries = number(at, 2);
    for (std::uint64_t i = 0; i < entries; ++i) {
      const std::uint64_t entry = at + 2 + 12 * i, tag = number(entry, 2), type = number(entry + 2, 2), count = number(entry + 4, 4);
      const std::uint64_t value = type == 3 && count == 1 ? number(entry + 8, 2) : number(entry + 8, 4);
      if (tag == 256) directory.width = value;
      if (tag == 322) directory.tile_width = value;
      if (tag == 324) directory.first_tile = count == 1 ? value : number(value, 4);
    }
    directories.push_back(directory);
    at = number(at + 2 + 12 * entries, 4);
  }
  return directories;
}

TEST(GeoTiffBytes, HoldsValuesPlaceAndWords) {
  const std::vector<double> values = {1, 2, 3, 0.1, std::numeric_limits<double>::denorm_min(), 1.7976931348623157e308};
  const Result<std::string> bytes = GeoTiffBytes(Small(values));
  ASSERT_TRUE(bytes) << bytes.error().message;
  const Opened file(*bytes, "GTiff");
  ASSERT_TRUE(file);
  // North first.
  EXPECT_EQ(file.values(), (std::vector<double>{0.1, std::numeric_limits<double>::denorm_min(), 1.7976931348623157e308, 1, 2, 3}));
  double to_metres[6] = {};
  ASSERT_EQ(file->GetGeoTransform(to_metres), CE_None);
  EXPECT_THAT(to_metres, testing::ElementsAre(576'150, 250.5, 0, 170'340, 0, -250.5));
  const OGRSpatialReference* crs = file->GetSpatialRef();
  ASSERT_NE(crs, nullptr);
  EXPECT_STREQ(crs->GetAuthorityCode(nullptr), "27700");
  EXPECT_EQ(file->GetRasterCount(), 1);
  GDALRasterBand& band = *file->GetRasterBand(1);
  EXPECT_EQ(band.GetRasterDataType(), GDT_Float64);
  int has_nodata = 0;
  EXPECT_EQ(band.GetNoDataValue(&has_nodata), -9999);
  EXPECT_TRUE(has_nodata);
  EXPECT_STREQ(band.GetDescription(), "density");
  EXPECT_STREQ(band.GetUnitType(), "incidents per km² per year");
  EXPECT_STREQ(file->GetMetadataItem("KERNEL"), "quartic");
  EXPECT_STREQ(file->GetMetadataItem("BANDWIDTH_M"), "500");
  EXPECT_STREQ(file->GetMetadataItem("PERIOD"), "2024-01 <to> \"2024-12\" & on");
  EXPECT_STREQ(file->GetMetadataItem("AREA_OR_POINT"), "Area");
  EXPECT_STREQ(file->GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE"), "COG");
}

TEST(GeoTiffBytes, LeavesNodataWhereNothingIsDefined) {
  const std::vector<double> values = {1, std::numeric_limits<double>::quiet_NaN(), 3, 4, 5, 6};
  const std::vector<std::uint8_t> defined = {1, 0, 1, 1, 1, 0};
  RasterOut raster = Small(values);
  raster.defined = defined;
  const Result<std::string> bytes = GeoTiffBytes(raster);
  ASSERT_TRUE(bytes);
  EXPECT_EQ(Opened(*bytes, "GTiff").values(), (std::vector<double>{4, 5, -9999, 1, -9999, 3}));
}

TEST(GeoTiffBytes, ChoosesAnotherNodataWhereACellHasThatValue) {
  const std::vector<double> values = {-10'000, -9999, 3, -10'002, -9999, -10'001};
  const std::vector<std::uint8_t> defined = {1, 1, 1, 1, 1, 0};
  RasterOut raster = Small(values);
  raster.defined = defined;
  const Result<std::string> bytes = GeoTiffBytes(raster);
  ASSERT_TRUE(bytes);
  const Opened file(*bytes, "GTiff");
  EXPECT_EQ(file->GetRasterBand(1)->GetNoDataValue(nullptr), -10'001);
  EXPECT_EQ(file.values(), (std::vector<double>{-10'002, -9999, -10'001, -10'000, -9999, 3}));
}

TEST(GeoTiffBytes, IsCloudOptimisedWithOverviewsWhereLarge) {
  RasterOut raster;
  raster.frame = {100'000, {1'000, 5'000}, 1'300, 700};
  std::vector<double> values(raster.frame.size());
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = std::sin(static_cast<double>(i)) + static_cast<double>(i % 1'300);
  raster.values = values;
  const Result<std::string> bytes = GeoTiffBytes(raster);
  ASSERT_TRUE(bytes);
  {
    const Opened file(*bytes, "GTiff");
    EXPECT_STREQ(file->GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE"), "COG");
    int block_width = 0, block_height = 0;
    file->GetRasterBand(1)->GetBlockSize(&block_width, &block_height);
    EXPECT_EQ(block_width, 512);
    EXPECT_EQ(block_height, 512);
    ASSERT_EQ(file->GetRasterBand(1)->GetOverviewCount(), 2);
    GDALRasterBand& half = *file->GetRasterBand(1)->GetOverview(0);
    EXPECT_EQ(half.GetXSize(), 650);
    EXPECT_EQ(half.GetYSize(), 350);
    double first = 0;
    ASSERT_EQ(half.RasterIO(GF_Read, 0, 0, 1, 1, &first, 1, 1, GDT_Float64, 0, 0, nullptr), CE_None);
    EXPECT_NEAR(first, (values[699 * 1'300] + values[699 * 1'300 + 1] + values[698 * 1'300] + values[698 * 1'300 + 1]) / 4, 1e-6);
    const std::vector<double> back = file.values();
    for (std::size_t row = 0; row < 700; ++row) {
      ASSERT_EQ(std::memcmp(&back[row * 1'300], &values[(699 - row) * 1'300], 1'300 * sizeof(double)), 0) << row;
    }
  }
  const std::vector<Directory> directories = DirectoriesOf(*bytes);
  ASSERT_EQ(directories.size(), 3u);
  EXPECT_EQ(directories[0].width, 1'300u);
  EXPECT_LT(directories[0].at, 300u);
  for (std::size_t i = 0; i < directories.size(); ++i) {
    EXPECT_EQ(directories[i].tile_width, 512u);
    EXPECT_GT(directories[i].first_tile, directories.back().at);
    if (i == 0) continue;
    EXPECT_GT(directories[i].at, directories[i - 1].at);
    EXPECT_LT(directories[i].width, directories[i - 1].width);
    EXPECT_LT(directories[i].first_tile, directories[i - 1].first_tile);
  }
}

TEST(GeoTiffBytes, GivesTheSameBytesForTheSameInput) {
  const std::vector<double> values = {1, 2, 3, 4, 5, 6};
  const Result<std::string> once = GeoTiffBytes(Small(values)), again = GeoTiffBytes(Small(values));
  ASSERT_TRUE(once);
  EXPECT_TRUE(*once == *again);
  EXPECT_EQ(once->find("/vsimem"), std::string::npos);
}

TEST(GeoTiffBytes, LeavesNothingInGdalsMemory) {
  const std::vector<double> values = {1, 2, 3, 4, 5, 6};
  ASSERT_TRUE(GeoTiffBytes(Small(values)));
  ASSERT_TRUE(PngBytes(1, 1, std::vector<std::uint8_t>(4)));
  char** names = VSIReadDir("/vsimem/");
  for (char** name = names; name != nullptr && *name != nullptr; ++name) EXPECT_EQ(std::string(*name).find("wardwatch-raster"), std::string::npos) << *name;
  CSLDestroy(names);
}

TEST(GeoTiffBytes, RefusesWhatIsNoRaster) {
  EXPECT_EQ(GeoTiffBytes({}).error().field, "surface");
  for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    const std::vector<double> values = {1, bad, 3, 4, 5, 6};
    const Result<std::string> refused = GeoTiffBytes(Small(values));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(refused.error().field, "surface");
  }
  const std::vector<double> values = {1, 2, 3, 4, 5, 6};
  for (const char* key : {"", "a=b", "a\nb"}) {
    RasterOut raster = Small(values);
    raster.metadata = {{key, "x"}};
    EXPECT_EQ(GeoTiffBytes(raster).error().field, "metadata");
  }
}

TEST(PngBytes, HoldsThePixels) {
  const std::vector<std::uint8_t> rgba = {255, 0, 0, 255, 0, 255, 0, 128, 0, 0, 255, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  const Result<std::string> bytes = PngBytes(3, 2, rgba);
  ASSERT_TRUE(bytes) << bytes.error().message;
  EXPECT_EQ(bytes->substr(0, 8), "\x89PNG\r\n\x1A\n");
  const Opened file(*bytes, "PNG");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->GetRasterXSize(), 3);
  EXPECT_EQ(file->GetRasterYSize(), 2);
  ASSERT_EQ(file->GetRasterCount(), 4);
  EXPECT_EQ(file->GetRasterBand(4)->GetColorInterpretation(), GCI_AlphaBand);
  std::vector<std::uint8_t> back(rgba.size());
  ASSERT_EQ(file->RasterIO(GF_Read, 0, 0, 3, 2, back.data(), 3, 2, GDT_Byte, 4, nullptr, 4, 12, 1, nullptr), CE_None);
  EXPECT_EQ(back, rgba);
}

TEST(PngBytes, RefusesSidesAndBytesThatDoNotFit) {
  const std::vector<std::uint8_t> pixel(4);
  for (const auto& [width, height] :
       {std::pair{0, 1}, {1, 0}, {-1, -1}, {kMaxPngSide + 1, 1}, {2, 1}, {std::numeric_limits<int>::max(), std::numeric_limits<int>::max()}}) {
    const Result<std::string> refused = PngBytes(width, height, pixel);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(refused.error().field, "image");
  }
}

}  // namespace
}  // namespace geo
