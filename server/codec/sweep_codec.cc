// SweepBearings: whom a site would watch, and which way fewer.
#include <fmt/format.h>

#include "server/codec/camera_answer_codec.h"
#include "server/codec/refusal.h"
#include "server/codec/site_evidence_codec.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;

geo::Result<SweepCall> DecodeSweepBearings(const v1::SweepBearingsRequest& request, const geo::Snapshot& snapshot) {
  SweepCall call;
  auto question = DecodeCameraQuestion(request, snapshot);
  if (!question) return geo::Fail(question.error());
  call.question = std::move(*question);
  auto site = DecodeRequestedSite(request.site(), call.question);
  if (!site) return geo::Fail(site.error());
  call.query.site = std::move(*site);
  auto model = DecodeModelChoice(request.model(), call.question);
  if (!model) return geo::Fail(model.error());
  call.model = std::move(*model);
  auto level = DecodeLevel(request.level(), "recognise", "perceive", call.question);
  if (!level) return geo::Fail(level.error());
  call.query.level = std::move(*level);
  const auto step = DecodeNumber("step_deg", request.step_deg(), {1, 180, call.query.step_deg, "degrees"});
  if (!step) return geo::Fail(step.error());
  call.query.step_deg = *step;
  if (request.has_keep_share()) {
    const auto keep = DecodeGivenNumber("keep_share", request.keep_share(), {0, 1, call.query.keep_share, ""});
    if (!keep) return geo::Fail(keep.error());
    call.query.keep_share = *keep;
  }
  if (request.has_mask_radius_m()) {
    const auto mask = DecodeGivenNumber("mask_radius_m", request.mask_radius_m(), {0, 100, call.query.mask_radius_m, "m"});
    if (!mask) return geo::Fail(mask.error());
    call.query.mask_radius_m = *mask;
  }
  Parameters& out = call.question.parameters;
  out.emplace_back("step_deg", fmt::format("{}", call.query.step_deg));
  out.emplace_back("keep_share", fmt::format("{}", call.query.keep_share));
  out.emplace_back("mask_radius_m", fmt::format("{}", call.query.mask_radius_m));
  return call;
}

geo::Result<SweptBearings> ComputeBearings(const SweepCall& call, const geo::StopSignal& stop) {
  SweptBearings out;
  auto asked = BuildScene(call.question, stop);
  if (!asked) return geo::Fail(asked.error());
  out.asked = std::move(*asked);
  geo::IntrusionQuery query = call.query;
  query.model = PutModel(call.model, out.asked.scene);
  auto answer = geo::SweepBearings(out.asked.scene, query, stop);
  if (!answer) return geo::Fail(CameraError(answer.error()));
  out.answer = std::move(*answer);
  out.notes = geo::NotesOn(*call.question.question.data, out.asked.scene);
  return out;
}

geo::Result<std::int64_t> EncodeSweepBearings(const SweepCall& call, const geo::Disclosed<SweptBearings>& disclosed, v1::SweepBearingsResponse& response) {
  const geo::IntrusionAnswer& answer = disclosed.value().answer;
  const geo::CameraScene& scene = disclosed.value().asked.scene;
  for (const geo::BearingIntrusion& bearing : answer.bearings) {
    v1::BearingIntrusion& encoded = *response.add_bearings();
    encoded.set_bearing_deg(bearing.bearing_deg);
    encoded.set_covered(bearing.covered);
    encoded.set_cover_lost_by_masking(bearing.cover_lost_by_masking);
    encoded.set_places(bearing.places);
    EncodeIntrusion(bearing.intrusion, scene, *encoded.mutable_intrusion());
  }
  response.set_best_bearing_deg(answer.bearings[answer.best].bearing_deg);
  response.set_least_intrusive_bearing_deg(answer.bearings[answer.least_intrusive].bearing_deg);
  response.set_places_avoided(answer.places_avoided);
  response.set_cover_lost_by_turning(answer.cover_lost_by_turning);
  EncodeCertificate(answer.certificate, scene, geo::WindowsOf(call.question.settings.blocks), disclosed.value().notes, *response.mutable_certificate());
  ContextFacts facts = FactsOfCameras(call.question, disclosed.value().asked.incidents);
  facts.method = "Incidents and protected places in view past buildings for each bearing; a mask blots out the disc about a place and what lies behind it." +
                 WeightMethod(call.question.question);
  BuildContext(call.question.question.snapshot, *call.question.question.data, facts, disclosed.rule(), *response.mutable_context());
  return response.bearings_size();
}

}  // namespace server
