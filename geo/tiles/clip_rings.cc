#include "geo/tiles/clip_rings.h"

#include <algorithm>

#include "geo/tiles/ring_tracing.h"

namespace geo {
namespace {

// The border of the box, walked with the inside to the left of a plane whose second axis points up: along y0 to the east, x1, y1, x0.
class Border {
 public:
  explicit Border(const LatticeBox& box) : box_(box), width_(std::int64_t{box.x1} - box.x0), height_(std::int64_t{box.y1} - box.y0) {}

  bool contains(LatticePoint p) const { return p.x >= box_.x0 && p.x <= box_.x1 && p.y >= box_.y0 && p.y <= box_.y1; }
  bool strictly(LatticePoint p) const { return p.x > box_.x0 && p.x < box_.x1 && p.y > box_.y0 && p.y < box_.y1; }
  // Does the edge run along one side?
  bool along(LatticePoint p, LatticePoint q) const {
    return (p.x == q.x && (p.x == box_.x0 || p.x == box_.x1)) || (p.y == q.y && (p.y == box_.y0 || p.y == box_.y1));
  }
  // How far along the walk a point of the border is.
  std::int64_t way(LatticePoint p) const {
    if (p.y == box_.y0 && p.x < box_.x1) return std::int64_t{p.x} - box_.x0;
    if (p.x == box_.x1 && p.y < box_.y1) return width_ + (std::int64_t{p.y} - box_.y0);
    if (p.y == box_.y1 && p.x > box_.x0) return width_ + height_ + (std::int64_t{box_.x1} - p.x);
    return 2 * width_ + height_ + (std::int64_t{box_.y1} - p.y);
  }
  std::int64_t length() const { return 2 * (width_ + height_); }
  // Appends the corners strictly between two ways, walking on from the first.
  void corners(std::int64_t from, std::int64_t to, std::vector<LatticePoint>& walk) const {
    const std::int64_t at[] = {0, width_, width_ + height_, 2 * width_ + height_};
    const LatticePoint corner[] = {{box_.x0, box_.y0}, {box_.x1, box_.y0}, {box_.x1, box_.y1}, {box_.x0, box_.y1}};
    for (int lap = 0; lap < 2; ++lap) {
      for (int k = 0; k < 4; ++k) {
        const std::int64_t way = at[k] + lap * length();
        if (way > from && way < to) walk.push_back(corner[k]);
      }
    }
  }
  void whole(LatticeRings& out) const { out.add(std::vector<LatticePoint>{{box_.x0, box_.y0}, {box_.x1, box_.y0}, {box_.x1, box_.y1}, {box_.x0, box_.y1}}); }

 private:
  LatticeBox box_;
  std::int64_t width_, height_;
};

bool Inside(const LatticeBox& run, const LatticeBox& box) { return run.x0 > box.x0 && run.x1 < box.x1 && run.y0 > box.y0 && run.y1 < box.y1; }
bool Outside(const LatticeBox& run, const LatticeBox& box) { return run.x1 < box.x0 || run.x0 > box.x1 || run.y1 < box.y0 || run.y0 > box.y1; }

// Pieces of rings that run through the box's inside from border to border, one after the other in one list.
struct Chains {
  std::vector<LatticePoint> at;
  std::vector<std::uint32_t> begin{0};
  void clear() {
    at.clear();
    begin.assign(1, 0);
  }
  std::size_t size() const { return begin.size() - 1; }
  LatticePoint first(std::size_t c) const { return at[begin[c]]; }
  LatticePoint last(std::size_t c) const { return at[begin[c + 1] - 1]; }
};

}  // namespace

class RingClipper::Work {
 public:
  Work(const IndexedRings& from, const LatticeBox& box) : from_(from), box_(box), border_(box) {
    // What a deep tile comes to, at once rather than by doubling.
    constexpr std::size_t kUsual = 128;
    chains_.at.reserve(kUsual);
    whole_.at.reserve(kUsual);
    walk_.reserve(kUsual);
    touches_.reserve(8);
  }

  void clip(std::size_t shape, LatticeRings& out) {
    const std::uint32_t first = from_.shape_begin[shape], last = from_.shape_begin[shape + 1];
    if (Outside(from_.shape_box[shape], box_)) return;
    if (Inside(from_.shape_box[shape], box_)) {
      for (std::uint32_t r = first; r < last; ++r) out.add(from_.rings.ring(r));
      return;
    }
    shape_ = shape;
    chains_.clear();
    whole_.clear();
    for (std::uint32_t r = first; r < last; ++r) {
      if (Outside(from_.ring_box[r], box_)) continue;
      if (Inside(from_.ring_box[r], box_)) {
        whole_.add(from_.rings.ring(r));
      } else {
        collect(r);
      }
    }
    if (chains_.size() > 0) {
      link();
    } else if (holds_corner()) {
      border_.whole(whole_);
    }
    if (whole_.rings() == 1) {
      out.add(whole_.ring(0));
    } else {
      AddShellsWithHoles(whole_, out);
    }
  }

