#include "server/codec/camera_question_codec.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "geo/snapshot/meets_data.h"
#include "server/codec/camera_draft_codec.h"
#include "server/codec/period_codec.h"
#include "server/codec/plan_codec.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

// A dataset, or sources of this one, whose positions are not snap points.
std::string FinerThan(const Question& question, const geo::Snapshot& snapshot) {
  std::string finer;
  for (const geo::SourceRecord& source : question.data->record.sources) {
    if (!source.snapped) finer += fmt::format("{}{}", finer.empty() ? "" : ", ", source.id);
  }
  if (!finer.empty()) return "name only its sources with exact positions: " + finer;
  for (const geo::DatasetSnapshot& data : snapshot.datasets) {
    const auto& sources = data.record.sources;
    const bool exact =
        std::any_of(sources.begin(), sources.end(), [](const auto& source) { return !source.snapped && source.time == geo::TimeKnowledge::kClock; });
    if (exact) finer += fmt::format("{}datasets/{}", finer.empty() ? "" : ", ", data.record.id);
  }
  return finer.empty() ? "ask of data with exact positions; none is loaded" : "ask of data with exact positions: " + finer;
}

geo::Result<void> CheckPositions(const Question& question, const geo::Snapshot& snapshot) {
  std::string snapped;
  for (const auto index : question.filter.sources) {
    const geo::SourceRecord& source = question.data->record.sources[index];
    if (source.snapped) snapped += fmt::format("{}{}", snapped.empty() ? "" : ", ", source.id);
  }
  if (snapped.empty()) return {};
  return geo::Fail({geo::ErrorCode::kFailedPrecondition, "filter.sources", "SNAPPED_POINTS",
                    fmt::format("{} puts incidents on snap points that stand for many real places; no camera can be judged by them: {}", snapped,
                                FinerThan(question, snapshot))});
}

geo::Result<geo::DensityTable> DecodeTable(v1::DensityTable table) {
  switch (table) {
    case v1::DENSITY_TABLE_UNSPECIFIED:
    case v1::DENSITY_TABLE_EN_62676_4_2014:
      return geo::DensityTable::k2014;
    case v1::DENSITY_TABLE_IEC_62676_4_2025:
      return geo::DensityTable::k2025;
    default:
      return geo::Fail(UnknownEnum("setting.table", table, "DENSITY_TABLE_EN_62676_4_2014 (1) or DENSITY_TABLE_IEC_62676_4_2025 (2)"));
  }
}

geo::Result<std::optional<std::size_t>> DecodeEvidence(const std::string& id, const geo::StreetRecord& street) {
  if (id.empty()) return street.evidence.size() == 1 ? std::optional<std::size_t>(0) : std::nullopt;
  std::vector<std::string> existing;
  for (std::size_t i = 0; i < street.evidence.size(); ++i) {
    if (street.evidence[i].id == id) return std::optional<std::size_t>(i);
    existing.push_back(street.evidence[i].id);
  }
  return geo::Fail(Unknown("setting.evidence", "evidence table", id, existing));
}

geo::Result<geo::CameraModel> DecodeOwnModel(const v1::CameraModel& sent, geo::DensityTable table) {
  geo::CameraModel model;
  model.id = sent.id().empty() ? "as sent" : sent.id();
  model.title = sent.title();
  for (const auto& [field, text] : {std::pair("model.model.id", &model.id), std::pair("model.model.title", &model.title)}) {
    if (text->size() > static_cast<std::size_t>(limits::kNameBytes))
      return geo::Fail(TooMany(field, static_cast<std::int64_t>(text->size()), limits::kNameBytes));
  }
  model.pixels = sent.horizontal_pixels();
  if (sent.field_of_view_deg() != 0) model.field_of_view_deg = sent.field_of_view_deg();
  model.sensor_width_mm = sent.sensor_width_mm();
  model.focal_length_mm = sent.focal_length_mm();
  model.pan_deg = sent.pan_deg();
  model.sensors = sent.sensors() == 0 ? 1 : sent.sensors();
  model.height_m = sent.height_m();
  model.target_height_m = sent.target_height_m();
  if (sent.reach_m() != 0) model.reach_m = sent.reach_m();
  if (auto optics = geo::OpticsOf(model, table, std::nullopt, "model.model"); !optics) {
    geo::Error error = optics.error();
    if (error.field == "model.model.pixels") error.field = "model.model.horizontal_pixels";
    return geo::Fail(std::move(error));
  }
  return model;
}

