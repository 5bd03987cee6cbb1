// Wards: the areas of one vintage with what was counted in them, and whether it changed.
#include <fmt/format.h>

#include "server/codec/rank_codec.h"
#include "server/codec/ward_codec.h"
#include "server/layers/kind_parts.h"
#include "server/layers/kinds.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

struct WardFeature {
  std::size_t vintage = 0;
  const geo::Area* area = nullptr;  // of the snapshot that the table holds
  v1::PeriodCount now;
  std::optional<v1::PeriodCount> before;
  std::optional<v1::Change> change;

  std::string feature_id() const { return area->code; }
  FeatureGeometry geometry(const std::shared_ptr<const geo::Snapshot>& snapshot) const {
    return std::shared_ptr<const geo::MultiPolygon>(snapshot, &area->shape);
  }
  std::size_t bytes() const { return now.SpaceUsedLong() + (before ? before->SpaceUsedLong() : 0) + (change ? change->SpaceUsedLong() : 0); }
};

using Row = WardFeature;

FeatureValue Optional(bool has, double value) { return has ? FeatureValue(value) : FeatureValue(); }

const char* WordOf(v1::Verdict verdict) {
  switch (verdict) {
    case v1::VERDICT_HIGHER:
      return "higher";
    case v1::VERDICT_LOWER:
      return "lower";
    case v1::VERDICT_NO_CLEAR_CHANGE:
      return "no clear change";
    case v1::VERDICT_TOO_FEW_TO_SAY:
      return "too few to say";
    default:
      return "not comparable";
  }
}

bool Suppressed(const Row& row) { return row.now.incidents().has_suppressed() || (row.before && row.before->incidents().has_suppressed()); }

