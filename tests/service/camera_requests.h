// One request of each question of PlacementService about the drawn street, as text that any test may change.
#pragma once

#include "tests/service/street_town.h"
#include "tests/service/ward_requests.h"

namespace service_test {

inline server::SnapshotStore::Load LoadStreet() {
  return [snapshot = StreetTown().build()] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(snapshot); };
}

inline const std::string kStreetIn2023 = "dataset: 'datasets/street' period { calendar_year: 2023 } ";

inline v1::SiteCamerasRequest SitesOf2023() { return Parsed<v1::SiteCamerasRequest>(kStreetIn2023 + "model { id: 'fixed' } picks: 2"); }
inline v1::TestSitingRequest TestOf2023() {
  return Parsed<v1::TestSitingRequest>("draws: 10 question { " + kStreetIn2023 + "model { id: 'fixed' } picks: 1 }");
}
inline v1::ReviewCamerasRequest ReviewOf2023() { return Parsed<v1::ReviewCamerasRequest>(kStreetIn2023); }
inline v1::PlanRedeployablesRequest UnitsFrom2021() {
  return Parsed<v1::PlanRedeployablesRequest>(
      "dataset: 'datasets/street' period { days { begin { year: 2021 month: 1 day: 1 } end { year: 2024 month: 1 day: 1 } } } model { id: 'fixed' } "
      "units { id: 'R1' }");
}
inline v1::GatherSiteEvidenceRequest EvidenceAtC() {
  return Parsed<v1::GatherSiteEvidenceRequest>(kStreetIn2023 + "model { id: 'fixed' } site { id: 'C' } draws: 10");
}
inline v1::CountDetailLevelsRequest DetailOf2023() { return Parsed<v1::CountDetailLevelsRequest>(kStreetIn2023); }
inline v1::CompareResponsesRequest ResponsesOf2023() { return Parsed<v1::CompareResponsesRequest>(kStreetIn2023); }
inline v1::SweepBearingsRequest BearingsAtC() {
  return Parsed<v1::SweepBearingsRequest>(kStreetIn2023 + "model { id: 'fixed' } site { id: 'C' } level: 'observe'");
}

}  // namespace service_test
