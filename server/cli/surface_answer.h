// A surface as it came over the wire, whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "geo/density/raster_frame.h"
#include "geo/types/result.h"
#include "wardwatch/v1/hotspot_service.pb.h"

namespace server {

struct SurfaceAnswer {
  wardwatch::v1::SurfaceHeader header;
  std::vector<double> values;       // row by row from the south, west to east within a row
  std::vector<std::uint8_t> shown;  // one per value: 1 is shown
  wardwatch::v1::AnswerContext context;

  std::size_t index(int row, int column) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(header.columns()) + static_cast<std::size_t>(column);
  }
};

// Where its cells lie. Error: kInternal BAD_STREAM when they are not whole cells of the National Grid's lattice.
geo::Result<geo::RasterFrame> FrameOf(const wardwatch::v1::SurfaceHeader& header);

// Puts the pieces of ComputeSurface together. Errors: kInternal BAD_STREAM with what was wrong.
class SurfaceAssembly {
 public:
  geo::Result<void> take(wardwatch::v1::ComputeSurfaceResponse piece);
  geo::Result<SurfaceAnswer> finish();

 private:
  geo::Result<void> take_header(wardwatch::v1::SurfaceHeader header);
  geo::Result<void> take_rows(const wardwatch::v1::SurfaceRows& rows);
  SurfaceAnswer answer_;
  int rows_taken_ = 0;
  bool begun_ = false;
  bool ended_ = false;
};

}  // namespace server
