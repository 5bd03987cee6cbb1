#include "geo/placement/respond.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "geo/placement/certificate.h"
#include "geo/placement/siting_problem.h"

namespace geo {
namespace {

constexpr std::size_t kGrades = 5;

Result<void> CheckQuery(const ResponseQuery& query) {
  if (query.evidence.empty()) {
    return Fail({ErrorCode::kInvalidArgument, "evidence", "NO_EVIDENCE", "the table of evidence is empty; load the one that the partnership has signed off"});
  }
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < query.evidence.size(); ++i) {
    if (ids.insert(query.evidence[i].category).second) continue;
    return Fail(
        {ErrorCode::kInvalidArgument, fmt::format("evidence[{}]", i), "REPEATED_ID", fmt::format("category \"{}\" has two rows", query.evidence[i].category)});
  }
  ids.clear();
  for (std::size_t i = 0; i < query.hotspots.size(); ++i) {
    const auto& hotspot = query.hotspots[i];
    if (!ids.insert(hotspot.id).second)
      return Fail({ErrorCode::kInvalidArgument, fmt::format("hotspots[{}]", i), "REPEATED_ID", fmt::format("hotspot \"{}\" is there twice", hotspot.id)});
  }
  for (std::size_t i = 0; i < query.incidents.size(); ++i) {
    const TimedIncident& incident = query.incidents[i];
    const std::string field = fmt::format("incidents[{}]", i);
    if (incident.category < 0 || incident.category >= static_cast<std::int64_t>(query.categories.size())) {
      return Fail({ErrorCode::kInvalidArgument, field + ".category", "NO_SUCH_INDEX",
                   fmt::format("is {}, and there are {} categories", incident.category, query.categories.size())});
    }
    if (!(incident.weight >= 0 && incident.weight <= kMostTotalWeight))
      return Fail(InvalidArgument(field + ".weight", fmt::format("is {}; it must be 0 or more", incident.weight)));
    if (incident.to < incident.from) return Fail(InvalidArgument(field + ".to", "is before from; a window ends after it begins"));
  }
  if (query.review_months < 1 || query.review_months > 60)
    return Fail(InvalidArgument("review_months", fmt::format("is {}; it must be 1 to 60", query.review_months)));
  return {};
}

// Sums of one hotspot on the way.
struct Sums {
  double known = 0, dark = 0;
  std::vector<double> by_category, dark_by_category;  // `dark`: of known hours
  std::vector<std::pair<double, double>> column_m;    // distance, weight
};

// Of the incident's own window; 0 where nothing tells.
double DarkShare(const ResponseQuery& query, const TimedIncident& incident) {
  if (query.daylight == nullptr) return 0;
  return static_cast<double>(query.daylight->dark_minutes(incident.from, incident.to, incident.at)) / (incident.to - incident.from);
}

double NearestM(GridPoint from, const std::vector<GridPoint>& columns) {
  double nearest = INFINITY;
  for (const GridPoint column : columns)
    nearest = std::min(nearest, std::hypot(column.easting_m() - from.easting_m(), column.northing_m() - from.northing_m()));
  return nearest;
}

ResponseFit FitOf(const Sums& sums, const std::vector<const EvidenceRow*>& rows, EvidenceGrade EvidenceRow::*option, bool in_darkness, double weight) {
  ResponseFit fit;
  double supported = 0, base = 0;
  for (std::size_t category = 0; category < rows.size(); ++category) {
    const EvidenceGrade grade = rows[category] == nullptr ? EvidenceGrade::kNotStudied : rows[category]->*option;
    fit.weight_by_grade[static_cast<std::size_t>(grade)] += sums.by_category[category];
    if (grade >= EvidenceGrade::kModerate) supported += in_darkness ? sums.dark_by_category[category] : sums.by_category[category];
  }
  base = in_darkness ? sums.known : weight;  // of unknown hours, darkness cannot be told
  fit.supported_share = base > 0 ? supported / base : 0;
  double above = 0;
  for (std::size_t grade = kGrades; grade-- > 0;) {
    above += fit.weight_by_grade[grade];
    if (2 * above < weight || weight <= 0) continue;
    fit.grade = static_cast<EvidenceGrade>(grade);
    break;
  }
  return fit;
}

void Tell(const ResponseQuery& query, const std::vector<const EvidenceRow*>& rows, Sums& sums, HotspotResponse& out) {
  out.known_hour_share = out.weight > 0 ? sums.known / out.weight : 0;
  if (query.daylight != nullptr && sums.known > 0) out.dark_share = sums.dark / sums.known;
  if (out.weight > 0) {
    const double told = query.daylight != nullptr ? sums.known : 0;
    out.dark_low = sums.dark / out.weight;
    out.dark_high = std::min(1.0, (sums.dark + out.weight - told) / out.weight);
  }
  out.camera = FitOf(sums, rows, &EvidenceRow::camera, false, out.weight);
  out.lighting = FitOf(sums, rows, &EvidenceRow::lighting, true, out.weight);
  out.people = FitOf(sums, rows, &EvidenceRow::people, false, out.weight);
  out.responsive_share = out.camera.supported_share;
  std::sort(sums.column_m.begin(), sums.column_m.end());
  double below = 0;
  for (const auto& [distance_m, weight] : sums.column_m) {
    below += weight;
    if (2 * below < out.weight) continue;
    out.lit_column_m = distance_m;
    break;
  }
  std::vector<std::size_t> order;
  for (std::size_t category = 0; category < query.categories.size(); ++category) {
    if (sums.by_category[category] > 0 && rows[category] != nullptr && !rows[category]->caution.empty()) order.push_back(category);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return sums.by_category[a] > sums.by_category[b]; });
  for (const std::size_t category : order) {
    const std::string& caution = rows[category]->caution;
    if (std::find(out.cautions.begin(), out.cautions.end(), caution) == out.cautions.end()) out.cautions.push_back(caution);
  }
}

}  // namespace

