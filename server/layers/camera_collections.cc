// Cameras: the register, as PlacementService tells it.
#include <fmt/format.h>

#include <limits>

#include "server/codec/camera_answer_codec.h"
#include "server/codec/camera_review_codec.h"
#include "server/layers/kind_parts.h"
#include "server/layers/kinds.h"
#include "server/layers/street_words.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

struct CameraFeature {
  v1::RegisteredCamera camera;
  geo::GridPoint at;
  std::string kind;  // of its model

  std::string feature_id() const { return FeatureIdOfSuppliers(camera.id()); }
  FeatureGeometry geometry(const std::shared_ptr<const geo::Snapshot>&) const { return at; }
  std::size_t bytes() const { return camera.SpaceUsedLong() + kind.size(); }
};

using CameraRow = CameraFeature;

constexpr const char* kFixed = "fixed";
constexpr const char* kTours = "tours";
constexpr const char* kSeveralLenses = "several lenses";

std::string KindOf(const std::string& id, const v1::ListCamerasResponse& response) {
  for (const v1::CameraModel& model : response.models()) {
    if (model.id() == id) return model.pan_deg() > 0 ? kTours : model.sensors() > 1 ? kSeveralLenses : kFixed;
  }
  return "";
}

FeatureValue DayOrNone(const v1::RegisteredCamera& camera) {
  if (!camera.has_installed()) return {};
  const v1::Day& day = camera.installed();
  return fmt::format("{:04}-{:02}-{:02}", day.year(), day.month(), day.day());
}

const std::vector<Column<CameraRow>>& CameraColumns() {
  static const std::vector<Column<CameraRow>> columns{
      {{"camera", ValueType::kText, "Camera", "Its id in the register.", "", {}},
       [](const CameraRow& row, const TableFacts&) -> FeatureValue { return row.camera.id(); }},
      {AsAtProperty(), [](const CameraRow&, const TableFacts& facts) -> FeatureValue { return facts.begin_utc; }},
      {{"place", ValueType::kText, "Place", "The supplier's own words, a street mostly; absent where there are none.", "", {}},
       [](const CameraRow& row, const TableFacts&) { return TextOrNone(row.camera.place()); }},
      {{"register", ValueType::kText, "Register", "Of which file it is.", "", {}},
       [](const CameraRow& row, const TableFacts&) -> FeatureValue { return row.camera.layer(); }},
      {{"model", ValueType::kText, "Model", "Of the dataset's models.", "", {}},
       [](const CameraRow& row, const TableFacts&) -> FeatureValue { return row.camera.model(); }},
      {{"kind",
        ValueType::kText,
        "Kind",
        "Of its model: looks one way, tours over more than it takes in at once, or has lenses side by side.",
        "",
        {kFixed, kTours, kSeveralLenses}},
       [](const CameraRow& row, const TableFacts&) { return TextOrNone(row.kind); }},
      {{"bearing_deg", ValueType::kNumber, "Bearing", "Clockwise from north; absent where it is not known.", "degrees", {}},
       [](const CameraRow& row, const TableFacts&) { return row.camera.has_bearing_deg() ? FeatureValue(row.camera.bearing_deg()) : FeatureValue(); }},
      {{"field_of_view_deg", ValueType::kNumber, "Field of view", "That it takes in at once; absent: its model's.", "degrees", {}},
       [](const CameraRow& row, const TableFacts&) {
         return row.camera.has_field_of_view_deg() ? FeatureValue(row.camera.field_of_view_deg()) : FeatureValue();
       }},
      {{"height_m", ValueType::kNumber, "Height", "Of the lens above ground; absent: its model's.", "m", {}},
       [](const CameraRow& row, const TableFacts&) { return row.camera.has_height_m() ? FeatureValue(row.camera.height_m()) : FeatureValue(); }},
      {{"on_building", ValueType::kFlag, "On a building", "Its own building hides nothing from it.", "", {}},
       [](const CameraRow& row, const TableFacts&) -> FeatureValue { return row.camera.on_building(); }},
      {StateProperty(), [](const CameraRow& row, const TableFacts&) -> FeatureValue { return StateWord(row.camera.state()); }},
      {WorksProperty(), [](const CameraRow& row, const TableFacts&) -> FeatureValue { return WorksNumber(row.camera.state()); }},
      {{"movable", ValueType::kFlag, "Movable", "It may be put elsewhere.", "", {}},
       [](const CameraRow& row, const TableFacts&) -> FeatureValue { return row.camera.movable(); }},
      {{"installed", ValueType::kDate, "Installed", "The day; absent where it is not known.", "", {}},
       [](const CameraRow& row, const TableFacts&) { return DayOrNone(row.camera); }},
      {HandlingProperty(kCameraHandling), [](const CameraRow&, const TableFacts&) -> FeatureValue { return std::string(kCameraHandling); }},
  };
  return columns;
}

class Cameras final : public CollectionKind {
 public:
  std::vector<Collection> list(const geo::DatasetSnapshot& data) const override {
    if (data.street.cameras.empty()) return {};
    return {{CollectionIdOf(data, "cameras"), fmt::format("{}: cameras", data.record.title),
             fmt::format("The register of cameras, in order of its files. Handling: {}.", kCameraHandling), this, &data, 0}};
  }
  const Schema& schema() const override {
    static const Schema schema = SchemaOf(GeometryType::kPoint, 7, CameraColumns());
    return schema;
  }
  bool standing() const override { return true; }
  std::string_view handling() const override { return kCameraHandling; }
  std::size_t coloured() const override { return schema().find("works"); }
  geo::LayerMeasure measure() const override { return geo::LayerMeasure::kCameraWorks; }
  std::string layer_name() const override { return "cameras"; }

  // As PlacementService.ListCameras.
  geo::Result<TablePtr> open(const std::shared_ptr<const geo::Snapshot>& snapshot, const Collection& collection, const LayerQuestion& question,
                             const OpenLimits&, const geo::StopSignal& stop) const override {
    if (auto sound = CheckAsksNoIncidents(question); !sound) return geo::Fail(sound.error());
    v1::ListCamerasRequest request;
    request.set_dataset("datasets/" + collection.data->record.id);
    auto call = DecodeListCameras(request, *snapshot);
    if (!call) return geo::Fail(call.error());
    call->page.size = std::numeric_limits<std::size_t>::max();  // pages are cut from the table
    auto answer = ComputeRegister(*call, stop);
    if (!answer) return geo::Fail(answer.error());
    const auto disclosed = geo::Disclose(*answer, question.role);
    v1::ListCamerasResponse response;
    const auto encoded = EncodeListCameras(*call, disclosed, response);
    if (!encoded) return geo::Fail(encoded.error());
    std::vector<CameraRow> rows;
    for (int i = 0; i < response.cameras_size(); ++i) {
      v1::RegisteredCamera& camera = *response.mutable_cameras(i);
      std::string kind = KindOf(camera.model(), response);
      rows.push_back({std::move(camera), disclosed.value()->street.cameras[static_cast<std::size_t>(i)].at, std::move(kind)});
    }
    return std::make_shared<RowTable<CameraRow>>(snapshot, CameraColumns(), FactsOf(collection, question), std::move(rows),
                                                 std::move(*response.mutable_context()));
  }
};

}  // namespace

const CollectionKind& CameraCollections() {
  static const Cameras kind;
  return kind;
}

}  // namespace server
