#include "geo/hotspots/merged_points.h"

#include <algorithm>
#include <array>
#include <bit>

namespace geo {
namespace {

// Rows whose table slots and entries are fetched ahead of their use: both are larger than the cache, and one by one each row would wait for memory twice.
constexpr std::size_t kBlock = 32;
constexpr std::size_t kBlocksBetweenStopChecks = 1024;
constexpr std::size_t kPointsBetweenStopChecks = 16'384;

// All of one position on one cache line while rows are added up.
struct Entry {
  GridPoint at;
  std::int64_t incidents = 0;
  double weight = 0;
  double heaviest = 0;
};

// Multiplicative hashing (Knuth 1973, The Art of Computer Programming 3, 6.4): the high bits of the product depend on all bits of both coordinates.
std::uint64_t HashOf(GridPoint p) {
  const auto easting = static_cast<std::uint64_t>(static_cast<std::uint32_t>(p.easting_mm));
  const auto northing = static_cast<std::uint64_t>(static_cast<std::uint32_t>(p.northing_mm));
  const std::uint64_t key = (easting << 32 | northing) * 0x9E3779B97F4A7C15ULL;
  return (key ^ key >> 32) * 0xD6E8FEB86659FD93ULL;
}

// Open addressing with linear steps, at most half full. A slot holds the place of an entry and enough of the hash to tell most strangers apart without a look
// at the entry: 8 bytes, so that half a million positions take 8 MB.
class PointTable {
 public:
  // Room for every row to lie alone, up to half a million; beyond, the table grows as it fills.
  explicit PointTable(std::size_t rows)
      : slots_(std::bit_ceil(std::clamp<std::size_t>(2 * rows, 64, kMostFirstSlots))), shift_(64 - std::countr_zero(slots_.size())) {
    entries_.reserve(slots_.size() / 2 + 1);
  }

  std::uint64_t prefetch_slot(GridPoint p) const {
    const std::uint64_t hash = HashOf(p);
    __builtin_prefetch(&slots_[hash >> shift_]);
    return hash;
  }
  // Of the slot's first occupant, which is nearly always the one looked for.
  void prefetch_entry(std::uint64_t hash) const {
    const std::uint32_t place = slots_[hash >> shift_].place_plus_1;
    if (place != 0) __builtin_prefetch(&entries_[place - 1]);
  }
  Entry& entry_of(GridPoint p, std::uint64_t hash, const StopSignal& stop) {
    const auto tag = static_cast<std::uint32_t>(hash);
    std::size_t slot = hash >> shift_;
    for (; slots_[slot].place_plus_1 != 0; slot = (slot + 1) & (slots_.size() - 1)) {
      Entry& entry = entries_[slots_[slot].place_plus_1 - 1];
      if (slots_[slot].tag == tag && entry.at == p) return entry;
    }
    entries_.push_back({p});
    slots_[slot] = {tag, static_cast<std::uint32_t>(entries_.size())};
    if (2 * entries_.size() > slots_.size()) grow(stop);
    return entries_.back();
  }
  // The table is unfinished, and the work to be given up.
  bool stopped() const { return stopped_; }
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  static constexpr std::size_t kMostFirstSlots = std::size_t{1} << 20;
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t place_plus_1 = 0;  // 0: free
  };

  void grow(const StopSignal& stop) {
    slots_.assign(slots_.size() * 4, Slot{});
    shift_ -= 2;
    for (std::size_t place = 0; place < entries_.size(); ++place) {
      if (place % kPointsBetweenStopChecks == 0 && stop.stop_requested()) {
        stopped_ = true;
        return;
      }
      const std::uint64_t hash = HashOf(entries_[place].at);
      std::size_t slot = hash >> shift_;
      while (slots_[slot].place_plus_1 != 0) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = {static_cast<std::uint32_t>(hash), static_cast<std::uint32_t>(place + 1)};
    }
  }

  std::vector<Entry> entries_;
  std::vector<Slot> slots_;
  int shift_;
  bool stopped_ = false;
};

Result<void> Split(const std::vector<Entry>& entries, MergedPoints& points, const StopSignal& stop) {
  points.at.reserve(entries.size());
  points.incidents.reserve(entries.size());
  points.weight.reserve(entries.size());
  points.heaviest.reserve(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i % kPointsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    points.at.push_back(entries[i].at);
    points.incidents.push_back(entries[i].incidents);
    points.weight.push_back(entries[i].weight);
    points.heaviest.push_back(entries[i].heaviest);
  }
  return {};
}

}  // namespace

Result<MergedPoints> MergePoints(const IncidentColumns& incidents, const Selection& selection, const StopSignal& stop) {
  MergedPoints points;
  PointTable table(selection.rows.size());
  std::array<std::uint64_t, kBlock> hashes;
  const std::size_t n = selection.rows.size();
  for (std::size_t block = 0; block < n; block += kBlock) {
    if (block / kBlock % kBlocksBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    const std::size_t end = std::min(n, block + kBlock);
    for (std::size_t i = block; i < end; ++i) hashes[i - block] = table.prefetch_slot(incidents.at[selection.rows[i]]);
    for (std::size_t i = block; i < end; ++i) table.prefetch_entry(hashes[i - block]);
    for (std::size_t i = block; i < end; ++i) {
      const GridPoint at = incidents.at[selection.rows[i]];
      if (at == kUnlocated) {
        ++points.unlocated;
        points.unlocated_weight += selection.weight(i);
        continue;
      }
      Entry& entry = table.entry_of(at, hashes[i - block], stop);
      const double weight = selection.weight(i);
      ++entry.incidents;
      entry.weight += weight;
      entry.heaviest = std::max(entry.heaviest, weight);
    }
    if (table.stopped()) return Fail(stop.reason());
  }
  if (auto split = Split(table.entries(), points, stop); !split) return Fail(split.error());
  return points;
}

}  // namespace geo
