// Answers about cameras, as a server would send them.
#pragma once

#include <string>

#include "tests/unit/server/cli/canned_ward_answers.h"
#include "wardwatch/v1/placement_service.pb.h"

namespace server::canned {

inline void PlaceAt(api::Position& position, double easting_m, double northing_m) {
  position.set_easting_m(easting_m);
  position.set_northing_m(northing_m);
  position.set_latitude_deg(51.4);
  position.set_longitude_deg(0.5);
}

inline void AddBlock(google::protobuf::RepeatedPtrField<api::BlockWeight>& blocks, int begin_minute, int end_minute, double weight) {
  api::BlockWeight& block = *blocks.Add();
  block.mutable_hours()->set_begin_minute(begin_minute);
  block.mutable_hours()->set_end_minute(end_minute);
  block.set_weight(weight);
}

inline void AddPlaces(google::protobuf::RepeatedPtrField<api::PlacesInView>& places, const std::string& level, int homes, int schools) {
  for (const auto& [kind, number] : {std::pair("home", homes), std::pair("school", schools)}) {
    api::PlacesInView& view = *places.Add();
    view.set_kind(kind);
    view.set_level(level);
    view.set_places(number);
  }
}

// Seven categories, by day and by night, hours known of all but a twentieth; proved best.
inline api::CameraCertificate Certificate() {
  api::CameraCertificate certificate;
  for (int i = 0; i < 7; ++i) {
    api::CategoryEvidence& row = *certificate.mutable_evidence()->add_categories();
    row.set_category("category-" + std::to_string(i));
    row.set_weight(70 - 10 * i);
    row.set_grade(i == 0 ? api::EVIDENCE_GRADE_STRONG : api::EVIDENCE_GRADE_NO_EFFECT_FOUND);
    if (i == 1) row.set_caution("helps detection");
  }
  certificate.mutable_evidence()->set_responsive_share(0.25);
  AddBlock(*certificate.mutable_hours()->mutable_blocks(), 360, 840, 30);
  AddBlock(*certificate.mutable_hours()->mutable_blocks(), 1320, 360, 60);
  certificate.mutable_hours()->add_blocks()->set_weight(10);
  certificate.mutable_hours()->set_known_share(0.9);
  certificate.mutable_hours()->set_monitored_share(0.5);
  AddPlaces(*certificate.mutable_intrusion(), "observe", 20, 2);
  AddPlaces(*certificate.mutable_intrusion(), "recognise", 3, 1);
  api::SolverReport& solver = *certificate.mutable_solver();
  solver.set_method("integer program");
  solver.set_solver("COIN-OR CBC 2.10");
  solver.set_value(120);
  solver.set_bound(125);
  solver.set_gap(0.04);
  solver.set_stopped(true);
  api::RobustnessNote& robustness = *certificate.mutable_robustness();
  robustness.set_draws(50);
  robustness.set_stable_share(0.5);
  robustness.set_core_share(0.9);
  robustness.set_mean_kept(0.97);
  robustness.set_worst_kept(0.9);
  certificate.set_median_precision_m(3);
  SetDay(*certificate.mutable_review_on(), 2026, 1, 31);
  certificate.set_level("recognise");
  certificate.set_table("EN IEC 62676-4:2014");
  certificate.set_handling("partners alone: not for public release");
  api::CameraNote& note = *certificate.add_notes();
  note.set_reason("NO_BUILDINGS");
  note.set_message("no buildings are known");
  return certificate;
}

inline api::SitingAnswer Sites() {
  api::SitingAnswer answer;
  double cumulative = 20;
  for (int i = 0; i < 2; ++i) {
    api::SitedCamera& pick = *answer.add_picks();
    pick.set_id(i == 0 ? "L00042" : "L00007");
    PlaceAt(*pick.mutable_position(), 500'100 + 500.0 * i, 200'100);
    pick.set_bearing_deg(90);
    pick.set_cost_pence(450'000);
    pick.set_sees(80 - 20 * i);
    pick.set_gain(60 - 20 * i);
    pick.set_cumulative(cumulative += pick.gain());
    pick.set_unique(40);
    pick.set_gain_per_1000_pounds(pick.gain() / 4.5);
    AddPlaces(*pick.mutable_intrusion(), "recognise", 3, i);
  }
  answer.set_total(1000);
  answer.set_located(980);
  answer.set_coverable(300);
  answer.set_before(20);
  answer.set_covered(120);
  answer.set_backup(5);
  answer.set_spend_pence(900'000);
  answer.set_candidates(840);
  api::SitingAlternative& other = *answer.add_alternatives();
  other.add_ids("L00008");
  other.add_ids("L00042");
  other.set_value(119);
  other.set_share_of_best(119.0 / 120);
  api::DemandCell& cell = *answer.add_cells();
  cell.set_cell("s250:r800:c2000");
  PlaceAt(*cell.mutable_centre(), 500'125, 200'125);
  cell.set_weight(100);
  cell.set_covered(80);
  answer.set_cell_size_m(250);
  *answer.mutable_certificate() = Certificate();
  *answer.mutable_context() = Context();
  return answer;
}

inline api::ReviewCamerasResponse Reviewed() {
  api::ReviewCamerasResponse answer;
  const auto add = [&](const char* id, api::ReviewClass review, api::CameraState state, const char* reason, double per_year) {
    api::CameraReview& camera = *answer.add_cameras();
    camera.set_id(id);
    camera.set_review(review);
    camera.set_state(state);
    camera.add_reasons(reason);
    camera.add_sentences(std::string("because of ") + reason);
    PlaceAt(*camera.mutable_position(), 500'100, 200'100);
    camera.set_per_year(per_year);
    *camera.mutable_per_year_interval() = Between(per_year / 2, per_year * 2);
    camera.set_unique(per_year / 4);
    camera.set_unique_share(0.25);
    camera.set_rank(answer.cameras_size());
  };
  add("CAM001", api::REVIEW_CLASS_KEEP, api::CAMERA_STATE_WORKING, "NEED_SHOWN", 120);
  add("CAM002", api::REVIEW_CLASS_REPAIR_FIRST, api::CAMERA_STATE_FAULTY, "OUT_OF_ORDER", 90);
  add("CAM003", api::REVIEW_CLASS_NEED_NOT_SHOWN, api::CAMERA_STATE_WORKING, "FEW_IN_VIEW", 2);
  answer.set_total(1000);
  answer.set_covered(100);
  answer.set_covered_if_repaired(190);
  answer.mutable_rules()->set_need_per_year(12);
  answer.mutable_rules()->set_least_unique_share(0.1);
  answer.mutable_rules()->set_better_by(2);
  answer.set_cell_size_m(250);
  *answer.mutable_certificate() = Certificate();
  *answer.mutable_context() = Context();
  return answer;
}

}  // namespace server::canned