void Echo(const v1::CameraSetting& setting, CameraQuestion& question) {
  Parameters& out = question.parameters;
  AddQuestionParameters(question.question, out);
  out.emplace_back("setting.table", geo::NameOf(question.settings.table));
  out.emplace_back("setting.hours", FormatHourBlocks(question.settings.blocks));
  out.emplace_back("setting.decided_on", geo::FormatDay(question.settings.decided_on));
  out.emplace_back("setting.review_months", fmt::format("{}", question.settings.review_months));
  const auto& evidence = question.question.data->record.street.evidence;
  out.emplace_back("setting.evidence", question.settings.evidence ? evidence[*question.settings.evidence].id : "none");
  out.emplace_back("setting.buildings", setting.has_buildings() ? fmt::format("as sent, {} bytes", setting.buildings().geojson().size())
                                                                : fmt::format("the dataset's ({})", question.question.data->buildings.size()));
}

// Paths of geo's structs, and of the requests that they are made from.
constexpr std::pair<std::string_view, std::string_view> kFields[] = {
    {"candidates", "sites"}, {"requirements", "must_cover"}, {"comparable", "sites"},  {"bearings_deg", "sites.bearings_deg"},
    {"demand", "filter"},    {"earlier", "earlier"},         {"cameras", "dataset"},   {"evidence", "setting.evidence"},
    {"site.at", "site"},     {"history", "period"},          {"models", "model.model"}};

}  // namespace

geo::Error CameraError(geo::Error error) {
  for (const auto& [own, sent] : kFields) {
    if (!error.field.starts_with(own)) continue;
    const std::string_view rest = std::string_view(error.field).substr(own.size());
    if (!rest.empty() && rest.front() != '.' && rest.front() != '[') continue;
    error.field = std::string(sent);
    break;
  }
  return error;
}

geo::Result<CameraQuestion> DecodeCameraSetting(Question question, const v1::CameraSetting& setting, bool positions, const geo::Snapshot& snapshot) {
  CameraQuestion decoded;
  decoded.question = std::move(question);
  const geo::DatasetSnapshot& data = *decoded.question.data;
  if (positions) {
    if (auto exact = CheckPositions(decoded.question, snapshot); !exact) return geo::Fail(exact.error());
  }
  const auto table = DecodeTable(setting.table());
  if (!table) return geo::Fail(table.error());
  decoded.settings.table = *table;
  const auto blocks = DecodeHourBlocks(setting.hours());
  if (!blocks) return geo::Fail(Under("setting", blocks.error()));
  decoded.settings.blocks = *blocks;
  decoded.settings.decided_on = data.record.as_at;
  if (setting.has_decided_on()) {
    const auto day = DecodeDay(setting.decided_on(), "setting.decided_on");
    if (!day) return geo::Fail(day.error());
    decoded.settings.decided_on = *day;
  }
  const auto months = DecodeInteger("setting.review_months", setting.review_months() == 0 ? limits::kDefaultReviewMonths : setting.review_months(), 1,
                                    limits::kMaxReviewMonths);
  if (!months) return geo::Fail(months.error());
  decoded.settings.review_months = static_cast<int>(*months);
  const auto evidence = DecodeEvidence(setting.evidence(), data.record.street);
  if (!evidence) return geo::Fail(evidence.error());
  decoded.settings.evidence = *evidence;
  if (setting.has_buildings()) {
    if (auto sound = CheckDraftFeatures(setting.buildings(), "setting.buildings"); !sound) return geo::Fail(sound.error());
    decoded.buildings = setting.buildings();
  }
  Echo(setting, decoded);
  return decoded;
}

