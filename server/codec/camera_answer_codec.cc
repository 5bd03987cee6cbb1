#include "server/codec/camera_answer_codec.h"

#include "server/codec/period_codec.h"
#include "server/codec/position_codec.h"

namespace server {
namespace v1 = ::wardwatch::v1;

const char* const kCameraHandling =
    "partners alone: where cameras stand, which way they look, whether they work and what they leave uncovered is not for public release";

v1::CameraState EncodeCameraState(geo::CameraState state) {
  switch (state) {
    case geo::CameraState::kWorking:
      return v1::CAMERA_STATE_WORKING;
    case geo::CameraState::kFaulty:
      return v1::CAMERA_STATE_FAULTY;
    case geo::CameraState::kOut:
      return v1::CAMERA_STATE_OUT;
  }
  return v1::CAMERA_STATE_UNSPECIFIED;
}

v1::EvidenceGrade EncodeGrade(geo::EvidenceGrade grade) {
  switch (grade) {
    case geo::EvidenceGrade::kNotStudied:
      return v1::EVIDENCE_GRADE_NOT_STUDIED;
    case geo::EvidenceGrade::kNoEffect:
      return v1::EVIDENCE_GRADE_NO_EFFECT_FOUND;
    case geo::EvidenceGrade::kWeak:
      return v1::EVIDENCE_GRADE_WEAK;
    case geo::EvidenceGrade::kModerate:
      return v1::EVIDENCE_GRADE_MODERATE;
    case geo::EvidenceGrade::kStrong:
      return v1::EVIDENCE_GRADE_STRONG;
  }
  return v1::EVIDENCE_GRADE_UNSPECIFIED;
}

void EncodeEvidenceFit(const geo::EvidenceFit& fit, const std::vector<std::string>& categories, v1::EvidenceFit& out) {
  for (const geo::EvidenceFit::Row& row : fit.rows) {
    v1::CategoryEvidence& encoded = *out.add_categories();
    encoded.set_category(categories[static_cast<std::size_t>(row.category)]);
    encoded.set_weight(row.weight);
    encoded.set_grade(EncodeGrade(row.grade));
    encoded.set_caution(row.caution);
    encoded.set_source(row.source);
  }
  out.set_responsive_share(fit.responsive_share);
}

void EncodeBlocks(const std::vector<double>& weights, const std::vector<geo::TimeOfWeek>& windows, google::protobuf::RepeatedPtrField<v1::BlockWeight>& out) {
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] == 0) continue;
    v1::BlockWeight& encoded = *out.Add();
    if (i < windows.size()) EncodeTimeOfWeek(windows[i], *encoded.mutable_hours());
    encoded.set_weight(weights[i]);
  }
}

void EncodeHourFit(const geo::HourFit& fit, const std::vector<geo::TimeOfWeek>& windows, v1::HourFit& out) {
  std::vector<double> weights = fit.by_block;
  weights.resize(windows.size());
  weights.push_back(fit.unknown);
  EncodeBlocks(weights, windows, *out.mutable_blocks());
  out.set_known_share(fit.known_share);
  if (fit.monitored_share) out.set_monitored_share(*fit.monitored_share);
}

void EncodeIntrusion(const geo::IntrusionCount& count, const geo::CameraScene& scene, google::protobuf::RepeatedPtrField<v1::PlacesInView>& out) {
  const auto levels = geo::LevelsOf(scene.table);
  for (std::size_t level = 0; level < count.at_level.size(); ++level) {
    for (std::size_t kind = 0; kind < scene.place_kinds.size(); ++kind) {
      v1::PlacesInView& encoded = *out.Add();
      encoded.set_kind(scene.place_kinds[kind]);
      encoded.set_level(std::string(levels[level].name));
      encoded.set_places(count.at_level[level][kind]);
    }
  }
}

void EncodeLevels(const std::vector<double>& weights, geo::DensityTable table, google::protobuf::RepeatedPtrField<v1::LevelWeight>& out) {
  const auto levels = geo::LevelsOf(table);
  for (std::size_t level = 0; level < weights.size(); ++level) {
    v1::LevelWeight& encoded = *out.Add();
    encoded.set_level(std::string(levels[level].name));
    encoded.set_weight(weights[level]);
  }
}

