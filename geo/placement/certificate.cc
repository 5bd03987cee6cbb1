#include "geo/placement/certificate.h"

#include <algorithm>
#include <map>

namespace geo {
namespace {

double InView(const DemandPoint& point, int share) { return point.weight * std::min(share, static_cast<int>(kAllTheTime)) / kAllTheTime; }

}  // namespace

const EvidenceRow* FindEvidence(const CameraScene& scene, const std::string& category) {
  const auto at = std::find_if(scene.evidence.begin(), scene.evidence.end(), [&](const EvidenceRow& row) { return row.category == category; });
  return at == scene.evidence.end() ? nullptr : &*at;
}

EvidenceFit FitEvidence(const CameraScene& scene, const DemandSet& demand, const std::vector<int>& share_in_view) {
  std::vector<double> weights(demand.categories.size());
  double total = 0, responsive = 0;
  for (std::size_t i = 0; i < demand.points.size(); ++i)
    weights[static_cast<std::size_t>(demand.points[i].category)] += InView(demand.points[i], share_in_view[i]);
  EvidenceFit fit;
  for (std::size_t category = 0; category < weights.size(); ++category) {
    if (weights[category] <= 0) continue;
    EvidenceFit::Row row{static_cast<std::int32_t>(category), weights[category], EvidenceGrade::kNotStudied, "", ""};
    if (const EvidenceRow* known = FindEvidence(scene, demand.categories[category])) {
      row.grade = known->camera;
      row.caution = known->caution;
      row.source = known->source;
    }
    total += row.weight;
    if (row.grade >= EvidenceGrade::kModerate) responsive += row.weight;
    fit.rows.push_back(std::move(row));
  }
  std::stable_sort(fit.rows.begin(), fit.rows.end(), [](const auto& a, const auto& b) { return a.weight > b.weight; });
  fit.responsive_share = total > 0 ? responsive / total : 0;
  return fit;
}

HourFit FitHours(const CameraScene& scene, const DemandSet& demand, const std::vector<int>& share_in_view) {
  HourFit fit;
  fit.by_block.resize(demand.blocks.size());
  double known = 0, watched = 0;
  for (std::size_t i = 0; i < demand.points.size(); ++i) {
    const double weight = InView(demand.points[i], share_in_view[i]);
    if (demand.points[i].block < 0) {
      fit.unknown += weight;
      continue;
    }
    const auto block = static_cast<std::size_t>(demand.points[i].block);
    fit.by_block[block] += weight;
    known += weight;
    if (block < scene.monitored.size()) watched += weight * scene.monitored[block];
  }
  fit.known_share = known + fit.unknown > 0 ? known / (known + fit.unknown) : 0;
  if (!scene.monitored.empty() && known > 0) fit.monitored_share = watched / known;
  return fit;
}

IntrusionCount CountIntrusion(const CameraScene& scene, const PlaceFinder& finder, std::span<const CameraView> views) {
  std::map<std::uint32_t, int> finest;
  for (const CameraView& view : views) {
    for (const PlaceInView& seen : finder.in_view(view)) {
      const auto [at, added] = finest.try_emplace(seen.place, seen.level);
      if (!added) at->second = std::max(at->second, seen.level);
    }
  }
  IntrusionCount count;
  count.at_level.assign(LevelsOf(scene.table).size(), std::vector<std::int64_t>(scene.place_kinds.size()));
  for (const auto& [place, level] : finest) {
    for (int coarser = 0; coarser <= level; ++coarser) ++count.at_level[static_cast<std::size_t>(coarser)][static_cast<std::size_t>(scene.places[place].kind)];
  }
  return count;
}

LocalDay MonthsLater(LocalDay day, int months) {
  const Month from = Month::OfDay(day), to{from.index + months};
  return std::min(to.first_day() + (day - from.first_day()), to.next().first_day() - 1);
}

CameraCertificate Certify(const CameraScene& scene, const DemandSet& demand, int level, const std::vector<int>& share_in_view,
                          std::span<const CameraView> views) {
  CameraCertificate certificate;
  certificate.evidence = FitEvidence(scene, demand, share_in_view);
  certificate.hours = FitHours(scene, demand, share_in_view);
  certificate.intrusion = CountIntrusion(scene, PlaceFinder(scene), views);
  certificate.median_precision_m = MedianPrecisionM(demand);
  certificate.review_on = MonthsLater(scene.decided_on, scene.review_months);
  certificate.level = LevelsOf(scene.table)[static_cast<std::size_t>(level)].name;
  certificate.table = NameOf(scene.table);
  return certificate;
}

}  // namespace geo