geo::Result<ModelChoice> DecodeModelChoice(const v1::CameraModelChoice& choice, CameraQuestion& question) {
  const auto& models = question.question.data->record.street.models;
  std::vector<std::string> existing;
  for (const geo::CameraModel& model : models) existing.push_back(model.id);
  ModelChoice decoded;
  if (choice.has_id()) {
    const auto found = std::find(existing.begin(), existing.end(), choice.id());
    if (found == existing.end()) return geo::Fail(Unknown("model.id", "camera model", choice.id(), existing));
    decoded.index = static_cast<std::size_t>(found - existing.begin());
    question.parameters.emplace_back("model.id", choice.id());
    return decoded;
  }
  if (!choice.has_model()) return geo::Fail(Missing("model", "send model.id, or a model of your own; there is: " + Listed(existing)));
  auto own = DecodeOwnModel(choice.model(), question.settings.table);
  if (!own) return geo::Fail(own.error());
  if (std::find(existing.begin(), existing.end(), own->id) != existing.end()) return geo::Fail(Repeated("model.model.id", own->id));
  question.parameters.emplace_back("model.model", fmt::format("{}: {} pixels over {} degrees, {} lenses, pans {} degrees, {} m high", own->id, own->pixels,
                                                              *geo::FieldOfViewDeg(*own, ""), own->sensors, own->pan_deg, own->height_m));
  decoded.own = std::move(*own);
  return decoded;
}

std::size_t PutModel(const ModelChoice& choice, geo::CameraScene& scene) {
  if (!choice.own) return choice.index;
  scene.models.push_back(*choice.own);
  return scene.models.size() - 1;
}

geo::Result<std::string> DecodeLevel(const std::string& level, const char* usual_2014, const char* usual_2025, CameraQuestion& question) {
  const std::string name = !level.empty() ? level : question.settings.table == geo::DensityTable::k2014 ? usual_2014 : usual_2025;
  if (const auto found = geo::FindLevel(question.settings.table, name, "level"); !found) return geo::Fail(found.error());
  question.parameters.emplace_back("level", name);
  return name;
}

geo::Result<geo::IncidentDemand> DemandIn(const CameraQuestion& question, geo::Period period, const char* field, const geo::StopSignal& stop) {
  geo::IncidentFilter filter = question.question.filter;
  filter.period = period;
  if (auto meets = geo::CheckMeetsData(*question.question.data, filter, field); !meets) return geo::Fail(meets.error());
  auto demand = geo::DemandOf(*question.question.data, filter, question.settings.blocks, "incidents of " + geo::FormatPeriod(period), stop);
  if (!demand) return demand;
  if (demand->demand.points.size() <= limits::kDemandPoints) return demand;
  return geo::Fail({geo::ErrorCode::kResourceExhausted, field, "TOO_MUCH_DEMAND",
                    fmt::format("is {}, with {} incidents and hour blocks, over {}; ask for fewer days, categories or hours", geo::FormatPeriod(period),
                                demand->demand.points.size(), limits::kDemandPoints)});
}

geo::Result<AskedScene> BuildScene(const CameraQuestion& question, const geo::StopSignal& stop) {
  AskedScene asked;
  asked.scene = geo::SceneOf(*question.question.data, question.settings);
  if (question.buildings) {
    auto buildings = DecodeDraftBuildings(*question.buildings, "setting.buildings");
    if (!buildings) return geo::Fail(buildings.error());
    asked.scene.buildings = std::move(*buildings);
  }
  auto incidents = DemandIn(question, question.question.filter.period, "period", stop);
  if (!incidents) return geo::Fail(incidents.error());
  asked.scene.demand = std::move(incidents->demand);
  incidents->demand = {};
  asked.incidents = std::move(*incidents);
  return asked;
}

ContextFacts FactsOfCameras(const CameraQuestion& question, const geo::IncidentDemand& incidents) {
  ContextFacts facts = FactsOfQuestion(question.question);
  facts.parameters = question.parameters;
  facts.selection = {incidents.selected, incidents.located, incidents.hour_unknown, incidents.hour_unknown_dropped};
  facts.breaks = geo::BreaksCrossed(*question.question.data, question.question.filter, question.question.filter.period);
  return facts;
}

}  // namespace server
