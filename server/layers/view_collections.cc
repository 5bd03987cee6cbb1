// Views: the ground that each camera of the register sees past buildings, by level of detail, as the review and the siting of cameras draw it.
#include <fmt/format.h>

#include <algorithm>

#include "geo/placement/certificate.h"
#include "geo/placement/outline_spots.h"
#include "geo/placement/street_scene.h"
#include "server/codec/answer_context.h"
#include "server/codec/camera_answer_codec.h"
#include "server/codec/camera_question_codec.h"
#include "server/layers/kind_parts.h"
#include "server/layers/kinds.h"
#include "server/layers/street_words.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

constexpr geo::DensityTable kTable = geo::DensityTable::k2014;  // the usual one of every question about cameras
constexpr const char* kHome = "home";

// One camera at one level.
struct ViewFeature {
  std::string camera;
  std::size_t level = 0;
  std::optional<double> bearing_deg;
  v1::CameraState state = v1::CAMERA_STATE_UNSPECIFIED;
  std::optional<std::int64_t> homes, other_places;  // none: the dataset knows no such places, which is not 0
  double area_m2 = 0;
  std::shared_ptr<const geo::MultiPolygon> ground;

  std::string feature_id() const { return fmt::format("{}.{}", FeatureIdOfSuppliers(camera), geo::LevelsOf(kTable)[level].name); }
  FeatureGeometry geometry(const std::shared_ptr<const geo::Snapshot>&) const { return ground; }
  std::size_t bytes() const { return camera.size() + ground->parts[0].rings[0].size() * sizeof(geo::GridPoint); }
};

using ViewRow = ViewFeature;

template <class Number>
FeatureValue NumberOrNone(const std::optional<Number>& number) {
  return number ? FeatureValue(*number) : FeatureValue();
}

std::vector<std::string> LevelNames() {
  std::vector<std::string> names;
  for (const geo::DensityLevel& level : geo::LevelsOf(kTable)) names.emplace_back(level.name);
  return names;
}

const std::vector<Column<ViewRow>>& ViewColumns() {
  static const std::vector<Column<ViewRow>> columns{
      {{"camera", ValueType::kText, "Camera", "Its id in the register.", "", {}},
       [](const ViewRow& row, const TableFacts&) -> FeatureValue { return row.camera; }},
      {AsAtProperty(), [](const ViewRow&, const TableFacts& facts) -> FeatureValue { return facts.begin_utc; }},
      {{"level", ValueType::kText, "Level", fmt::format("Of detail, by {}; what is in view at it or finer.", geo::NameOf(kTable)), "", LevelNames()},
       [](const ViewRow& row, const TableFacts&) -> FeatureValue { return std::string(geo::LevelsOf(kTable)[row.level].name); }},
      {{"level_index", ValueType::kWhole, "Place of the level", "0 is the coarsest.", "", {}},
       [](const ViewRow& row, const TableFacts&) -> FeatureValue { return static_cast<std::int64_t>(row.level); }},
      {{"pixels_per_m", ValueType::kNumber, "Pixels per metre", "That the level asks for.", "pixels per m", {}},
       [](const ViewRow& row, const TableFacts&) -> FeatureValue { return geo::LevelsOf(kTable)[row.level].pixels_per_m; }},
      {{"bearing_deg", ValueType::kNumber, "Bearing", "Clockwise from north; absent: not known, and taken to look all round.", "degrees", {}},
       [](const ViewRow& row, const TableFacts&) { return NumberOrNone(row.bearing_deg); }},
      {StateProperty(), [](const ViewRow& row, const TableFacts&) -> FeatureValue { return StateWord(row.state); }},
      {WorksProperty(), [](const ViewRow& row, const TableFacts&) -> FeatureValue { return WorksNumber(row.state); }},
      {{"area_m2", ValueType::kNumber, "Area", "Of the ground in view.", "m2", {}},
       [](const ViewRow& row, const TableFacts&) -> FeatureValue { return row.area_m2; }},
      {{"homes", ValueType::kWhole, "Homes", "In view at this level or finer; absent where the dataset knows of none, which is not 0.", "", {}},
       [](const ViewRow& row, const TableFacts&) { return NumberOrNone(row.homes); }},
      {{"other_places", ValueType::kWhole, "Other protected places", "Schools, places of worship and such, likewise.", "", {}},
       [](const ViewRow& row, const TableFacts&) { return NumberOrNone(row.other_places); }},
      {HandlingProperty(kCameraHandling), [](const ViewRow&, const TableFacts&) -> FeatureValue { return std::string(kCameraHandling); }},
  };
  return columns;
}

struct CameraViews {
  geo::CameraScene scene;
  std::vector<geo::SpotOutlines> outlines;
  std::vector<geo::IntrusionCount> in_view;  // of each of them
  std::size_t left_out = 0;                  // cameras without a view
};

