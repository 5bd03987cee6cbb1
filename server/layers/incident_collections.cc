// Incidents: the rows themselves, encoded when they are read; a year of them is not held twice.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "server/codec/incident_codec.h"
#include "server/layers/kind_parts.h"
#include "server/layers/kinds.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

enum Field : std::size_t { kIncidentId, kBegan, kLatest, kSource, kCategory, kPlace, kArea, kWeight };

Schema MakeSchema() {
  Schema schema{GeometryType::kPoint, 7, {}, kBegan};
  schema.properties = {
      {"incident_id", ValueType::kText, "Id", "\"{source}/{file}:{line}\": the row in the supplier's own file.", "", {}},
      {"began", ValueType::kTime, "Began", "The first minute in which it can have happened; `datetime` selects by it.", "", {}},
      {"ended_by_local", ValueType::kText, "Over by", "The minute after the last in which it can have happened, on the local clock.", "", {}},
      {"source", ValueType::kText, "Source", "Who reported it.", "", {}},
      {"category", ValueType::kText, "Category", "What it is.", "", {}},
      {"place", ValueType::kText, "Place", "The source's own name of the place; absent where it has none.", "", {}},
      {"area_code", ValueType::kText, "Ward code", "The area that holds it; absent outside every area and without a position.", "", {}},
      {"weight", ValueType::kNumber, "Weight", "Share of its window in the hours asked for; 1 without any.", "", {}},
  };
  return schema;
}

const Schema& IncidentSchema() {
  static const Schema schema = MakeSchema();
  return schema;
}

// A path segment holds no slash, and file names may.
std::string FeatureIdOf(std::string incident_id) {
  std::replace(incident_id.begin(), incident_id.end(), '/', '~');
  return incident_id;
}

class Incidents final : public FeatureTable {
 public:
  Incidents(std::shared_ptr<const geo::Snapshot> snapshot, IncidentCall call, geo::Disclosed<IncidentListing> listing, v1::AnswerContext context)
      : snapshot_(std::move(snapshot)), call_(std::move(call)), listing_(std::move(listing)), context_(std::move(context)) {}

  std::size_t size() const override { return listing_.value().rows.size(); }
  geo::Result<Feature> feature(std::size_t i) const override {
    Feature feature{FeatureIdOf(IdOf(i)), geometry(i), {}};
    for (std::size_t property = 0; property < IncidentSchema().properties.size(); ++property) feature.values.push_back(value(i, property));
    return feature;
  }
  FeatureValue value(std::size_t i, std::size_t property) const override {
    const std::uint32_t row = listing_.value().rows[i];
    const geo::DatasetSnapshot& data = *call_.question.data;
    switch (property) {
      case kIncidentId:
        return IdOf(i);
      case kBegan:
        return UtcText(data.incidents.from_minute[row], data.record.time_zone);
      case kLatest:
        return geo::FormatMinute(data.incidents.to_minute[row]);
      case kSource:
        return data.record.sources[data.incidents.files[data.incidents.file[row]].source].id;
      case kCategory:
        return data.record.categories[data.incidents.category[row]].id;
      case kPlace:
        return TextOrNone(data.incidents.places[data.incidents.place[row]]);
      case kArea:
        return AreaOf(row);
      default:
        return listing_.value().weights.empty() ? 1.0 : listing_.value().weights[i];
    }
  }
  geo::GridBox bounds(std::size_t i) const override { return BoundsOf(geometry(i)); }
  FeatureGeometry geometry(std::size_t i) const override {
    const geo::GridPoint at = call_.question.data->incidents.at[listing_.value().rows[i]];
    return at == geo::kUnlocated ? FeatureGeometry() : FeatureGeometry(at);
  }
  std::optional<std::size_t> find(const std::string& id) const override {
    // The line is cheap to compare, the name is not.
    std::uint32_t line = 0;
    const auto colon = id.rfind(':');
    if (colon == std::string::npos) return std::nullopt;
    const auto parsed = std::from_chars(id.data() + colon + 1, id.data() + id.size(), line);
    if (parsed.ec != std::errc() || parsed.ptr != id.data() + id.size()) return std::nullopt;
    for (std::size_t i = 0; i < size(); ++i) {
      if (call_.question.data->incidents.line[listing_.value().rows[i]] == line && FeatureIdOf(IdOf(i)) == id) return i;
    }
    return std::nullopt;
  }
  const v1::AnswerContext& context() const override { return context_; }
  std::size_t bytes() const override { return sizeof(*this) + listing_.value().rows.size() * 4 + listing_.value().weights.size() * 8; }

 private:
  std::string IdOf(std::size_t i) const {
    const std::uint32_t row = listing_.value().rows[i];
    const geo::DatasetSnapshot& data = *call_.question.data;
    const geo::IncidentColumns::File file = data.incidents.files[data.incidents.file[row]];
    const geo::SourceRecord& source = data.record.sources[file.source];
    return geo::FormatIncidentId(source.id, source.files[file.file].name, data.incidents.line[row]);
  }
  FeatureValue AreaOf(std::uint32_t row) const {
    if (!call_.question.vintage) return {};
    const geo::Vintage& vintage = call_.question.data->vintages[*call_.question.vintage];
    const geo::AreaIndex area = vintage.area_of[row];
    return area < vintage.areas.areas().size() ? FeatureValue(vintage.areas.areas()[area].code) : FeatureValue();
  }

  const std::shared_ptr<const geo::Snapshot> snapshot_;
  const IncidentCall call_;  // points into the snapshot
  const geo::Disclosed<IncidentListing> listing_;
  const v1::AnswerContext context_;
};

class IncidentKind final : public CollectionKind {
 public:
  std::vector<Collection> list(const geo::DatasetSnapshot& data) const override {
    return {{CollectionIdOf(data, "incidents"), fmt::format("{}: incidents", data.record.title),
             "The incidents, in the order in which they began. Those without a position have no geometry. Default: the latest whole year.", this, &data, 0}};
  }
  const Schema& schema() const override { return IncidentSchema(); }
  bool has_instants() const override { return true; }
  std::size_t coloured() const override { return kCategory; }
  geo::LayerMeasure measure() const override { return geo::LayerMeasure::kDensity; }
  std::string layer_name() const override { return "incidents"; }

  // As IncidentService.ListIncidents.
  geo::Result<TablePtr> open(const std::shared_ptr<const geo::Snapshot>& snapshot, const Collection& collection, const LayerQuestion& question,
                             const OpenLimits&, const geo::StopSignal& stop) const override {
    v1::ListIncidentsRequest request;
    request.set_dataset("datasets/" + collection.data->record.id);
    FillPeriod(*question.period, *request.mutable_period());
    question.fill(*request.mutable_filter());
    auto call = DecodeListIncidents(request, *snapshot);
    if (!call) return geo::Fail(AsParameter(call.error()));
    auto listing = ComputeIncidents(*call, stop);
    if (!listing) return geo::Fail(AsParameter(listing.error()));
    auto disclosed = geo::Disclose(std::move(*listing), question.role);
    v1::AnswerContext context;
    EncodeIncidentContext(*call, disclosed, context);
    return std::make_shared<Incidents>(snapshot, std::move(*call), std::move(disclosed), std::move(context));
  }
};

}  // namespace

const CollectionKind& IncidentCollections() {
  static const IncidentKind kind;
  return kind;
}

}  // namespace server
