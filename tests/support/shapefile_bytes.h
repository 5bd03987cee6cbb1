// A Shapefile of polygons, byte by byte (ESRI Shapefile Technical Description, July 1998), so that a test can spoil any of its bytes.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace support {

struct ShapefileBytes {
  std::string shp, shx, dbf;
};

struct ShapefilePolygon {
  std::string code;                             // at most 8 bytes
  std::vector<std::pair<double, double>> ring;  // clockwise, closed
};

inline void PutBig(std::string& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
}
inline void PutLittle(std::string& out, std::uint32_t value, int bytes = 4) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i));
}
inline void PutDouble(std::string& out, double value) {
  char bytes[8];
  std::memcpy(bytes, &value, sizeof bytes);
  out.append(bytes, sizeof bytes);
}

inline std::string ShapefileHeader(std::size_t body_bytes) {
  std::string header;
  PutBig(header, 9994);
  for (int i = 0; i < 5; ++i) PutBig(header, 0);
  PutBig(header, static_cast<std::uint32_t>((100 + body_bytes) / 2));
  PutLittle(header, 1000);
  PutLittle(header, 5);
  for (const double bound : {0.0, 0.0, 700'000.0, 1'300'000.0, 0.0, 0.0, 0.0, 0.0}) PutDouble(header, bound);
  return header;
}

inline ShapefileBytes MakeShapefile(const std::vector<ShapefilePolygon>& polygons) {
  ShapefileBytes made;
  std::string shapes, index, rows;
  for (std::size_t i = 0; i < polygons.size(); ++i) {
    std::string shape;
    PutLittle(shape, 5);
    for (const double bound : {0.0, 0.0, 700'000.0, 1'300'000.0}) PutDouble(shape, bound);
    PutLittle(shape, 1);
    PutLittle(shape, static_cast<std::uint32_t>(polygons[i].ring.size()));
    PutLittle(shape, 0);
    for (const auto& [x, y] : polygons[i].ring) PutDouble(shape, x), PutDouble(shape, y);
    PutBig(index, static_cast<std::uint32_t>((100 + shapes.size()) / 2));
    PutBig(index, static_cast<std::uint32_t>(shape.size() / 2));
    PutBig(shapes, static_cast<std::uint32_t>(i + 1));
    PutBig(shapes, static_cast<std::uint32_t>(shape.size() / 2));
    shapes += shape;
    std::string code = polygons[i].code;
    code.resize(8, ' ');
    rows += " " + code;
  }
  made.shp = ShapefileHeader(shapes.size()) + shapes;
  made.shx = ShapefileHeader(index.size()) + index;
  // dBASE III: header, one text column CODE of 8 bytes, rows.
  made.dbf = std::string("\x03\x7B\x01\x01", 4);
  PutLittle(made.dbf, static_cast<std::uint32_t>(polygons.size()));
  PutLittle(made.dbf, 32 + 32 + 1, 2);
  PutLittle(made.dbf, 9, 2);
  made.dbf.resize(32, '\0');
  made.dbf += std::string("CODE\0\0\0\0\0\0\0C\0\0\0\0\x08", 17);
  made.dbf.resize(64, '\0');
  made.dbf += "\r" + rows + "\x1A";
  return made;
}

}  // namespace support
