// Contours: the regions of the density surface that hold a quarter, a half and three quarters of the incidents, each part a place with an id and a name.
#include <fmt/format.h>

#include "server/codec/place_codec.h"
#include "server/layers/kind_parts.h"
#include "server/layers/kinds.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

constexpr double kShares[] = {0.25, 0.5, 0.75};

struct PlaceFeature {
  v1::Place place;
  std::shared_ptr<const geo::MultiPolygon> region;

  // A place may peak in the same square at several levels.
  std::string feature_id() const { return fmt::format("{}.{:.0f}", place.id(), kShares[place.level()] * 100); }
  FeatureGeometry geometry(const std::shared_ptr<const geo::Snapshot>&) const { return region; }
  std::size_t bytes() const {
    std::size_t total = place.SpaceUsedLong();
    for (const auto& ring : region->parts[0].rings) total += ring.size() * sizeof(geo::GridPoint);
    return total;
  }
};

using Row = PlaceFeature;

const std::vector<Column<Row>>& Columns() {
  static const std::vector<Column<Row>> columns{
      {{"place", ValueType::kText, "Place", "The 100 m square of the place's highest cell: the same in every answer in which it peaks there.", "", {}},
       [](const Row& row, const TableFacts&) -> FeatureValue { return row.place.id(); }},
      {{"incident_share", ValueType::kNumber, "Level", "The densest region that holds this share of the incidents: 0.25, 0.5 or 0.75.", "", {}},
       [](const Row& row, const TableFacts&) -> FeatureValue { return kShares[row.place.level()]; }},
      {BeginProperty(), [](const Row&, const TableFacts& facts) -> FeatureValue { return facts.begin_utc; }},
      {LastDayProperty(), [](const Row&, const TableFacts& facts) -> FeatureValue { return facts.last_day; }},
      {{"nearest_name", ValueType::kText, "Nearest name", "The nearest name that the data knows within 1 km of its peak.", "", {}},
       [](const Row& row, const TableFacts&) { return TextOrNone(row.place.name().nearest_name()); }},
      {{"grid_reference", ValueType::kText, "Grid reference", "Of its peak.", "", {}},
       [](const Row& row, const TableFacts&) { return TextOrNone(row.place.name().grid_reference()); }},
      {{"area_code", ValueType::kText, "Ward code", "The area that holds its peak; absent outside.", "", {}},
       [](const Row& row, const TableFacts&) { return TextOrNone(row.place.name().area_code()); }},
      {{"area_title", ValueType::kText, "Ward", "Its name.", "", {}},
       [](const Row& row, const TableFacts&) { return TextOrNone(row.place.name().area_title()); }},
      {{"incidents", ValueType::kWhole, "Incidents", "Incidents inside.", "", {}},
       [](const Row& row, const TableFacts&) { return ValueOf(row.place.incidents()); }},
      {{"share", ValueType::kNumber, "Share", "Of the incidents on the surface, 0 to 1.", "", {}},
       [](const Row& row, const TableFacts&) -> FeatureValue { return row.place.share(); }},
      {{"area_km2", ValueType::kNumber, "Size", "Square kilometres.", "km2", {}},
       [](const Row& row, const TableFacts&) -> FeatureValue { return row.place.area_m2() / 1e6; }},
      {{"peak_density_per_km2_per_year", ValueType::kNumber, "Peak density", "Density at its highest cell.", "per km2 per year", {}},
       [](const Row& row, const TableFacts&) -> FeatureValue { return row.place.peak_density_per_km2_per_year(); }},
      {SuppressedProperty(), [](const Row& row, const TableFacts&) -> FeatureValue { return row.place.incidents().has_suppressed(); }},
  };
  return columns;
}

class Contours final : public CollectionKind {
 public:
  std::vector<Collection> list(const geo::DatasetSnapshot& data) const override {
    return {{CollectionIdOf(data, "contours"), fmt::format("{}: contours", data.record.title),
             "Named regions of the density surface (quartic kernel, 500 m, cells of 100 m) that hold a quarter, a half and three quarters of the incidents. "
             "Default: the latest whole year.",
             this, &data, 0}};
  }
  const Schema& schema() const override {
    static const Schema schema = SchemaOf(GeometryType::kPolygon, 9, Columns());
    return schema;
  }
  std::size_t coloured() const override { return schema().find("peak_density_per_km2_per_year"); }
  geo::LayerMeasure measure() const override { return geo::LayerMeasure::kDensity; }
  std::string layer_name() const override { return "contours"; }

  // As HotspotService.FindPlaces.
  geo::Result<TablePtr> open(const std::shared_ptr<const geo::Snapshot>& snapshot, const Collection& collection, const LayerQuestion& question,
                             const OpenLimits& how, const geo::StopSignal& stop) const override {
    v1::FindPlacesRequest request;
    request.mutable_surface()->set_dataset("datasets/" + collection.data->record.id);
    FillPeriod(*question.period, *request.mutable_surface()->mutable_period());
    question.fill(*request.mutable_surface()->mutable_filter());
    for (const double share : kShares) request.add_levels()->set_incident_share(share);
    request.set_peaks(1);
    auto call = DecodeFindPlaces(request, *snapshot);
    if (!call) return geo::Fail(AsParameter(call.error()));
    call->query.surface.threads = how.threads;
    auto answer = ComputePlaces(*call, stop);
    if (!answer) return geo::Fail(AsParameter(answer.error()));
    const auto disclosed = geo::Disclose(std::move(*answer), question.role);
    v1::FindPlacesResponse response;
    const auto encoded = EncodeFindPlaces(*call, disclosed, response);
    if (!encoded) return geo::Fail(encoded.error());
    std::vector<Row> rows;
    for (int i = 0; i < response.places_size(); ++i) {
      v1::Place& place = *response.mutable_places(i);
      place.clear_geometry_geojson();
      const geo::Polygon& region = disclosed.value().places[static_cast<std::size_t>(i)].region;
      rows.push_back({std::move(place), std::make_shared<const geo::MultiPolygon>(geo::MultiPolygon{{region}})});
    }
    response.mutable_context()->clear_answer_hash();
    return std::make_shared<RowTable<Row>>(snapshot, Columns(), FactsOf(collection, question), std::move(rows), std::move(*response.mutable_context()));
  }
};

}  // namespace

const CollectionKind& ContourCollections() {
  static const Contours kind;
  return kind;
}

}  // namespace server
