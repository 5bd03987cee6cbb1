#include "geo/io/write_raster.h"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>

#include "geo/io/gdal_session.h"
#include "geo/types/check.h"

// Exported by GDAL for each driver, declared in none of its installed headers.
extern "C" {
void GDALRegister_MEM();
void GDALRegister_GTiff();
void GDALRegister_COG();
void GDALRegister_PNG();
}

namespace geo {
namespace {

struct CloseDataset {
  void operator()(GDALDataset* dataset) const { GDALClose(GDALDataset::ToHandle(dataset)); }
};
using Dataset = std::unique_ptr<GDALDataset, CloseDataset>;

// Only those who write rasters have raster drivers: reading sources stays with the four of PrepareGdal.
void PrepareRasters() {
  PrepareGdal();
  static std::once_flag once;
  std::call_once(once, [] {
    GDALRegister_MEM();
    GDALRegister_GTiff();
    GDALRegister_COG();
    GDALRegister_PNG();
  });
}

tl::unexpected<Error> WriteFault(const char* doing, const GdalErrors& errors) {
  return Fail(Error{ErrorCode::kInternal, "", "RASTER_WRITE", fmt::format("a raster cannot be {}: {}", doing, errors.text())});
}

// A folder in GDAL's memory for one file and what GDAL puts beside it while writing.
class MemoryFolder {
 public:
  MemoryFolder() {
    static std::atomic<std::uint64_t> made{0};
    path_ = fmt::format("/vsimem/wardwatch-raster-{}", made.fetch_add(1));
  }
  ~MemoryFolder() { VSIRmdirRecursive(path_.c_str()); }
  MemoryFolder(const MemoryFolder&) = delete;
  MemoryFolder& operator=(const MemoryFolder&) = delete;
  std::string file() const { return path_ + "/out"; }

