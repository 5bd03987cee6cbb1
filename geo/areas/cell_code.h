// What one 32-bit cell of the join's index says: an owner outright, a record of edges to search, or a block of smaller cells.
#pragma once

#include <cstdint>

#include "geo/areas/area_set.h"

namespace geo {

inline constexpr int kBlockShift = 3;
inline constexpr std::uint32_t kBlockSide = 1u << kBlockShift;
inline constexpr std::uint32_t kBlockCells = kBlockSide * kBlockSide;

inline constexpr std::uint32_t kMixedBit = 0x8000'0000u;
inline constexpr std::uint32_t kBlockBit = 0x4000'0000u;
inline constexpr std::uint32_t kMaxOffset = kBlockBit - 1;

inline std::uint32_t PureCode(AreaIndex owner) { return owner; }
inline std::uint32_t MixedCode(std::uint32_t record_offset) { return kMixedBit | record_offset; }
inline std::uint32_t BlockCode(std::uint32_t cell_offset) { return kMixedBit | kBlockBit | cell_offset; }

inline bool IsPure(std::uint32_t code) { return code < kMixedBit; }
inline bool IsMixed(std::uint32_t code) { return (code & (kMixedBit | kBlockBit)) == kMixedBit; }
inline bool IsBlock(std::uint32_t code) { return code >= (kMixedBit | kBlockBit); }
inline AreaIndex OwnerOf(std::uint32_t code) { return static_cast<AreaIndex>(code); }
inline std::uint32_t OffsetOf(std::uint32_t code) { return code & kMaxOffset; }

}  // namespace geo
