// ListCameras, and CountDetailLevels.
#include <fmt/format.h>

#include <algorithm>

#include "server/codec/camera_answer_codec.h"
#include "server/codec/camera_review_codec.h"
#include "server/codec/filter_codec.h"
#include "server/codec/period_codec.h"
#include "server/codec/position_codec.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

geo::Result<void> EncodeCamera(const geo::DatasetRecord& record, const geo::StandingCamera& camera, v1::RegisteredCamera& out) {
  out.set_id(camera.id);
  out.set_layer(record.street.layers[camera.layer].id);
  if (auto placed = EncodePosition(camera.at, *out.mutable_position()); !placed) return placed;
  out.set_model(record.street.models[camera.model].id);
  if (camera.field_of_view_deg) out.set_field_of_view_deg(*camera.field_of_view_deg);
  if (camera.bearing_deg) out.set_bearing_deg(*camera.bearing_deg);
  if (camera.height_m) out.set_height_m(*camera.height_m);
  out.set_on_building(camera.on_building);
  out.set_state(EncodeCameraState(camera.state));
  out.set_movable(camera.bond == geo::CameraBond::kMovable);
  if (camera.installed) EncodeDay(*camera.installed, *out.mutable_installed());
  out.set_place(camera.place);
  return {};
}

void EncodeModel(const geo::CameraModel& model, v1::CameraModel& out) {
  out.set_id(model.id);
  out.set_title(model.title);
  out.set_horizontal_pixels(model.pixels);
  out.set_field_of_view_deg(model.field_of_view_deg.value_or(0));
  out.set_sensor_width_mm(model.sensor_width_mm);
  out.set_focal_length_mm(model.focal_length_mm);
  out.set_pan_deg(model.pan_deg);
  out.set_sensors(model.sensors);
  out.set_height_m(model.height_m);
  out.set_target_height_m(model.target_height_m);
  out.set_reach_m(model.reach_m.value_or(0));
}

void EncodeLayers(const geo::DatasetSnapshot& data, v1::ListCamerasResponse& response) {
  const char* const kinds[] = {"cameras", "camera sites", "buildings", "protected places"};
  const auto& layers = data.record.street.layers;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    v1::StreetLayer& out = *response.add_layers();
    out.set_id(layers[i].id);
    out.set_title(layers[i].title);
    out.set_kind(kinds[static_cast<int>(layers[i].kind)]);
    out.set_rows(layers[i].file.rows_kept);
    out.set_rows_rejected(layers[i].file.rows_rejected);
    for (const std::string& told : layers[i].tells) out.add_tells(told);
    out.set_with_power(std::count_if(data.street.sites.begin(), data.street.sites.end(), [&](const auto& site) { return site.layer == i && site.power; }));
  }
}

}  // namespace

geo::Result<RegisterCall> DecodeListCameras(const v1::ListCamerasRequest& request, const geo::Snapshot& snapshot) {
  RegisterCall call;
  const auto data = DecodeDataset(request.dataset(), "dataset", snapshot);
  if (!data) return geo::Fail(data.error());
  call.data = *data;
  auto page = DecodePage(request, snapshot.id, limits::kDefaultCameraPage, limits::kMaxPage);
  if (!page) return geo::Fail(page.error());
  call.page = std::move(*page);
  return call;
}

geo::Result<CameraRegister> ComputeRegister(const RegisterCall& call, const geo::StopSignal&) { return call.data; }

