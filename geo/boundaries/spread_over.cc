#include <algorithm>

#include "geo/boundaries/crosswalk.h"
#include "geo/boundaries/lay_ground.h"
#include "geo/types/check.h"

namespace geo {
namespace {

// Adds to mass[k] what the blocks hold on pieces[k].
Result<void> AddMass(GroundOverlay& overlay, std::span<const GroundOverlay::Shape> blocks, std::span<const double> held,
                     std::span<const GroundOverlay::Shape> pieces, const StopSignal& stop, std::vector<double>& mass) {
  for (const auto& [b, k] : BoxesThatMeet(BoxesOf(overlay, blocks), BoxesOf(overlay, pieces))) {
    if (stop.stop_requested()) return Fail(stop.reason());
    const double block_m2 = overlay.area_m2(blocks[b]);
    if (held[b] == 0 || block_m2 == 0) continue;
    const auto shared_m2 = overlay.shared_m2(pieces[k], blocks[b]);
    if (!shared_m2) return Fail(shared_m2.error());
    mass[k] += held[b] * (*shared_m2 / block_m2);
  }
  return {};
}

}  // namespace

Result<std::vector<CrosswalkShare>> SpreadOver(const AreaSet& from, const AreaSet& to, const AreaSet& blocks, std::span<const double> held,
                                               std::span<const CrosswalkShare> ground, const StopSignal& stop) {
  WARDWATCH_CHECK(held.size() == blocks.areas().size(), "{} values of {} blocks", held.size(), blocks.areas().size());
  GroundOverlay overlay;
  const auto old_ground = LayGround(overlay, from, stop);
  if (!old_ground) return Fail(old_ground.error());
  const auto new_ground = LayGround(overlay, to, stop);
  if (!new_ground) return Fail(new_ground.error());
  const auto block_ground = LayGround(overlay, blocks, stop);
  if (!block_ground) return Fail(block_ground.error());
  std::vector<GroundOverlay::Shape> pieces;
  std::vector<std::size_t> pair_of;  // into ground
  for (std::size_t k = 0; k < ground.size(); ++k) {
    if (ground[k].to == kOutside) continue;
    if (stop.stop_requested()) return Fail(stop.reason());
    const auto piece = overlay.share((*old_ground)[ground[k].from], (*new_ground)[ground[k].to]);
    if (!piece) return Fail(NamePair(piece.error(), from.areas()[ground[k].from].code, to.areas()[ground[k].to].code));
    if (*piece == GroundOverlay::kNothing) continue;
    pieces.push_back(*piece);
    pair_of.push_back(k);
  }
  std::vector<double> in_pieces(pieces.size()), in_old(old_ground->size());
  if (auto added = AddMass(overlay, *block_ground, held, pieces, stop, in_pieces); !added) return Fail(added.error());
  if (auto added = AddMass(overlay, *block_ground, held, *old_ground, stop, in_old); !added) return Fail(added.error());

  std::vector<CrosswalkShare> mass(ground.begin(), ground.end());
  for (CrosswalkShare& pair : mass) pair.share = 0;
  std::vector<double> outside = in_old;
  for (std::size_t p = 0; p < pieces.size(); ++p) {
    mass[pair_of[p]].share = in_pieces[p];
    outside[mass[pair_of[p]].from] -= in_pieces[p];
  }
  for (CrosswalkShare& pair : mass) {
    if (pair.to == kOutside && outside[pair.from] > kBorderDrawnTwice * in_old[pair.from]) pair.share = outside[pair.from];
  }
  return mass;
}

}  // namespace geo