// By the functions that ReviewCameras draws views and counts places with. A review asks about incidents besides, and refuses where these are on snap points;
// what a camera sees is known whatever happened there.
geo::Result<CameraViews> ComputeViews(const geo::DatasetSnapshot& data, int threads, const geo::StopSignal& stop) {
  CameraViews out;
  geo::SceneSettings settings;
  settings.table = kTable;
  settings.decided_on = data.record.as_at;
  settings.threads = threads;
  out.scene = geo::SceneOf(data, settings);
  out.scene.monitored.clear();  // shares of hour blocks, which only a question about incidents has
  if (auto sound = geo::CheckScene(out.scene); !sound) return geo::Fail(CameraError(sound.error()));
  std::vector<geo::CameraSpot> spots;
  for (const geo::ExistingCamera& camera : out.scene.cameras) spots.push_back(geo::SpotOf(camera));
  const auto laid = geo::LayViews(out.scene, spots, "cameras", stop);
  if (!laid) return geo::Fail(CameraError(laid.error()));
  auto outlines = geo::OutlineViews(*laid, stop);
  if (!outlines) return geo::Fail(outlines.error());
  out.outlines = std::move(*outlines);
  const geo::PlaceFinder finder(out.scene);
  for (const geo::CameraView& view : laid->views) {
    if (stop.stop_requested()) return geo::Fail(stop.reason());
    out.in_view.push_back(geo::CountIntrusion(out.scene, finder, {&view, 1}));
  }
  out.left_out = laid->left_out.size();
  return out;
}

void CountPlaces(const CameraViews& views, std::size_t view, ViewRow& row) {
  if (views.scene.places.empty()) return;
  row.homes = row.other_places = 0;
  for (std::size_t kind = 0; kind < views.scene.place_kinds.size(); ++kind) {
    *(views.scene.place_kinds[kind] == kHome ? row.homes : row.other_places) += views.in_view[view].at_level[row.level][kind];
  }
}

std::vector<ViewRow> RowsOfViews(const CameraViews& views) {
  std::vector<ViewRow> rows;
  for (std::size_t view = 0; view < views.outlines.size(); ++view) {
    const geo::SpotOutlines& outlines = views.outlines[view];
    const geo::ExistingCamera& camera = views.scene.cameras[outlines.spot];
    for (std::size_t level = 0; level < outlines.by_level.size(); ++level) {
      if (outlines.by_level[level].size() < 3) continue;  // nothing is in view
      ViewRow row;
      row.camera = camera.id;
      row.level = level;
      if (camera.bearing_known) row.bearing_deg = camera.bearing_deg;
      row.state = EncodeCameraState(camera.state);
      CountPlaces(views, view, row);
      row.ground = std::make_shared<const geo::MultiPolygon>(geo::MultiPolygon{{geo::Polygon{{outlines.by_level[level]}}}});
      row.area_m2 = geo::AreaM2(*row.ground);
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

// Of a scene's notes, those that are about views: the rest is about incidents.
bool IsOfViews(const geo::SceneNote& note) {
  constexpr std::string_view reasons[] = {"NO_BUILDINGS", "NO_PROTECTED_PLACES", "BEARING_UNKNOWN", "STATE_NOT_TOLD"};
  return std::find(std::begin(reasons), std::end(reasons), note.reason) != std::end(reasons);
}

std::string MethodOf(const geo::DatasetSnapshot& data, const CameraViews& views) {
  std::string method =
      fmt::format("Sector of the lens and ground in sight past buildings, at each level of {} or finer; outlines within some centimetres", geo::NameOf(kTable));
  if (views.left_out > 0) method += fmt::format("; {} cameras stand inside a building that they are not said to be on, and have no view", views.left_out);
  for (const geo::SceneNote& note : geo::NotesOn(data, views.scene)) {
    if (IsOfViews(note)) method += "; " + note.message;
  }
  return method + ".";
}

class Views final : public CollectionKind {
 public:
  std::vector<Collection> list(const geo::DatasetSnapshot& data) const override {
    if (data.street.cameras.empty()) return {};
    return {{CollectionIdOf(data, "views"), fmt::format("{}: views of cameras", data.record.title),
             fmt::format("The ground that each camera of the register has in view past buildings, at each level of detail of {} or finer, from the coarsest; "
                         "also of cameras that do not work. Handling: {}.",
                         geo::NameOf(kTable), kCameraHandling),
             this, &data, 0}};
  }
  const Schema& schema() const override {
    static const Schema schema = SchemaOf(GeometryType::kPolygon, 9, ViewColumns());
    return schema;
  }
  bool standing() const override { return true; }
  std::string_view handling() const override { return kCameraHandling; }
  std::size_t coloured() const override { return schema().find("level_index"); }
  geo::LayerMeasure measure() const override { return geo::LayerMeasure::kDetailLevel; }
  std::string layer_name() const override { return "views"; }

  geo::Result<TablePtr> open(const std::shared_ptr<const geo::Snapshot>& snapshot, const Collection& collection, const LayerQuestion& question,
                             const OpenLimits& how, const geo::StopSignal& stop) const override {
    if (auto sound = CheckAsksNoIncidents(question); !sound) return geo::Fail(sound.error());
    auto views = ComputeViews(*collection.data, how.threads, stop);
    if (!views) return geo::Fail(views.error());
    const auto disclosed = geo::Disclose(std::move(*views), question.role);
    ContextFacts facts;
    facts.method = MethodOf(*collection.data, disclosed.value());
    v1::AnswerContext context;
    BuildContext(snapshot->id, *collection.data, facts, disclosed.rule(), context);
    return std::make_shared<RowTable<ViewRow>>(snapshot, ViewColumns(), FactsOf(collection, question), RowsOfViews(disclosed.value()), std::move(context));
  }
};

}  // namespace

const CollectionKind& ViewCollections() {
  static const Views kind;
  return kind;
}

}  // namespace server
