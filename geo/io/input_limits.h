// What a supplier's file may cost us, in one table. Checked before the memory is taken wherever the count can be known before.
#pragma once

#include <cstdint>

namespace geo::input_limits {

inline constexpr std::int64_t kTableBytes = std::int64_t{4} << 30;         // an incident file, packed or unpacked
inline constexpr std::int64_t kPopulationBytes = std::int64_t{256} << 20;  // residents of every small area of a country are 2 MB
inline constexpr std::int64_t kBoundaryBytes = std::int64_t{512} << 20;    // every ward of the UK at full resolution is about 300 MB of GeoJSON
inline constexpr std::int64_t kTopologyBytes = std::int64_t{64} << 20;     // TopoJSON is held as a whole tree, 20 times its size
inline constexpr std::int64_t kFeatures = 2'000'000;               // of one layer of the street: every building of a large county
inline constexpr std::int64_t kShapeVertices = 1'000'000;
inline constexpr std::int64_t kShapeRings = 10'000;
inline constexpr std::int64_t kShapeParts = 10'000;
inline constexpr int kJsonDepth = 32;
inline constexpr std::size_t kCodeBytes = 64;
inline constexpr std::size_t kNameBytes = 256;

}  // namespace geo::input_limits
