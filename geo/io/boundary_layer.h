// The one layer of a boundary file, opened by the one driver that the manifest names, from memory.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "geo/io/boundary_container.h"
#include "geo/sources/manifest.h"
#include "geo/types/result.h"

class OGRLayer;

namespace geo {

class BoundaryLayer {
 public:
  // Errors: those of ReadSupplierFile and of the checks by kind; kInvalidArgument UNKNOWN_DRIVER, WRONG_CONTENT, MISSING_PART (of a Shapefile),
  // UNSAVED_CHANGES (a write-ahead log beside a GeoPackage), CANNOT_OPEN, NO_SUCH_LAYER, LAYER_NOT_CHOSEN, UNKNOWN_CRS.
  static Result<BoundaryLayer> Open(const LayerFile& spec);
  BoundaryLayer(BoundaryLayer&&) noexcept;
  BoundaryLayer& operator=(BoundaryLayer&&) noexcept;
  ~BoundaryLayer();

  OGRLayer* layer() const;
  const std::string& sha256() const;
  const std::optional<Crs>& declared_crs() const;  // by the file itself
  // By the file, else by the manifest. Errors: kInvalidArgument CRS_CONTRADICTION, CRS_MISSING.
  Result<Crs> crs(const LayerFile& spec) const;

 private:
  struct State;
  explicit BoundaryLayer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// "EPSG:4326", any spelling of CRS84, "urn:ogc:def:crs:EPSG::27700", "http://www.opengis.net/def/crs/EPSG/0/27700"; nullopt for every other name.
std::optional<Crs> CrsOfName(std::string_view name);
const char* CrsWord(Crs crs);

}  // namespace geo