const std::vector<Column<Row>>& Columns() {
  static const std::vector<Column<Row>> columns{
      {{"area_code", ValueType::kText, "Code", "The area's code in this set of boundaries.", "", {}},
       [](const Row& row, const TableFacts&) -> FeatureValue { return row.area->code; }},
      {{"area_title", ValueType::kText, "Name", "The area's name; not a key.", "", {}},
       [](const Row& row, const TableFacts&) -> FeatureValue { return row.area->name; }},
      {BeginProperty(), [](const Row&, const TableFacts& facts) -> FeatureValue { return facts.begin_utc; }},
      {LastDayProperty(), [](const Row&, const TableFacts& facts) -> FeatureValue { return facts.last_day; }},
      {{"incidents", ValueType::kWhole, "Incidents", "Crimes and other incidents of the period.", "", {}},
       [](const Row& row, const TableFacts&) { return ValueOf(row.now.incidents()); }},
      {{"crimes", ValueType::kWhole, "Crimes", "Of those, crimes.", "", {}}, [](const Row& row, const TableFacts&) { return ValueOf(row.now.crimes()); }},
      {{"residents", ValueType::kNumber, "Residents", "Residents; absent where not known.", "", {}},
       [](const Row& row, const TableFacts&) { return Optional(row.now.has_residents(), row.now.residents()); }},
      {{"rate_per_1000_per_year", ValueType::kNumber, "Rate", "Incidents per 1,000 residents per year of 365.25 days.", "per 1,000 residents per year", {}},
       [](const Row& row, const TableFacts&) { return Optional(row.now.has_rate_per_1000_per_year(), row.now.rate_per_1000_per_year()); }},
      {{"rate_low", ValueType::kNumber, "Rate, low", "Lower end of the rate's 95 % interval.", "per 1,000 residents per year", {}},
       [](const Row& row, const TableFacts&) { return Optional(row.now.has_rate_interval(), row.now.rate_interval().low()); }},
      {{"rate_high", ValueType::kNumber, "Rate, high", "Upper end of the rate's 95 % interval.", "per 1,000 residents per year", {}},
       [](const Row& row, const TableFacts&) { return Optional(row.now.rate_interval().has_high(), row.now.rate_interval().high()); }},
      {{"incidents_before", ValueType::kWhole, "Incidents before", "The same days of the year before; absent where the data does not reach back.", "", {}},
       [](const Row& row, const TableFacts&) { return row.before ? ValueOf(row.before->incidents()) : FeatureValue(); }},
      {{"difference", ValueType::kWhole, "Difference", "Incidents less those before.", "", {}},
       [](const Row& row, const TableFacts&) { return row.change ? ValueOf(row.change->difference()) : FeatureValue(); }},
      {{"ratio", ValueType::kNumber, "Ratio", "Incidents per day over those before.", "", {}},
       [](const Row& row, const TableFacts&) { return Optional(row.change && row.change->has_ratio(), row.change ? row.change->ratio() : 0); }},
      {{"ratio_low", ValueType::kNumber, "Ratio, low", "Lower end of the ratio's 95 % interval.", "", {}},
       [](const Row& row, const TableFacts&) {
         return row.change ? Optional(row.change->has_ratio_interval(), row.change->ratio_interval().low()) : FeatureValue();
       }},
      {{"ratio_high", ValueType::kNumber, "Ratio, high", "Upper end of the ratio's 95 % interval; absent where the data sets none.", "", {}},
       [](const Row& row, const TableFacts&) {
         return row.change ? Optional(row.change->ratio_interval().has_high(), row.change->ratio_interval().high()) : FeatureValue();
       }},
      {{"percent", ValueType::kNumber, "Change in percent", "Absent where the earlier count is under 20.", "%", {}},
       [](const Row& row, const TableFacts&) { return row.change ? Optional(row.change->has_percent(), row.change->percent()) : FeatureValue(); }},
      {{"q_value", ValueType::kNumber, "q", "Of the change, false discoveries controlled over all areas tested.", "", {}},
       [](const Row& row, const TableFacts&) { return row.change ? FeatureValue(row.change->q_value()) : FeatureValue(); }},
      {{"verdict",
        ValueType::kText,
        "Verdict",
        "The change against the year before, in one of five words.",
        "",
        {"higher", "lower", "no clear change", "too few to say", "not comparable"}},
       [](const Row& row, const TableFacts&) -> FeatureValue { return std::string(row.change ? WordOf(row.change->verdict()) : "not comparable"); }},
      {{"significant", ValueType::kFlag, "Significant", "The verdict is \"higher\" or \"lower\": the mask of a map of differences.", "", {}},
       [](const Row& row, const TableFacts&) -> FeatureValue {
         return row.change && (row.change->verdict() == v1::VERDICT_HIGHER || row.change->verdict() == v1::VERDICT_LOWER);
       }},
      {{"explanation", ValueType::kText, "Why", "Why the verdict is what it is, in a sentence.", "", {}, false},
       [](const Row& row, const TableFacts&) { return row.change ? TextOrNone(row.change->explanation()) : FeatureValue(); }},
      {SuppressedProperty(), [](const Row& row, const TableFacts&) -> FeatureValue { return Suppressed(row); }},
  };
  return columns;
}

class Wards final : public CollectionKind {
 public:
  std::vector<Collection> list(const geo::DatasetSnapshot& data) const override {
    std::vector<Collection> all;
    for (std::size_t i = 0; i < data.record.vintages.size(); ++i) {
      const geo::VintageRecord& vintage = data.record.vintages[i];
      all.push_back({CollectionIdOf(data, vintage.id), fmt::format("{}: {}", data.record.title, vintage.title),
                     fmt::format("{} with incidents, rates per 1,000 residents and the verdict on the change against the same days of the year before, both "
                                 "recounted on these boundaries. Default: the latest whole year.",
                                 vintage.title),
                     this, &data, i});
    }
    return all;
  }
  const Schema& schema() const override {
    static const Schema schema = SchemaOf(GeometryType::kPolygon, 7, Columns());
    return schema;
  }
  std::size_t coloured() const override { return schema().find("rate_per_1000_per_year"); }
  geo::LayerMeasure measure() const override { return geo::LayerMeasure::kRatePer1000; }
  std::string layer_name() const override { return "wards"; }

  geo::Result<TablePtr> open(const std::shared_ptr<const geo::Snapshot>& snapshot, const Collection& collection, const LayerQuestion& question,
                             const OpenLimits&, const geo::StopSignal& stop) const override {
    auto compared = Compared(snapshot, collection, question, stop);
    // The first year of the data has no year before it: its counts and rates are worth a map without verdicts.
    if (compared || compared.error().reason != "NO_DATA") return compared;
    return Ranked(snapshot, collection, question, stop);
  }

