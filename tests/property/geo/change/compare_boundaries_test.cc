// Laws that CompareBoundaries and CrosswalkCounts keep whatever the data.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <random>

#include "geo/change/boundary_comparison.h"
#include "tests/support/drawn_dataset.h"
#include "tests/support/fixed_seed.h"

namespace geo {
namespace {

constexpr int kColumns = 6;
const Period k2021 = Period::CalendarYear(2021), k2022 = Period::CalendarYear(2022);

// A row of six squares of 100 m; a set of areas cuts it at some of the borders and may leave out pieces. `labels` names the pieces from the west.
struct Cuts {
  std::vector<int> bounds;
  std::vector<bool> kept;
};
Cuts AnyCuts() {
  Cuts cuts;
  cuts.bounds = {0};
  for (int i = 1; i < kColumns; ++i) {
    if (*rc::gen::arbitrary<bool>()) cuts.bounds.push_back(i);
  }
  cuts.bounds.push_back(kColumns);
  for (std::size_t i = 0; i + 1 < cuts.bounds.size(); ++i) cuts.kept.push_back(i == 0 || *rc::gen::inRange(0, 4) > 0);
  return cuts;
}
std::vector<int> InOrder(const Cuts& cuts) {
  std::vector<int> labels(cuts.kept.size());
  for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<int>(i);
  return labels;
}
void AddAreas(DrawnDataset& drawn, const std::string& id, const Cuts& cuts, const std::vector<int>& labels) {
  const std::size_t vintage = drawn.add_vintage(id);
  for (std::size_t i = 0; i < cuts.kept.size(); ++i) {
    if (!cuts.kept[i]) continue;
    const double west = 500'000 + 100 * cuts.bounds[i], east = 500'000 + 100 * cuts.bounds[i + 1];
    drawn.add_area(vintage, "W" + std::to_string(labels[i]), {{west, 200'000}, {east, 200'000}, {east, 200'100}, {west, 200'100}});
  }
}

// Monthly counts by square, the last place being unlocated.
struct Counts {
  std::vector<int> before, after;
};
Counts AnyCounts() {
  Counts counts;
  for (int i = 0; i <= kColumns; ++i) {
    counts.before.push_back(*rc::gen::inRange(0, 6));
    counts.after.push_back(*rc::gen::inRange(0, 6));
  }
  counts.before[0] = counts.after[0] = 1;  // some data in either period
  return counts;
}
std::shared_ptr<const Snapshot> Draw(const Counts& counts, const Cuts& from, const Cuts& to, const std::vector<int>& from_labels,
                                     const std::vector<int>& to_labels, unsigned seed = 0) {
  DrawnDataset drawn;
  AddAreas(drawn, "old", from, from_labels);
  AddAreas(drawn, "new", to, to_labels);
  for (int i = 0; i <= kColumns; ++i) {
    const GridPoint at = i == kColumns ? kUnlocated : GridPoint::FromMeters(500'050 + 100 * i, 200'050);
    drawn.add_monthly(k2021, counts.before[static_cast<std::size_t>(i)], at);
    drawn.add_monthly(k2022, counts.after[static_cast<std::size_t>(i)], at);
  }
  return drawn.build(seed);
}
BoundaryAnswer Compare(const Snapshot& snapshot) {
  BoundaryQuery query;
  query.filter = FilterAll(snapshot.datasets[0], k2021);
  query.before = k2021;
  query.after = k2022;
  query.to_vintage = 1;
  auto answer = CompareBoundaries(snapshot.datasets[0], query, NeverStop());
  if (!answer) RC_FAIL(answer.error().message);
  return std::move(*answer);
}

RC_GTEST_PROP(CompareBoundariesProperty, WhatBoundariesMoveAddsUpToNothing, ()) {
  const Cuts from = AnyCuts(), to = AnyCuts();
  const Counts counts = AnyCounts();
  const BoundaryAnswer answer = Compare(*Draw(counts, from, to, InOrder(from), InOrder(to)));
  std::int64_t moved = 0, before = 0, after = 0;
  for (const BoundaryRow& row : answer.rows) {
    if (row.kind == WardRow::Kind::kTotal) continue;
    moved += row.before_on_new - row.before_on_old;
    before += row.before_on_new;
    after += row.after_on_new;
  }
  RC_ASSERT(moved == 0);
  RC_ASSERT(before == answer.rows.back().before_on_new && before == answer.rows.back().before_on_old);
  RC_ASSERT(after == answer.rows.back().after_on_new);
  RC_ASSERT(before == 12 * std::accumulate(counts.before.begin(), counts.before.end(), 0));
  RC_ASSERT(after == 12 * std::accumulate(counts.after.begin(), counts.after.end(), 0));
  RC_ASSERT(before + after == answer.incidents);
  std::int64_t flowed = 0;
  for (const BoundaryFlow& flow : answer.flows) flowed += flow.before + flow.after;
  RC_ASSERT(flowed == answer.located);
  // Each old area has exactly one row: as a predecessor, or alone.
  std::vector<int> told(answer.from_areas_named.size(), 0);
  for (const BoundaryRow& row : answer.rows) {
    if (row.from != kOutside) ++told[row.from];
  }
  RC_ASSERT(std::all_of(told.begin(), told.end(), [](int n) { return n == 1; }));
}

RC_GTEST_PROP(CompareBoundariesProperty, EqualBoundariesMoveNothing, ()) {
  const Cuts cuts = AnyCuts();
  const BoundaryAnswer answer = Compare(*Draw(AnyCounts(), cuts, cuts, InOrder(cuts), InOrder(cuts)));
  for (const BoundaryRow& row : answer.rows) {
    RC_ASSERT(row.before_on_old == row.before_on_new);
    RC_ASSERT(row.kind != WardRow::Kind::kArea || (row.from == row.to && row.predecessor_share_kept == 1));
  }
  for (const BoundaryFlow& flow : answer.flows) RC_ASSERT(flow.from == flow.to);
}

RC_GTEST_PROP(CompareBoundariesProperty, RelabellingPermutesTheRows, ()) {
  const Cuts from = AnyCuts(), to = AnyCuts();
  const Counts counts = AnyCounts();
  std::vector<int> labels = InOrder(to);
  std::shuffle(labels.begin(), labels.end(), std::mt19937(*rc::gen::inRange(0U, 1'000'000U)));
  const BoundaryAnswer straight = Compare(*Draw(counts, from, to, InOrder(from), InOrder(to)));
  const BoundaryAnswer relabelled = Compare(*Draw(counts, from, to, InOrder(from), labels, 77));
  for (const BoundaryRow& row : straight.rows) {
    if (row.kind != WardRow::Kind::kArea || row.to == kOutside) continue;
    const int label = std::stoi(straight.to_areas_named[row.to].code.substr(1));
    const std::string code = "W" + std::to_string(labels[static_cast<std::size_t>(label)]);
    const auto same = std::find_if(relabelled.rows.begin(), relabelled.rows.end(), [&](const BoundaryRow& other) {
      return other.to != kOutside && relabelled.to_areas_named[other.to].code == code;
    });
    RC_ASSERT(same != relabelled.rows.end());
    RC_ASSERT(same->before_on_new == row.before_on_new && same->after_on_new == row.after_on_new && same->area_m2 == row.area_m2);
    RC_ASSERT(same->change->p_value == row.change->p_value && same->change->q_value == row.change->q_value && same->change->verdict == row.change->verdict);
  }
}

// The table that the points themselves make, moved by the points, is the recount.
RC_GTEST_PROP(CrosswalkCountsProperty, ByItsOwnIncidentsTheTableMovesToTheRecount, ()) {
  const Cuts from = AnyCuts(), to = AnyCuts();
  const auto snapshot = Draw(AnyCounts(), from, to, InOrder(from), InOrder(to));
  const DatasetSnapshot& data = snapshot->datasets[0];
  CrosswalkQuery query;
  query.to_vintage = 1;
  query.filter = FilterAll(data, k2021);
  query.weight = CrosswalkWeight::kIncidents;
  query.least_share = 0;
  query.counts.assign(data.vintages[0].areas.areas().size(), 0.0);
  std::vector<double> truth(data.vintages[1].areas.areas().size() + 1, 0);
  for (std::size_t row = 0; row < data.incidents.size(); ++row) {
    const AreaIndex old_area = data.vintages[0].area_of[row], new_area = data.vintages[1].area_of[row];
    if (old_area >= kMaxAreas || !k2021.contains(DayOfMinute(data.incidents.from_minute[row]))) continue;
    *query.counts[old_area] += 1;
    truth[new_area == kOutside ? truth.size() - 1 : new_area] += 1;
  }
  const auto answer = CrosswalkCounts(data, query, NeverStop());
  RC_ASSERT(answer.has_value());
  for (std::size_t i = 0; i < truth.size(); ++i) {
    RC_ASSERT(std::abs(answer->areas[i].estimate - truth[i]) < 1e-9);
    RC_ASSERT(answer->areas[i].low <= truth[i] && truth[i] <= answer->areas[i].high);
  }
}

}  // namespace
}  // namespace geo
