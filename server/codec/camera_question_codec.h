// What every question about cameras begins with: the question about incidents, the setting, the model, the level, the sites.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/placement/incident_demand.h"
#include "geo/placement/street_scene.h"
#include "server/codec/question_codec.h"
#include "wardwatch/v1/site_evidence.pb.h"

namespace server {

// Valid while the snapshot that it was decoded against is held.
struct CameraQuestion {
  Question question;
  geo::SceneSettings settings;                           // threads are put in by the service
  std::optional<wardwatch::v1::DraftFeatures> buildings;  // opened by a worker
  Parameters parameters;                                 // of question and setting
};

// `positions`: whether the answer rests on single positions, which snapped sources cannot carry: kFailedPrecondition SNAPPED_POINTS names what could.
geo::Result<CameraQuestion> DecodeCameraSetting(Question question, const wardwatch::v1::CameraSetting& setting, bool positions, const geo::Snapshot& snapshot);
template <class Request>
geo::Result<CameraQuestion> DecodeCameraQuestion(const Request& request, const geo::Snapshot& snapshot, bool positions = true) {
  auto question = DecodePlaceQuestion(request, snapshot);
  if (!question) return geo::Fail(question.error());
  return DecodeCameraSetting(std::move(*question), request.setting(), positions, snapshot);
}

// "model", of the dataset or the caller's own.
struct ModelChoice {
  std::size_t index = 0;  // of the scene's models, where `own` is none
  std::optional<geo::CameraModel> own;
};
geo::Result<ModelChoice> DecodeModelChoice(const wardwatch::v1::CameraModelChoice& choice, CameraQuestion& question);
// Its place in the scene, into which it is put where it is the caller's own.
std::size_t PutModel(const ModelChoice& choice, geo::CameraScene& scene);

// "level"; the name in the table of the setting for an empty one.
geo::Result<std::string> DecodeLevel(const std::string& level, const char* usual_2014, const char* usual_2025, CameraQuestion& question);

// Adds buildings and demand to the dataset's scene. Errors: of DemandOf, NO_DATA, TOO_MUCH_DEMAND, and of the draft of buildings.
struct AskedScene {
  geo::CameraScene scene;
  geo::IncidentDemand incidents;  // without the demand, which is the scene's
};
geo::Result<AskedScene> BuildScene(const CameraQuestion& question, const geo::StopSignal& stop);
// Demand of other days, by the same filter. `field` names the period.
geo::Result<geo::IncidentDemand> DemandIn(const CameraQuestion& question, geo::Period period, const char* field, const geo::StopSignal& stop);

// The part of the answer's context that follows from the question and its demand.
ContextFacts FactsOfCameras(const CameraQuestion& question, const geo::IncidentDemand& incidents);

// geo's errors by the fields of its own structs, with the fields of the request.
geo::Error CameraError(geo::Error error);

}  // namespace server
