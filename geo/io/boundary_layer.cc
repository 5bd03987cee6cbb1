#include "geo/io/boundary_layer.h"

#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <filesystem>
#include <system_error>

#include "geo/io/boundary_json.h"
#include "geo/io/gdal_session.h"
#include "geo/io/input_limits.h"
#include "geo/io/regular_file.h"
#include "geo/io/supplier_file.h"

namespace geo {
namespace {

namespace fs = std::filesystem;
namespace limits = input_limits;

Error Refused(const LayerFile& spec, const char* reason, std::string what) {
  return {ErrorCode::kInvalidArgument, spec.file.name, reason, fmt::format("{} {}", spec.file.name, what)};
}

// The part of a Shapefile beside the .shp. A missing optional part is empty.
Result<std::string> ReadPart(const LayerFile& spec, const char* extension, bool required) {
  fs::path path = spec.file.path;
  path.replace_extension(extension);
  const std::string name = fs::path(spec.file.name).replace_extension(extension).generic_string();
  auto part = ReadRegularFile(path, name, limits::kBoundaryBytes);
  if (part) return std::move(part->bytes);
  if (part.error().code != ErrorCode::kNotFound) return Fail(part.error());
  if (!required) return std::string();
  return Fail(Refused(spec, "MISSING_PART", fmt::format("lacks {} beside it; a Shapefile is .shp, .shx and .dbf together", name)));
}

// Does this system say the same as the code, whatever its axis order and spelling?
bool IsSystem(const OGRSpatialReference& system, int epsg) {
  const char* authority = system.GetAuthorityName(nullptr);
  const char* code = system.GetAuthorityCode(nullptr);
  if (authority != nullptr && code != nullptr && EQUAL(authority, "EPSG")) return std::atoi(code) == epsg;
  OGRSpatialReference wanted;
  if (wanted.importFromEPSG(epsg) != OGRERR_NONE) return false;
  const char* const options[] = {"IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", "CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS", nullptr};
  if (system.IsSame(&wanted, options)) return true;
  // ESRI's own names for the same systems ("GCS_WGS_1984", "British_National_Grid").
  int matches = 0;
  int* confidence = nullptr;
  OGRSpatialReferenceH* found = system.FindMatches(nullptr, &matches, &confidence);
  bool same = false;
  for (int i = 0; i < matches && !same; ++i) {
    const char* match = OGRSpatialReference::FromHandle(found[i])->GetAuthorityCode(nullptr);
    same = confidence[i] >= 90 && match != nullptr && std::atoi(match) == epsg;
  }
  OSRFreeSRSArray(found);
  CPLFree(confidence);
  return same;
}

}  // namespace

const char* CrsWord(Crs crs) { return crs == Crs::kWgs84 ? "EPSG:4326" : "EPSG:27700"; }

std::optional<Crs> CrsOfName(std::string_view name) {
  std::string upper(name.substr(0, 128));
  std::transform(upper.begin(), upper.end(), upper.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const auto last = upper.find_last_of(":/");
  const std::string code = last == std::string::npos ? upper : upper.substr(last + 1);
  const bool epsg = upper.find("EPSG") != std::string::npos;
  if (code == "CRS84" || (epsg && code == "4326")) return Crs::kWgs84;
  if (epsg && code == "27700") return Crs::kBritishNationalGrid;
  return std::nullopt;
}

struct BoundaryLayer::State {
  // In this order, so that GDAL lets go of the bytes before they go.
  std::string text;
  ShapefileParts parts;
  std::vector<std::unique_ptr<MemoryFile>> files;
  GDALDatasetUniquePtr dataset;
  OGRLayer* layer = nullptr;
  std::string sha256;
  std::optional<Crs> declared_crs;

  void put(const std::string& folder, const char* name, std::string_view bytes) {
    if (!bytes.empty()) files.push_back(std::make_unique<MemoryFile>(folder, name, bytes));
  }

  Result<void> declare(const LayerFile& spec, const std::optional<std::string>& name) {
    if (!name) return {};
    declared_crs = CrsOfName(*name);
    if (declared_crs) return {};
    return Fail(
        Refused(spec, "UNKNOWN_CRS", fmt::format("declares CRS \"{}\"; only EPSG:4326 (CRS84) and EPSG:27700 are read", RedactedText(name->substr(0, 80)))));
  }

  Result<void> check_json(const LayerFile& spec) {
    if (auto kind = ExpectContent(spec.file, text, ContentKind::kJsonObject, spec.driver == "TopoJSON" ? "a TopoJSON document" : "a GeoJSON document"); !kind)
      return kind;
    auto judged = spec.driver == "TopoJSON" ? CheckTopoJson(text, spec.file.name, spec.layer) : CheckGeoJson(text, spec.file.name);
    if (!judged) return Fail(judged.error());
    return declare(spec, judged->crs_name);
  }

  Result<void> check_shapefile(const LayerFile& spec) {
    if (auto kind = ExpectContent(spec.file, text, ContentKind::kShapefile, "a Shapefile"); !kind) return kind;
    parts.shp = std::move(text);
    for (const auto& [extension, part, required] : {std::tuple(".shx", &parts.shx, true), std::tuple(".dbf", &parts.dbf, true),
                                                    std::tuple(".prj", &parts.prj, false), std::tuple(".cpg", &parts.cpg, false)}) {
      auto read = ReadPart(spec, extension, required);
      if (!read) return Fail(read.error());
      *part = std::move(*read);
    }
    return CheckShapefile(parts, spec.file.name);
  }

  Result<void> check_geopackage(const LayerFile& spec) {
    if (auto kind = ExpectContent(spec.file, text, ContentKind::kSqlite, "a GeoPackage"); !kind) return kind;
    std::error_code none;
    for (const char* side : {"-wal", "-journal"}) {
      const fs::path beside = spec.file.path.string() + side;
      if (fs::exists(beside, none) && fs::file_size(beside, none) > 0) {
        return Fail(Refused(spec, "UNSAVED_CHANGES", fmt::format("has a {} file beside it: another program has not finished writing it", side + 1)));
      }
    }
    // Journal mode in the header: without a log beside it, a database in write-ahead mode is complete, and reads as any other.
    if (text.size() >= 20 && text[18] == 2 && text[19] == 2) text[18] = text[19] = 1;
    return CheckGeoPackage(text, spec.file.name);
  }

  Result<void> check(const LayerFile& spec) {
    if (spec.driver == "GeoJSON" || spec.driver == "TopoJSON") return check_json(spec);
    if (spec.driver == "ESRI Shapefile") return check_shapefile(spec);
    if (spec.driver == "GPKG") return check_geopackage(spec);
    return Fail(Refused(spec, "UNKNOWN_DRIVER",
                        fmt::format("is to be read by \"{}\"; GeoJSON, TopoJSON, GPKG and ESRI Shapefile are allowed", spec.driver.substr(0, 40))));
  }

  Result<void> open(const LayerFile& spec) {
    static std::atomic<unsigned> serial{0};
    const std::string folder = fmt::format("wardwatch-{}", serial++);
    std::string main = "boundary.json";
    if (spec.driver == "ESRI Shapefile") {
      main = "boundary.shp";
      put(folder, "boundary.shp", parts.shp), put(folder, "boundary.shx", parts.shx), put(folder, "boundary.dbf", parts.dbf);
      put(folder, "boundary.prj", parts.prj), put(folder, "boundary.cpg", parts.cpg);
    } else {
      if (spec.driver == "GPKG") main = "boundary.gpkg";
      put(folder, main.c_str(), text);
    }
    const char* const drivers[] = {spec.driver.c_str(), nullptr};
    GdalErrors errors;
    const std::string path = "/vsimem/" + folder + "/" + main;
    dataset.reset(static_cast<GDALDataset*>(GDALOpenEx(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_INTERNAL, drivers, nullptr, nullptr)));
    if (!dataset || errors.failed()) return Fail(Refused(spec, "CANNOT_OPEN", fmt::format("cannot be read as {}: {}", spec.driver, errors.text())));
    return choose_layer(spec);
  }

  Result<void> choose_layer(const LayerFile& spec) {
    const int layers = dataset->GetLayerCount();
    if (layers == 0) return Fail(Refused(spec, "NO_SUCH_LAYER", "holds no layer"));
    if (spec.layer.empty() && layers > 1) {
      std::string names;
      for (int i = 0; i < std::min(layers, 10); ++i) names += fmt::format("{}\"{}\"", i > 0 ? ", " : "", dataset->GetLayer(i)->GetName());
      return Fail(Refused(spec, "LAYER_NOT_CHOSEN", fmt::format("holds {} layers; name one as `layer`: {}", layers, RedactedText(names))));
    }
    const bool by_name = !spec.layer.empty() && spec.driver != "GeoJSON";
    layer = by_name ? dataset->GetLayerByName(spec.layer.c_str()) : dataset->GetLayer(0);
    if (layer == nullptr) return Fail(Refused(spec, "NO_SUCH_LAYER", fmt::format("has no layer \"{}\"", spec.layer.substr(0, 64))));
    if (spec.driver == "GeoJSON" || spec.driver == "TopoJSON") return {};
    const OGRSpatialReference* system = layer->GetSpatialRef();
    if (system == nullptr) return {};
    for (const Crs crs : {Crs::kWgs84, Crs::kBritishNationalGrid}) {
      if (IsSystem(*system, crs == Crs::kWgs84 ? 4326 : 27700)) declared_crs = crs;
    }
    if (declared_crs) return {};
    return Fail(Refused(spec, "UNKNOWN_CRS",
                        fmt::format("declares CRS \"{}\"; only EPSG:4326 and EPSG:27700 are read", RedactedText(system->GetName() ? system->GetName() : ""))));
  }
};

BoundaryLayer::BoundaryLayer(std::unique_ptr<State> state) : state_(std::move(state)) {}
BoundaryLayer::BoundaryLayer(BoundaryLayer&&) noexcept = default;
BoundaryLayer& BoundaryLayer::operator=(BoundaryLayer&&) noexcept = default;
BoundaryLayer::~BoundaryLayer() = default;
OGRLayer* BoundaryLayer::layer() const { return state_->layer; }
const std::string& BoundaryLayer::sha256() const { return state_->sha256; }
const std::optional<Crs>& BoundaryLayer::declared_crs() const { return state_->declared_crs; }

Result<Crs> BoundaryLayer::crs(const LayerFile& spec) const {
  const std::optional<Crs>& declared = state_->declared_crs;
  if (declared && spec.crs && *declared != *spec.crs) {
    return Fail(Refused(spec, "CRS_CONTRADICTION",
                        fmt::format("says {}, the manifest {}: correct the one that is wrong", CrsWord(*declared), CrsWord(*spec.crs))));
  }
  if (declared) return *declared;
  if (spec.crs) return *spec.crs;
  return Fail(Refused(spec, "CRS_MISSING", "does not say its CRS, nor does the manifest; write crs = \"EPSG:4326\" or \"EPSG:27700\" in the manifest"));
}

Result<BoundaryLayer> BoundaryLayer::Open(const LayerFile& spec) {
  PrepareGdal();
  auto file = ReadSupplierFile(spec.file, limits::kBoundaryBytes);
  if (!file) return Fail(file.error());
  auto state = std::make_unique<State>();
  state->text = std::move(file->text);
  state->sha256 = std::move(file->sha256);
  if (auto checked = state->check(spec); !checked) return Fail(checked.error());
  if (auto opened = state->open(spec); !opened) return Fail(opened.error());
  return BoundaryLayer(std::move(state));
}

}  // namespace geo
