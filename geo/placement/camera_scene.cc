#include "geo/placement/camera_scene.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "geo/placement/cover_problem.h"

namespace geo {
namespace {

constexpr int kMostReviewMonths = 60;

Error NoSuchIndex(std::string field, std::int64_t index, std::size_t size, std::string_view what) {
  return {ErrorCode::kInvalidArgument, std::move(field), "NO_SUCH_INDEX", fmt::format("is {}, and there are {} {}", index, size, what)};
}

bool Within(std::int64_t index, std::size_t size) { return index >= 0 && index < static_cast<std::int64_t>(size); }

Result<void> CheckUnique(const std::vector<std::string>& ids, std::string_view field) {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (seen.insert(ids[i]).second) continue;
    return Fail(
        {ErrorCode::kInvalidArgument, fmt::format("{}[{}]", field, i), "REPEATED_ID", fmt::format("\"{}\" is there more than once; ids are keys", ids[i])});
  }
  return {};
}

Result<void> CheckCameras(const CameraScene& scene) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < scene.cameras.size(); ++i) {
    const ExistingCamera& camera = scene.cameras[i];
    const std::string field = fmt::format("cameras[{}]", i);
    if (camera.at == kUnlocated) return Fail(InvalidArgument(field + ".at", fmt::format("camera {} has no position; leave it out or place it", camera.id)));
    if (camera.model >= scene.models.size()) {
      return Fail(NoSuchIndex(field + ".model", static_cast<std::int64_t>(camera.model), scene.models.size(), "camera models"));
    }
    if (!std::isfinite(camera.bearing_deg)) return Fail(InvalidArgument(field + ".bearing_deg", fmt::format("camera {} has no finite bearing", camera.id)));
    ids.push_back(camera.id);
  }
  return CheckUnique(ids, "cameras");
}

}  // namespace

Result<void> CheckDemand(const DemandSet& demand, std::string_view field) {
  if (auto unique = CheckUnique(demand.categories, fmt::format("{}.categories", field)); !unique) return unique;
  double total = 0;
  for (std::size_t i = 0; i < demand.points.size(); ++i) {
    const DemandPoint& point = demand.points[i];
    const auto at = [&](const char* part) { return fmt::format("{}.points[{}].{}", field, i, part); };
    if (!(point.weight >= 0 && point.weight <= kMostTotalWeight)) {
      return Fail(InvalidArgument(at("weight"), fmt::format("a weight of {}; it must be 0 to {:.0f}", point.weight, kMostTotalWeight)));
    }
    if (!(point.precision_m >= 0 && std::isfinite(point.precision_m))) {
      return Fail(InvalidArgument(at("precision_m"), fmt::format("a precision of {} m; it must be 0 or more", point.precision_m)));
    }
    if (!Within(point.category, demand.categories.size())) return Fail(NoSuchIndex(at("category"), point.category, demand.categories.size(), "categories"));
    if (point.block != -1 && !Within(point.block, demand.blocks.size()))
      return Fail(NoSuchIndex(at("block"), point.block, demand.blocks.size(), "hour blocks"));
    total += point.weight;
  }
  if (total <= kMostTotalWeight) return {};
  return Fail(InvalidArgument(std::string(field), fmt::format("weights add up to {:.0f}; the most is {:.0f}: scale them down", total, kMostTotalWeight)));
}

Result<void> CheckScene(const CameraScene& scene) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < scene.models.size(); ++i) {
    ids.push_back(scene.models[i].id);
    if (auto optics = OpticsOf(scene.models[i], scene.table, std::nullopt, fmt::format("models[{}]", i)); !optics) return Fail(optics.error());
  }
  if (auto unique = CheckUnique(ids, "models"); !unique) return unique;
  if (auto cameras = CheckCameras(scene); !cameras) return cameras;
  if (auto demand = CheckDemand(scene.demand, "demand"); !demand) return demand;
  for (std::size_t i = 0; i < scene.places.size(); ++i) {
    if (!Within(scene.places[i].kind, scene.place_kinds.size())) {
      return Fail(NoSuchIndex(fmt::format("places[{}].kind", i), scene.places[i].kind, scene.place_kinds.size(), "kinds of place"));
    }
  }
  ids.clear();
  for (const EvidenceRow& row : scene.evidence) ids.push_back(row.category);
  if (auto unique = CheckUnique(ids, "evidence"); !unique) return unique;
  if (!scene.monitored.empty() && scene.monitored.size() != scene.demand.blocks.size()) {
    return Fail(InvalidArgument(
        "monitored", fmt::format("has {} shares for {} hour blocks; give one for each, or none", scene.monitored.size(), scene.demand.blocks.size())));
  }
  for (std::size_t i = 0; i < scene.monitored.size(); ++i) {
    if (!(scene.monitored[i] >= 0 && scene.monitored[i] <= 1)) {
      return Fail(InvalidArgument(fmt::format("monitored[{}]", i), fmt::format("a share of {}; it must be 0 to 1", scene.monitored[i])));
    }
  }
  if (scene.review_months < 1 || scene.review_months > kMostReviewMonths) {
    return Fail(InvalidArgument("review_months", fmt::format("is {}; it must be 1 to {}", scene.review_months, kMostReviewMonths)));
  }
  return {};
}

double MedianPrecisionM(const DemandSet& demand) {
  std::vector<std::pair<double, double>> located;  // precision, weight
  double total = 0, below = 0;
  for (const DemandPoint& point : demand.points) {
    if (point.at == kUnlocated) continue;
    located.emplace_back(point.precision_m, point.weight);
    total += point.weight;
  }
  std::sort(located.begin(), located.end());
  for (const auto& [precision_m, weight] : located) {
    below += weight;
    if (2 * below >= total) return precision_m;
  }
  return 0;
}

Result<void> CheckCarriesSiting(const DemandSet& demand, double range_m, std::string_view level) {
  const std::string instead = demand.finer_dataset.empty() ? "ask of data with exact positions" : fmt::format("ask of {}", demand.finer_dataset);
  if (demand.snapped) {
    return Fail({ErrorCode::kFailedPrecondition, "demand", "SNAPPED_POINTS",
                 fmt::format("{} has snap points that stand for many real places; a camera cannot be sited by them: {}", demand.title, instead)});
  }
  const double median_m = MedianPrecisionM(demand);
  if (median_m <= range_m) return {};
  return Fail({ErrorCode::kFailedPrecondition, "demand", "PRECISION_COARSER_THAN_RANGE",
               fmt::format("half of {} may lie {:.0f} m or more from where it is said to be, and the camera reaches {:.1f} m at {}: {}, or choose a coarser "
                           "level or a longer lens",
                           demand.title, median_m, range_m, level, instead)});
}

DemandTotals TotalsOf(const DemandSet& demand) {
  DemandTotals totals;
  for (const DemandPoint& point : demand.points) {
    totals.weight += point.weight;
    if (point.at == kUnlocated) continue;
    totals.located += point.weight;
    if (point.block >= 0) totals.hour_known += point.weight;
  }
  return totals;
}

}  // namespace geo