 private:
  static TablePtr TableOf(const std::shared_ptr<const geo::Snapshot>& snapshot, const Collection& collection, const LayerQuestion& question,
                          std::vector<Row> rows, v1::AnswerContext context) {
    context.clear_answer_hash();
    return std::make_shared<RowTable<Row>>(snapshot, Columns(), FactsOf(collection, question), std::move(rows), std::move(context));
  }

  static const geo::Area* AreaOf(const Collection& collection, const std::string& code) {
    const geo::AreaSet& areas = collection.data->vintages[collection.vintage].areas;
    return &areas.areas()[areas.find(code)];
  }

  // As WardService.CompareWards.
  static geo::Result<TablePtr> Compared(const std::shared_ptr<const geo::Snapshot>& snapshot, const Collection& collection, const LayerQuestion& question,
                                        const geo::StopSignal& stop) {
    v1::CompareWardsRequest request;
    request.set_dataset("datasets/" + collection.data->record.id);
    request.set_vintage(collection.data->record.vintages[collection.vintage].id);
    question.fill(*request.mutable_filter());
    FillPeriod(*question.period, *request.mutable_after());
    int years = 1;
    while (geo::YearsEarlier(*question.period, years).end > question.period->begin) ++years;
    FillPeriod(geo::YearsEarlier(*question.period, years), *request.mutable_before());
    const auto call = DecodeCompareWards(request, *snapshot);
    if (!call) return geo::Fail(AsParameter(call.error()));
    auto answer = ComputeWards(*call, stop);
    if (!answer) return geo::Fail(AsParameter(answer.error()));
    v1::CompareWardsResponse response;
    const auto encoded = EncodeCompareWards(*call, geo::Disclose(std::move(*answer), question.role), response);
    if (!encoded) return geo::Fail(encoded.error());
    std::vector<Row> rows;
    for (const v1::WardRow& ward : response.rows()) {
      if (ward.kind() != v1::ROW_KIND_AREA) continue;
      rows.push_back({collection.vintage, AreaOf(collection, ward.area_code()), ward.after(), ward.before(), ward.change()});
    }
    return TableOf(snapshot, collection, question, std::move(rows), response.context());
  }

  // As WardService.RankWards.
  static geo::Result<TablePtr> Ranked(const std::shared_ptr<const geo::Snapshot>& snapshot, const Collection& collection, const LayerQuestion& question,
                                      const geo::StopSignal& stop) {
    v1::RankWardsRequest request;
    request.set_dataset("datasets/" + collection.data->record.id);
    request.set_vintage(collection.data->record.vintages[collection.vintage].id);
    question.fill(*request.mutable_filter());
    FillPeriod(*question.period, *request.mutable_period());
    const auto call = DecodeRankWards(request, *snapshot);
    if (!call) return geo::Fail(AsParameter(call.error()));
    auto answer = ComputeRanks(*call, stop);
    if (!answer) return geo::Fail(AsParameter(answer.error()));
    v1::RankWardsResponse response;
    const auto encoded = EncodeRankWards(*call, geo::Disclose(std::move(*answer), question.role), response);
    if (!encoded) return geo::Fail(encoded.error());
    std::vector<Row> rows;
    for (const v1::RankedWard& ward : response.wards()) {
      Row row{collection.vintage, AreaOf(collection, ward.area_code()), {}, {}, {}};
      *row.now.mutable_incidents() = ward.incidents();
      *row.now.mutable_crimes() = ward.crimes();
      for (const v1::DenominatorRank& by : ward.denominators()) {
        if (by.rate().denominator() != "residents" || !by.rate().has_rate_per_year()) continue;
        row.now.set_residents(by.rate().value());
        row.now.set_rate_per_1000_per_year(by.rate().rate_per_year());
        *row.now.mutable_rate_interval() = by.rate().interval();
      }
      rows.push_back(std::move(row));
    }
    return TableOf(snapshot, collection, question, std::move(rows), response.context());
  }
};

}  // namespace

const CollectionKind& WardCollections() {
  static const Wards kind;
  return kind;
}

}  // namespace server