 private:
  void collect(std::uint32_t r) {
    const auto ring = from_.rings.ring(r);
    const auto size = static_cast<std::uint32_t>(ring.size());
    // A ring that is not strictly inside has a vertex that is not; begun there, no piece runs over the end of the list.
    std::uint32_t start = 0;
    while (start < size && border_.strictly(ring[start])) ++start;
    collect(r, ring, start, size);
    collect(r, ring, 0, start);
  }

  // Edges `from` up to `to` of the ring.
  void collect(std::uint32_t r, std::span<const LatticePoint> ring, std::uint32_t from, std::uint32_t to) {
    for (std::uint32_t i = from; i < to;) {
      const std::uint32_t run = i / IndexedRings::kRun;
      const std::uint32_t end = std::min(to, (run + 1) * IndexedRings::kRun);
      const LatticeBox& around = from_.run_box[from_.run_begin[r] + run];
      if (Inside(around, box_)) {
        // A chain is open: the run begins inside, where the one before it ended.
        chains_.at.insert(chains_.at.end(), ring.begin() + i + 1, ring.begin() + std::min<std::size_t>(end + 1, ring.size()));
        if (end == ring.size()) chains_.at.push_back(ring[0]);
      } else if (!Outside(around, box_)) {
        for (std::uint32_t k = i; k < end; ++k) add(ring[k], ring[k + 1 < ring.size() ? k + 1 : 0]);
      }
      i = end;
    }
  }

  void add(LatticePoint p, LatticePoint q) {
    if (!border_.contains(p) || !border_.contains(q) || border_.along(p, q)) return;
    if (!border_.strictly(p)) chains_.at.push_back(p);
    chains_.at.push_back(q);
    if (!border_.strictly(q)) chains_.begin.push_back(static_cast<std::uint32_t>(chains_.at.size()));
  }

  // Where a chain touches the border: its beginning or its end, and which way it lies from there.
  struct Touch {
    std::int64_t way;
    LatticePoint at, towards;
    std::uint32_t chain;
    bool begins;
  };

  // In the order in which one walking the border and looking inwards sees them: at one place, those behind first.
  void find_touches() {
    std::vector<Touch>& all = touches_;
    all.clear();
    for (std::uint32_t c = 0; c < chains_.size(); ++c) {
      all.push_back({border_.way(chains_.first(c)), chains_.first(c), chains_.at[chains_.begin[c] + 1], c, true});
      all.push_back({border_.way(chains_.last(c)), chains_.last(c), chains_.at[chains_.begin[c + 1] - 2], c, false});
    }
    std::sort(all.begin(), all.end(), [](const Touch& a, const Touch& b) {
      if (a.way != b.way) return a.way < b.way;
      const std::int64_t cross = (std::int64_t{b.towards.x} - b.at.x) * (std::int64_t{a.towards.y} - a.at.y) -
                                 (std::int64_t{b.towards.y} - b.at.y) * (std::int64_t{a.towards.x} - a.at.x);
      return cross != 0 ? cross > 0 : a.chain != b.chain ? a.chain < b.chain : a.begins < b.begins;
    });
  }

  // May a walk along chains and border come to a vertex twice? Where rings touch each other, or chains touch the border at one place or a corner.
  bool may_repeat() const {
    const std::vector<Touch>& all = touches_;
    if (from_.shape_touches[shape_]) return true;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const LatticePoint p = all[i].at;
      if (i > 0 && all[i - 1].at == p) return true;
      if ((p.x == box_.x0 || p.x == box_.x1) && (p.y == box_.y0 || p.y == box_.y1)) return true;
    }
    return false;
  }

