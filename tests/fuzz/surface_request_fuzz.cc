// Can the bytes of a ComputeSurfaceRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/surface_codec.h"
#include "tests/fuzz/fuzzed_town.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  fuzz::Pieces<ComputeSurfaceRequest, ComputeSurfaceResponse, server::SurfacePieces>(data, size, server::DecodeComputeSurface, server::ComputeSurface);
  return 0;
}