 private:
  std::string path_;
};

Dataset NewInMemory(int columns, int rows, int bands, GDALDataType type) {
  return Dataset(GetGDALDriverManager()->GetDriverByName("MEM")->Create("", columns, rows, bands, type, nullptr));
}

// The bytes of `dataset` in the format of `driver`.
Result<std::string> Encode(GDALDataset& dataset, const char* driver, const CPLStringList& options, const GdalErrors& errors) {
  const MemoryFolder folder;
  // Closing writes what is left, and may fail: it says so only through the errors.
  Dataset written(GetGDALDriverManager()->GetDriverByName(driver)->CreateCopy(folder.file().c_str(), &dataset, FALSE, options.List(), nullptr, nullptr));
  const bool made = written != nullptr;
  written.reset();
  if (!made || errors.failed()) return WriteFault("encoded", errors);
  vsi_l_offset length = 0;
  const GByte* bytes = VSIGetMemFileBuffer(folder.file().c_str(), &length, FALSE);
  if (bytes == nullptr || length == 0) return WriteFault("taken from memory", errors);
  return std::string(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

Result<double> NodataFor(const RasterOut& raster) {
  if (raster.values.empty()) return Fail(InvalidArgument("surface", "a raster needs at least one cell"));
  constexpr double kUsual = -9999;
  std::vector<double> taken;
  for (std::size_t i = 0; i < raster.values.size(); ++i) {
    if (!raster.defined.empty() && raster.defined[i] == 0) continue;
    if (!std::isfinite(raster.values[i])) {
      return Fail(InvalidArgument("surface", fmt::format("a value of {}; the values of a raster are finite, or not defined", raster.values[i])));
    }
    if (raster.values[i] <= kUsual) taken.push_back(raster.values[i]);
  }
  std::sort(taken.begin(), taken.end(), std::greater<>());
  double nodata = kUsual;
  for (const double value : taken) nodata -= value == nodata ? 1 : 0;
  return nodata;
}

Result<void> CheckMetadata(const RasterOut& raster) {
  for (const auto& [key, value] : raster.metadata) {
    const bool control = std::any_of(key.begin(), key.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    if (key.empty() || control || key.find('=') != std::string::npos)
      return Fail(InvalidArgument("metadata", "a key is empty or holds '=' or a control character"));
  }
  return {};
}

bool Describe(GDALDataset& dataset, const RasterOut& raster, double nodata) {
  const RasterFrame& frame = raster.frame;
  double to_metres[6] = {
      static_cast<double>(frame.west_mm()) / 1000, frame.cell_mm / 1000.0, 0, static_cast<double>(frame.north_mm()) / 1000, 0, -frame.cell_mm / 1000.0};
  OGRSpatialReference national_grid;
  GDALRasterBand& band = *dataset.GetRasterBand(1);
  bool done = national_grid.importFromEPSG(27700) == OGRERR_NONE && dataset.SetSpatialRef(&national_grid) == CE_None &&
              dataset.SetGeoTransform(to_metres) == CE_None && band.SetNoDataValue(nodata) == CE_None && band.SetUnitType(raster.unit.c_str()) == CE_None;
  band.SetDescription(raster.quantity.c_str());
  for (const auto& [key, value] : raster.metadata) done = done && dataset.SetMetadataItem(key.c_str(), value.c_str()) == CE_None;
  return done;
}

// North first, as rasters are.
bool FillRows(GDALDataset& dataset, const RasterOut& raster, double nodata) {
  const auto columns = static_cast<std::size_t>(raster.frame.columns);
  std::vector<double> row(columns);
  for (int line = 0; line < raster.frame.rows; ++line) {
    const std::size_t from = static_cast<std::size_t>(raster.frame.rows - 1 - line) * columns;
    for (std::size_t c = 0; c < columns; ++c) row[c] = raster.defined.empty() || raster.defined[from + c] != 0 ? raster.values[from + c] : nodata;
    if (dataset.GetRasterBand(1)->RasterIO(GF_Write, 0, line, raster.frame.columns, 1, row.data(), raster.frame.columns, 1, GDT_Float64, 0, 0, nullptr) !=
        CE_None) {
      return false;
    }
  }
  return true;
}

Result<std::string> MakeGeoTiff(const RasterOut& raster) {
  WARDWATCH_CHECK(raster.values.size() == raster.frame.size(), "{} values for {} cells", raster.values.size(), raster.frame.size());
  WARDWATCH_CHECK(raster.defined.empty() || raster.defined.size() == raster.values.size(), "{} flags for {} values", raster.defined.size(),
                  raster.values.size());
  const Result<double> nodata = NodataFor(raster);
  if (!nodata) return Fail(nodata.error());
  if (Result<void> metadata = CheckMetadata(raster); !metadata) return Fail(metadata.error());
  PrepareRasters();
  const GdalErrors errors;
  const Dataset dataset = NewInMemory(raster.frame.columns, raster.frame.rows, 1, GDT_Float64);
  if (!dataset || !Describe(*dataset, raster, *nodata) || !FillRows(*dataset, raster, *nodata)) return WriteFault("prepared", errors);
  CPLStringList options;
  // Of every option that could follow the environment, our own.
  options.SetNameValue("COMPRESS", "DEFLATE");
  options.SetNameValue("LEVEL", "6");
  options.SetNameValue("PREDICTOR", "YES");
  options.SetNameValue("BLOCKSIZE", "512");
  options.SetNameValue("OVERVIEWS", "IGNORE_EXISTING");
  options.SetNameValue("OVERVIEW_RESAMPLING", "AVERAGE");
  options.SetNameValue("NUM_THREADS", "1");
  return Encode(*dataset, "COG", options, errors);
}

Result<std::string> MakePng(int width, int height, std::span<const std::uint8_t> rgba) {
  if (width < 1 || height < 1 || width > kMaxPngSide || height > kMaxPngSide) {
    return Fail(InvalidArgument("image", fmt::format("{} by {} pixels; a side is 1 to {}", width, height, kMaxPngSide)));
  }
  if (rgba.size() != std::size_t{4} * static_cast<std::size_t>(width) * static_cast<std::size_t>(height)) {
    return Fail(InvalidArgument("image", fmt::format("{} bytes for {} by {} pixels of 4", rgba.size(), width, height)));
  }
  PrepareRasters();
  const GdalErrors errors;
  const Dataset dataset = NewInMemory(width, height, 4, GDT_Byte);
  if (!dataset) return WriteFault("prepared", errors);
  constexpr GDALColorInterp kChannels[] = {GCI_RedBand, GCI_GreenBand, GCI_BlueBand, GCI_AlphaBand};
  for (int i = 0; i < 4; ++i) dataset->GetRasterBand(i + 1)->SetColorInterpretation(kChannels[i]);
  // GDAL takes a non-const pointer for reading and writing alike.
  auto* pixels = const_cast<std::uint8_t*>(rgba.data());
  if (dataset->RasterIO(GF_Write, 0, 0, width, height, pixels, width, height, GDT_Byte, 4, nullptr, 4, GSpacing{4} * width, 1, nullptr) != CE_None) {
    return WriteFault("prepared", errors);
  }
  return Encode(*dataset, "PNG", CPLStringList(), errors);
}

// Memory that ran out is the request's size; nothing else throws.
Error Thrown(const std::exception& fault) {
  return {ErrorCode::kResourceExhausted, "", "RASTER_TOO_LARGE", fmt::format("a raster cannot be made: {}", fault.what())};
}

}  // namespace

Result<std::string> GeoTiffBytes(const RasterOut& raster) {
  try {
    return MakeGeoTiff(raster);
  } catch (const std::exception& fault) {
    return Fail(Thrown(fault));
  }
}

Result<std::string> PngBytes(int width, int height, std::span<const std::uint8_t> rgba) {
  try {
    return MakePng(width, height, rgba);
  } catch (const std::exception& fault) {
    return Fail(Thrown(fault));
  }
}

}  // namespace geo