Result<ResponseAnswer> CompareResponses(const ResponseQuery& query, const StopSignal& stop) {
  if (auto checked = CheckQuery(query); !checked) return Fail(checked.error());
  std::vector<const EvidenceRow*> rows;
  for (const std::string& category : query.categories) {
    const auto at = std::find_if(query.evidence.begin(), query.evidence.end(), [&](const EvidenceRow& row) { return row.category == category; });
    rows.push_back(at == query.evidence.end() ? nullptr : &*at);
  }
  ResponseAnswer answer;
  answer.review_on = MonthsLater(query.decided_on, query.review_months);
  std::vector<Sums> sums(query.hotspots.size());
  for (std::size_t i = 0; i < query.hotspots.size(); ++i) {
    answer.hotspots.push_back({query.hotspots[i].id});
    sums[i].by_category.assign(rows.size(), 0);
    sums[i].dark_by_category.assign(rows.size(), 0);
  }
  std::vector<GridBox> boxes;
  for (const auto& hotspot : query.hotspots) boxes.push_back(BoundsOf(hotspot.ground));
  for (const TimedIncident& incident : query.incidents) {
    if (stop.stop_requested()) return Fail(stop.reason());
    if (incident.at == kUnlocated) {
      answer.unlocated += incident.weight;
      continue;
    }
    bool in_any = false;
    const auto category = static_cast<std::size_t>(incident.category);
    for (std::size_t i = 0; i < sums.size(); ++i) {
      if (!boxes[i].contains(incident.at) || !HoldsPoint(query.hotspots[i].ground, incident.at)) continue;
      in_any = true;
      answer.hotspots[i].weight += incident.weight;
      ++answer.hotspots[i].incidents;
      sums[i].by_category[category] += incident.weight;
      if (!query.lit_columns.empty()) sums[i].column_m.emplace_back(NearestM(incident.at, query.lit_columns), incident.weight);
      if (incident.to <= incident.from || incident.to - incident.from >= kMinutesPerDay) continue;
      const double dark = incident.weight * DarkShare(query, incident);
      sums[i].known += incident.weight;
      sums[i].dark += dark;
      sums[i].dark_by_category[category] += dark;
    }
    if (!in_any) answer.outside += incident.weight;
  }
  for (std::size_t i = 0; i < sums.size(); ++i) Tell(query, rows, sums[i], answer.hotspots[i]);
  return answer;
}

}  // namespace geo
