// Drawing a view: the only place of this room where corners are computed, in doubles.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/placement/camera_view.h"

namespace geo {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;
constexpr double kArcErrorMm = 10;

using Edge = VisibilityPolygon::Edge;

struct Ray {
  double east = 0, north = 0;  // of length 1
};

double AngleOf(Direction d) { return std::atan2(static_cast<double>(d.north), static_cast<double>(d.east)); }

// Where the ray meets the edge's line; infinite where it runs along or away.
double Reach(const Edge& edge, Ray ray) {
  const Direction along = edge.b - edge.a;
  const double side = ray.east * static_cast<double>(along.north) - ray.north * static_cast<double>(along.east);
  return side > 0 ? static_cast<double>(Cross(edge.a, along)) / side : INFINITY;
}

// One wedge from angle `begin` to `end`, as points on its far side.
class WedgeOutline {
 public:
  WedgeOutline(std::span<const Edge> edges, double range_mm, double begin, double end) : edges_(edges), range_mm_(range_mm), begin_(begin), end_(end) {}

  template <class Emit>
  void draw(Emit&& emit) {
    std::vector<double> cuts{begin_, end_};
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      cut_at_range(edges_[i], cuts);
      for (std::size_t j = 0; j < i; ++j) cut_at_crossing(edges_[i], edges_[j], cuts);
    }
    std::sort(cuts.begin(), cuts.end());
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) draw_piece(cuts[i], cuts[i + 1], emit);
  }

 private:
  static Ray RayAt(double angle) { return {std::cos(angle), std::sin(angle)}; }
  void cut(double angle, std::vector<double>& cuts) const {
    for (; angle > end_; angle -= kTurn) {
    }
    for (; angle < begin_; angle += kTurn) {
    }
    if (angle > begin_ && angle < end_) cuts.push_back(angle);
  }
  // The circle of the range crosses the edge's line where its distance from the foot of the perpendicular is that of Pythagoras.
  void cut_at_range(const Edge& edge, std::vector<double>& cuts) const {
    const Direction along = edge.b - edge.a;
    const double east = static_cast<double>(along.east), north = static_cast<double>(along.north), length = std::hypot(east, north);
    const double away = static_cast<double>(Cross(edge.a, along)) / length;
    if (!(away < range_mm_)) return;
    const double foot = std::atan2(-east, north), half = std::acos(away / range_mm_);
    cut(foot - half, cuts);
    cut(foot + half, cuts);
  }
  void cut_at_crossing(const Edge& one, const Edge& other, std::vector<double>& cuts) const {
    const Direction u = one.b - one.a, v = other.b - other.a;
    const double turn = static_cast<double>(Cross(u, v));
    if (turn == 0) return;
    const double t = static_cast<double>(Cross(other.a - one.a, v)) / turn;
    cut(std::atan2(static_cast<double>(one.a.north) + t * static_cast<double>(u.north), static_cast<double>(one.a.east) + t * static_cast<double>(u.east)),
        cuts);
  }
  template <class Emit>
  void draw_piece(double begin, double end, Emit& emit) {
    const Edge* nearest = nullptr;
    double reach = range_mm_;
    for (const Edge& edge : edges_) {
      if (const double met = Reach(edge, RayAt((begin + end) / 2)); met < reach) reach = met, nearest = &edge;
    }
    if (nearest != nullptr) {
      for (const double angle : {begin, end}) emit(RayAt(angle), std::min(Reach(*nearest, RayAt(angle)), range_mm_));
      return;
    }
    const double step = 2 * std::acos(std::max(0.0, 1 - kArcErrorMm / std::max(range_mm_, kArcErrorMm)));
    const int chords = std::max(1, static_cast<int>(std::ceil((end - begin) / step)));
    for (int i = 0; i <= chords; ++i) emit(RayAt(begin + (end - begin) * i / chords), range_mm_);
  }

  std::span<const Edge> edges_;
  double range_mm_, begin_, end_;
};

}  // namespace

Ring OutlineOf(const CameraView& view, int level) {
  const VisibilityPolygon& visible = view.visible();
  const GridPoint at = visible.from();
  const double range_mm = view.range_m(level) * 1000, width = view.sector().width_deg();
  Ring ring;
  const auto add = [&](GridPoint p) {
    if (ring.empty() || ring.back() != p) ring.push_back(p);
  };
  const auto emit = [&](Ray ray, double reach_mm) {
    add({static_cast<std::int32_t>(std::lround(at.easting_mm + ray.east * reach_mm)),
         static_cast<std::int32_t>(std::lround(at.northing_mm + ray.north * reach_mm))});
  };
  if (!(range_mm > 0)) return ring;
  // Anticlockwise from the right-hand side of the sector: angles turn the other way from bearings.
  const double first = std::numbers::pi / 2 - (view.sector().bearing_deg() + width / 2) * std::numbers::pi / 180, last = first + width * std::numbers::pi / 180;
  struct Span {
    double begin, end;
    std::size_t wedge;
  };
  std::vector<Span> spans;
  const auto directions = visible.directions();
  for (std::size_t wedge = 0; wedge < visible.wedges(); ++wedge) {
    double begin = directions.empty() ? first : AngleOf(directions[wedge]),
           end = directions.empty() ? last : AngleOf(directions[(wedge + 1) % directions.size()]);
    while (end <= begin) end += kTurn;
    while (begin > first) begin -= kTurn, end -= kTurn;
    for (; begin < last; begin += kTurn, end += kTurn) {
      if (std::min(end, last) > std::max(begin, first)) spans.push_back({std::max(begin, first), std::min(end, last), wedge});
    }
  }
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
  if (width < 360) add(at);
  for (const Span& span : spans) {
    if (visible.shut(span.wedge)) {
      add(at);
      continue;
    }
    WedgeOutline(visible.edges(span.wedge), range_mm, span.begin, span.end).draw(emit);
  }
  while (ring.size() > 1 && ring.back() == ring.front()) ring.pop_back();
  if (ring.size() < 3) ring.clear();
  return ring;
}

}  // namespace geo
