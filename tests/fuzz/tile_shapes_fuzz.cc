// Any bytes as shapes, valid or not, near Medway: every tile that they come to is read back by a reader of its own, whose every ring has area and lies in the
// tile's box. Input: a byte of zoom, then four a vertex; a vertex at 255,255 ends a ring, another a shape.
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "geo/tiles/tile_shapes.h"
#include "tests/support/mvt_reader.h"

namespace {

void Demand(bool good) {
  if (!good) std::abort();
}

std::vector<geo::MultiPolygon> ReadShapes(const std::uint8_t* data, std::size_t size) {
  std::vector<geo::MultiPolygon> shapes(1);
  geo::Ring ring;
  const auto end_ring = [&] {
    if (ring.empty()) return;
    // Rings in pairs: shell, hole.
    auto& parts = shapes.back().parts;
    if (parts.empty() || parts.back().rings.size() == 2) parts.emplace_back();
    parts.back().rings.push_back(std::move(ring));
    ring.clear();
  };
  for (std::size_t i = 0; i + 4 <= size; i += 4) {
    const int x = data[i] << 8 | data[i + 1], y = data[i + 2] << 8 | data[i + 3];
    if (x == 0xFFFF && y == 0xFFFF) {
      if (ring.empty()) shapes.emplace_back();
      end_ring();
      continue;
    }
    ring.push_back({570'000'000 + x * 100, 160'000'000 + y * 100});
  }
  end_ring();
  return shapes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1 || size > 4'096) return 0;
  static const geo::BritishGrid grid = std::move(geo::BritishGrid::Create().value());
  const int zoom = data[0] % 21;
  const std::vector<geo::MultiPolygon> shapes_in = ReadShapes(data + 1, size - 1);
  const auto shapes = geo::TileShapes::Build(shapes_in, grid);
  Demand(shapes.has_value());
  geo::TileTable table = std::move(geo::TileTable::Make({}).value());
  std::vector<geo::WorldPoint> vertices;
  for (std::size_t s = 0; s < shapes_in.size(); ++s) {
    table.add(s, std::vector<geo::TileTable::Code>{});
    for (const auto& part : shapes_in[s].parts) {
      for (const auto& ring : part.rings) {
        const auto world = geo::WorldPositions(ring, grid);
        vertices.insert(vertices.end(), world.begin(), world.end());
      }
    }
  }
  for (std::size_t i = 0; i < vertices.size(); i += 1 + vertices.size() / 8) {
    const geo::EncodedTile tile = shapes->encode(geo::TileOf(vertices[i], zoom), "shapes", table);
    for (const auto& layer : support::MvtReader::Read(tile.bytes)) {
      for (const auto& feature : layer.features) {
        Demand(support::TwiceAreaOf(feature.parts[0]) > 0);
        for (const auto& ring : feature.parts) {
          Demand(support::TwiceAreaOf(ring) != 0);
          for (const auto& [x, y] : ring) Demand(x >= -64 && x <= 4160 && y >= -64 && y <= 4160);
        }
      }
    }
  }
  return 0;
}