geo::Result<std::int64_t> EncodeListCameras(const RegisterCall& call, const geo::Disclosed<CameraRegister>& disclosed, v1::ListCamerasResponse& response) {
  const geo::DatasetSnapshot& data = *disclosed.value();
  const auto& cameras = data.street.cameras;
  const std::size_t begin = std::min(call.page.offset, cameras.size()), end = begin + std::min(call.page.size, cameras.size() - begin);
  for (std::size_t i = begin; i < end; ++i) {
    if (auto encoded = EncodeCamera(data.record, cameras[i], *response.add_cameras()); !encoded) return geo::Fail(encoded.error());
  }
  if (end < cameras.size()) response.set_next_page_token(FormatPageToken(call.page.ticket, end));
  for (const geo::CameraModel& model : data.record.street.models) EncodeModel(model, *response.add_models());
  EncodeLayers(data, response);
  for (const geo::EvidenceTable& table : data.record.street.evidence) {
    v1::EvidenceTable& out = *response.add_evidence();
    out.set_id(table.id);
    out.set_title(table.title);
    out.set_version(table.version);
    out.set_source(table.source);
  }
  for (const std::string& kind : data.record.street.place_kinds) response.add_place_kinds(kind);
  response.set_total(static_cast<std::int32_t>(cameras.size()));
  response.set_handling(kCameraHandling);
  ContextFacts facts;
  facts.method = "What the loader recorded of the street, in order of its files.";
  BuildContext(call.page.ticket.snapshot, data, facts, disclosed.rule(), *response.mutable_context());
  return response.cameras_size();
}

geo::Result<void> CheckHasCameras(const CameraQuestion& question) {
  if (!question.question.data->street.cameras.empty()) return {};
  return geo::Fail({geo::ErrorCode::kFailedPrecondition, "dataset", "NO_CAMERAS",
                    fmt::format("datasets/{} was loaded without a register of cameras; add [[cameras]] to its manifest", question.question.data->record.id)});
}

geo::Result<DetailCall> DecodeCountDetailLevels(const v1::CountDetailLevelsRequest& request, const geo::Snapshot& snapshot) {
  auto question = DecodeCameraQuestion(request, snapshot);
  if (!question) return geo::Fail(question.error());
  if (auto cameras = CheckHasCameras(*question); !cameras) return geo::Fail(cameras.error());
  return DetailCall{std::move(*question)};
}

geo::Result<CountedDetail> ComputeDetailLevels(const DetailCall& call, const geo::StopSignal& stop) {
  CountedDetail out;
  auto asked = BuildScene(call.question, stop);
  if (!asked) return geo::Fail(asked.error());
  out.asked = std::move(*asked);
  auto answer = geo::CountDetailLevels(out.asked.scene, stop);
  if (!answer) return geo::Fail(CameraError(answer.error()));
  out.answer = std::move(*answer);
  out.notes = geo::NotesOn(*call.question.question.data, out.asked.scene);
  return out;
}

geo::Result<std::int64_t> EncodeCountDetailLevels(const DetailCall& call, const geo::Disclosed<CountedDetail>& disclosed, v1::CountDetailLevelsResponse& response) {
  const geo::DetailLevels& answer = disclosed.value().answer;
  const auto windows = geo::WindowsOf(call.question.settings.blocks);
  for (std::size_t level = 0; level < answer.levels.size(); ++level) {
    v1::DetailCount& whole = *response.add_levels();
    whole.set_level(answer.levels[level]);
    for (std::size_t block = 0; block < answer.blocks; ++block) {
      const double unseen = answer.at(level, 0, block), one = answer.at(level, 1, block), more = answer.at(level, 2, block);
      whole.set_unseen(whole.unseen() + unseen);
      whole.set_by_one(whole.by_one() + one);
      whole.set_by_more(whole.by_more() + more);
      if (unseen + one + more == 0) continue;
      v1::DetailCount& out = *response.add_counts();
      out.set_level(answer.levels[level]);
      if (block < windows.size()) EncodeTimeOfWeek(windows[block], *out.mutable_hours());
      out.set_unseen(unseen);
      out.set_by_one(one);
      out.set_by_more(more);
    }
  }
  response.set_total(answer.total);
  response.set_located(answer.located);
  EncodeLeftOut(answer.left_out, *response.mutable_left_out());
  EncodeCertificate(answer.certificate, disclosed.value().asked.scene, windows, disclosed.value().notes, *response.mutable_certificate());
  ContextFacts facts = FactsOfCameras(call.question, disclosed.value().asked.incidents);
  facts.method = "Incidents in view of the cameras that work, past buildings, at each level of pixel density or finer; a camera that tours counts wherever it can look." +
                 WeightMethod(call.question.question);
  BuildContext(call.question.question.snapshot, *call.question.question.data, facts, disclosed.rule(), *response.mutable_context());
  return response.counts_size();
}

}  // namespace server
