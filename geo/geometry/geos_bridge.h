// The one bridge to GEOS: its reentrant C interface, for the sources of this room alone.
#pragma once

#include <memory>
#include <string>

#include "geo/geometry/polygon.h"

struct GEOSContextHandle_HS;
struct GEOSGeom_t;
struct GEOSPrepGeom_t;

namespace geo {

// One GEOS context: reentrant, so that any number of threads may each have theirs. Keeps the last message of GEOS.
class Geos {
 public:
  Geos();
  ~Geos();
  Geos(const Geos&) = delete;
  Geos& operator=(const Geos&) = delete;

  GEOSContextHandle_HS* handle() const { return handle_; }
  const std::string& message() const { return message_; }

  struct Free {
    GEOSContextHandle_HS* handle;
    void operator()(GEOSGeom_t* p) const;
    void operator()(const GEOSPrepGeom_t* p) const;
    void operator()(char* p) const;
  };
  template <class T>
  std::unique_ptr<T, Free> own(T* p) const {
    return {p, Free{handle_}};
  }

 private:
  static void Keep(const char* message, void* self) { static_cast<Geos*>(self)->message_ = message; }
  GEOSContextHandle_HS* handle_;
  std::string message_;
};
using GeosGeometry = std::unique_ptr<GEOSGeom_t, Geos::Free>;

// In whole millimetres. Null when GEOS refuses, with its reason in geos.message(). Rings have at least three vertices.
GeosGeometry MakeGeosGeometry(const Geos& geos, const MultiPolygon& shape);

// What both share, in millimetres; null when GEOS cannot say, with its reason in geos.message().
GeosGeometry IntersectGeos(const Geos& geos, const GEOSGeom_t* a, const GEOSGeom_t* b);

// The polygons of `geometry` alone: where shapes also touch along a line, GEOS returns that line beside them. Null for null.
GeosGeometry PolygonsOf(const Geos& geos, GeosGeometry geometry);

// Square metres; NaN for null and where GEOS cannot say.
double GeosAreaM2(const Geos& geos, const GEOSGeom_t* geometry);

}  // namespace geo