void EncodeRobustness(const geo::RobustnessNote& note, v1::RobustnessNote& out) {
  out.set_draws(note.draws);
  out.set_stable_share(note.stable_share);
  out.set_core_share(note.core_share);
  out.set_mean_kept(note.mean_kept);
  out.set_worst_kept(note.worst_kept);
}

namespace {

void EncodeSolver(const geo::SolverReport& report, v1::SolverReport& out) {
  out.set_method(report.method);
  out.set_solver(report.solver);
  out.set_value(report.value);
  out.set_bound(report.bound);
  out.set_gap(report.gap);
  out.set_proved_optimal(report.proved_optimal);
  out.set_stopped(report.stopped);
  out.set_nodes(report.nodes);
  out.set_seed(report.seed);
  out.set_options(report.options);
  out.set_options_left(report.options_left);
}

}  // namespace

void EncodeCertificate(const geo::CameraCertificate& certificate, const geo::CameraScene& scene, const std::vector<geo::TimeOfWeek>& windows,
                       const std::vector<geo::SceneNote>& notes, v1::CameraCertificate& out) {
  EncodeEvidenceFit(certificate.evidence, scene.demand.categories, *out.mutable_evidence());
  EncodeHourFit(certificate.hours, windows, *out.mutable_hours());
  EncodeIntrusion(certificate.intrusion, scene, *out.mutable_intrusion());
  if (certificate.intrusion_before) EncodeIntrusion(*certificate.intrusion_before, scene, *out.mutable_intrusion_before());
  if (certificate.solver) EncodeSolver(*certificate.solver, *out.mutable_solver());
  if (certificate.robustness) EncodeRobustness(*certificate.robustness, *out.mutable_robustness());
  out.set_median_precision_m(certificate.median_precision_m);
  EncodeDay(certificate.review_on, *out.mutable_review_on());
  out.set_level(certificate.level);
  out.set_table(certificate.table);
  out.set_handling(kCameraHandling);
  EncodeNotes(notes, *out.mutable_notes());
}

void EncodeNotes(const std::vector<geo::SceneNote>& notes, google::protobuf::RepeatedPtrField<v1::CameraNote>& out) {
  for (const geo::SceneNote& note : notes) {
    v1::CameraNote& encoded = *out.Add();
    encoded.set_reason(note.reason);
    encoded.set_message(note.message);
  }
}

void EncodeLeftOut(const std::vector<geo::SpotLeftOut>& left_out, google::protobuf::RepeatedPtrField<v1::SiteLeftOut>& out) {
  for (const geo::SpotLeftOut& left : left_out) {
    v1::SiteLeftOut& encoded = *out.Add();
    encoded.set_id(left.id);
    encoded.set_reason(left.reason);
    encoded.set_message(left.message);
  }
}

geo::Result<void> EncodeDemandCells(const std::vector<geo::DemandCell>& cells, const geo::CellGrid& grid, google::protobuf::RepeatedPtrField<v1::DemandCell>& out) {
  for (const geo::DemandCell& cell : cells) {
    v1::DemandCell& encoded = *out.Add();
    encoded.set_cell(grid.format(cell.id));
    if (auto placed = EncodePosition(grid.centre_of(cell.id), *encoded.mutable_centre()); !placed) return placed;
    encoded.set_weight(cell.weight);
    encoded.set_covered(cell.covered);
  }
  return {};
}

geo::Result<void> EncodeView(const geo::CameraSpot& spot, bool existing, const geo::SpotOutlines& outlines, geo::DensityTable table, v1::CameraView& out) {
  out.set_id(spot.id);
  out.set_existing(existing);
  if (auto placed = EncodePosition(spot.at, *out.mutable_position()); !placed) return placed;
  out.set_bearing_deg(outlines.bearing_deg);
  const auto levels = geo::LevelsOf(table);
  for (std::size_t level = 0; level < outlines.by_level.size(); ++level) {
    if (outlines.by_level[level].size() < 3) continue;
    auto geojson = FormatGeoJson(geo::Polygon{{outlines.by_level[level]}});
    if (!geojson) return geo::Fail(geojson.error());
    v1::ViewOutline& outline = *out.add_outlines();
    outline.set_level(std::string(levels[level].name));
    outline.set_geojson(std::move(*geojson));
  }
  return {};
}

}  // namespace server