  // Where a chain ends, the boundary goes on along the border to where the next begins.
  void link() {
    find_touches();
    const std::vector<Touch>& all = touches_;
    const bool repeats = may_repeat();
    std::vector<std::size_t>& end_of = end_of_;
    end_of.resize(chains_.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!all[i].begins) end_of[all[i].chain] = i;
    }
    std::vector<bool>& used = used_;
    used.assign(chains_.size(), false);
    std::vector<LatticePoint>& walk = walk_;
    for (std::uint32_t start = 0; start < chains_.size(); ++start) {
      if (used[start]) continue;
      walk.clear();
      std::uint32_t chain = start;
      do {
        used[chain] = true;
        walk.insert(walk.end(), chains_.at.begin() + chains_.begin[chain], chains_.at.begin() + chains_.begin[chain + 1]);
        const std::size_t from = end_of[chain];
        std::size_t next = from;
        do {
          next = (next + 1) % all.size();
        } while (!all[next].begins || (used[all[next].chain] && all[next].chain != start));
        border_.corners(all[from].way, all[next].way + (next < from ? border_.length() : 0), walk);
        chain = all[next].chain;
        // Where the next begins at the very place, it is not said twice.
        if (walk.back() == all[next].at) walk.pop_back();
      } while (chain != start);
      if (repeats) {
        SplitAtRepeats(walk, whole_);
      } else {
        whole_.add(walk);
      }
    }
  }

  // Is the inside of the box next to its corner x0, y0 in the shape? No ring comes between it and the rest of the border.
  bool holds_corner() const {
    const std::int64_t x = 2 * std::int64_t{box_.x0} + 1, y = 2 * std::int64_t{box_.y0} + 1;
    int crossings = 0;
    for (std::uint32_t r = from_.shape_begin[shape_]; r < from_.shape_begin[shape_ + 1]; ++r) {
      const LatticeBox& whole = from_.ring_box[r];
      if (whole.y1 <= box_.y0 || whole.y0 > box_.y0 || whole.x1 <= box_.x0) continue;
      const auto ring = from_.rings.ring(r);
      const auto size = static_cast<std::uint32_t>(ring.size());
      for (std::uint32_t run = from_.run_begin[r]; run < from_.run_begin[r + 1]; ++run) {
        const LatticeBox& run_box = from_.run_box[run];
        if (run_box.y1 <= box_.y0 || run_box.y0 > box_.y0 || run_box.x1 <= box_.x0) continue;
        const std::uint32_t first = (run - from_.run_begin[r]) * IndexedRings::kRun, end = std::min(size, first + IndexedRings::kRun);
        for (std::uint32_t i = first; i < end; ++i) crossings += EdgeIsEast(ring[i], ring[i + 1 < size ? i + 1 : 0], x, y);
      }
    }
    return crossings % 2 == 1;
  }

  const IndexedRings& from_;
  const LatticeBox box_;
  const Border border_;
  std::size_t shape_ = 0;
  Chains chains_;
  LatticeRings whole_;
  std::vector<Touch> touches_;
  std::vector<std::size_t> end_of_;
  std::vector<bool> used_;
  std::vector<LatticePoint> walk_;
};

RingClipper::RingClipper(const IndexedRings& from, const LatticeBox& box) : work_(std::make_unique<Work>(from, box)) {}
RingClipper::~RingClipper() = default;
void RingClipper::clip(std::size_t shape, LatticeRings& out) { work_->clip(shape, out); }

void IndexedRings::index() {
  ring_box.clear();
  run_box.clear();
  run_begin.assign(1, 0);
  for (std::size_t r = 0; r < rings.rings(); ++r) {
    const auto ring = rings.ring(r);
    LatticeBox whole;
    for (std::size_t first = 0; first < ring.size(); first += kRun) {
      LatticeBox run;
      const std::size_t last = std::min<std::size_t>(first + kRun, ring.size());
      for (std::size_t i = first; i <= last; ++i) run.extend(ring[i % ring.size()]);
      whole.extend({run.x0, run.y0});
      whole.extend({run.x1, run.y1});
      run_box.push_back(run);
    }
    ring_box.push_back(whole);
    run_begin.push_back(static_cast<std::uint32_t>(run_box.size()));
  }
  shape_box.clear();
  shape_touches.clear();
  std::vector<LatticePoint> sorted;
  for (std::size_t s = 0; s + 1 < shape_begin.size(); ++s) {
    LatticeBox box;
    sorted.assign(rings.at.begin() + rings.begin[shape_begin[s]], rings.at.begin() + rings.begin[shape_begin[s + 1]]);
    std::sort(sorted.begin(), sorted.end());
    shape_touches.push_back(std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end());
    for (std::uint32_t r = shape_begin[s]; r < shape_begin[s + 1]; ++r) {
      box.extend({ring_box[r].x0, ring_box[r].y0});
      box.extend({ring_box[r].x1, ring_box[r].y1});
    }
    shape_box.push_back(box);
  }
}

}  // namespace geo
