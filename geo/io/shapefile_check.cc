// After: ESRI Shapefile Technical Description, an ESRI White Paper, July 1998; and the dBASE III table header.
#include <fmt/format.h>

#include <cstdint>

#include "geo/io/boundary_container.h"
#include "geo/io/input_limits.h"

namespace geo {
namespace {

namespace limits = input_limits;

// The caller has made sure that the bytes are there.
std::uint32_t BigEndian(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}
std::uint32_t LittleEndian(std::string_view bytes, std::size_t at, std::size_t size = 4) {
  std::uint32_t value = 0;
  for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

struct Refused {
  const char* reason;
  std::string what;
};
void Require(bool good, const char* reason, const std::string& what) {
  if (!good) throw Refused{reason, what};
}

constexpr std::size_t kHeaderBytes = 100;
constexpr std::uint32_t kFileCode = 9994;

void CheckHeader(std::string_view bytes, const char* part) {
  Require(bytes.size() >= kHeaderBytes, "CUT_FILE", fmt::format("has a .{} of {} bytes, less than its header", part, bytes.size()));
  Require(BigEndian(bytes, 0) == kFileCode, "WRONG_CONTENT", fmt::format("has a .{} that is no Shapefile part", part));
  const auto declared = std::uint64_t{BigEndian(bytes, 24)} * 2;
  Require(declared == bytes.size(), "CUT_FILE", fmt::format("has a .{} of {} bytes; its header says {}", part, bytes.size(), declared));
  const std::uint32_t type = LittleEndian(bytes, 32);
  Require(type == 5 || type == 15 || type == 25, "WRONG_GEOMETRY_TYPE", fmt::format("holds shapes of type {}; polygons (5, 15, 25) are expected", type));
}

// Walks the records of the .shp; returns how many there are.
std::uint64_t CountShapes(std::string_view shp) {
  std::uint64_t shapes = 0;
  for (std::size_t at = kHeaderBytes; at < shp.size(); ++shapes) {
    Require(shp.size() - at >= 12, "CUT_FILE", fmt::format("ends inside shape {}", shapes + 1));
    const auto length = std::size_t{BigEndian(shp, at + 4)} * 2;
    Require(length >= 4 && length <= shp.size() - at - 8, "CUT_FILE", fmt::format("ends inside shape {}", shapes + 1));
    if (length >= 44 && LittleEndian(shp, at + 8) != 0) {
      const std::uint32_t rings = LittleEndian(shp, at + 8 + 36);
      const std::uint32_t vertices = LittleEndian(shp, at + 8 + 40);
      Require(rings <= limits::kShapeRings, "TOO_MANY_RINGS", fmt::format("has a shape of {} rings; the limit is {}", rings, limits::kShapeRings));
      Require(vertices <= limits::kShapeVertices, "TOO_MANY_VERTICES",
              fmt::format("has a shape of {} vertices; the limit is {}", vertices, limits::kShapeVertices));
      Require(44 + std::uint64_t{rings} * 4 + std::uint64_t{vertices} * 16 <= length, "CUT_FILE",
              fmt::format("has counts in shape {} that its bytes cannot hold", shapes + 1));
    }
    at += 8 + length;
  }
  return shapes;
}

std::uint64_t CountTableRows(std::string_view dbf) {
  Require(dbf.size() >= 32, "CUT_FILE", fmt::format("has a .dbf of {} bytes, less than its header", dbf.size()));
  const std::uint64_t rows = LittleEndian(dbf, 4);
  const std::uint64_t header = LittleEndian(dbf, 8, 2), row = LittleEndian(dbf, 10, 2);
  Require(header >= 33 && row >= 1, "WRONG_CONTENT", "has a .dbf that is no table");
  Require(header + rows * row <= dbf.size(), "CUT_FILE",
          fmt::format("has a .dbf of {} bytes; its header says {} rows, {} bytes", dbf.size(), rows, header + rows * row));
  return rows;
}

}  // namespace

Result<void> CheckShapefile(const ShapefileParts& parts, const std::string& name) {
  try {
    CheckHeader(parts.shp, "shp");
    CheckHeader(parts.shx, "shx");
    const std::uint64_t shapes = CountShapes(parts.shp);
    const std::uint64_t indexed = (parts.shx.size() - kHeaderBytes) / 8;
    const std::uint64_t rows = CountTableRows(parts.dbf);
    Require(shapes == indexed && shapes == rows, "CUT_FILE",
            fmt::format("holds {} shapes, {} in its .shx and {} in its .dbf: parts of different files, or cut", shapes, indexed, rows));
    return {};
  } catch (const Refused& refused) {
    return Fail(Error{ErrorCode::kInvalidArgument, name, refused.reason, fmt::format("{} {}", name, refused.what)});
  }
}

}  // namespace geo
