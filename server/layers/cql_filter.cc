#include "server/layers/cql_filter.h"

#include <optional>
#include <vector>

#include "geo/filters/filter.h"

namespace server {
namespace {

constexpr std::int64_t kDaySeconds = 86'400;

// Times of features are text in UTC, dates are of the local calendar already.
geo::FilterValue TimeOf(const std::string& text, ValueType type, const std::string& zone) {
  const auto day = geo::ParseDay(std::string_view(text).substr(0, 10), "time");
  if (!day) return {};
  if (type == ValueType::kDate) return geo::TimeSpan{*day * kDaySeconds, *day * kDaySeconds + kDaySeconds - 1};
  const auto local = LocalMinuteOf(text, zone);
  if (!local) return {};
  return geo::TimeSpan{*local * std::int64_t{60}, *local * std::int64_t{60}};
}

// One feature, whose values are looked up when the filter asks for them.
class Row final : public geo::FilterRow {
 public:
  Row(const FeatureTable& table, const Collection& collection, std::size_t i)
      : table_(table), collection_(collection), i_(i), values_(collection.kind->schema().properties.size()) {}

  geo::FilterValue value(std::size_t queryable) const override {
    if (queryable >= values_.size()) return {};
    auto& kept = values_[queryable];
    if (!kept) kept = table_.value(i_, queryable);
    if (const auto* text = std::get_if<std::string>(&*kept)) {
      const ValueType type = collection_.kind->schema().properties[queryable].type;
      if (type == ValueType::kTime || type == ValueType::kDate) return TimeOf(*text, type, collection_.data->record.time_zone);
      return std::string_view(*text);
    }
    if (const auto* flag = std::get_if<bool>(&*kept)) return *flag;
    if (const auto* whole = std::get_if<std::int64_t>(&*kept)) return static_cast<double>(*whole);
    if (const auto* number = std::get_if<double>(&*kept)) return *number;
    return {};
  }

  const geo::PlaneShape* shape(std::size_t queryable, geo::FilterSpace space) const override {
    if (queryable < values_.size()) return nullptr;  // a property without a value, asked whether it is null: the geometry comes after all properties
    if (!shape_) {
      auto shape = PlaneShapeOf(table_.geometry(i_), space);
      if (!shape) failure_ = shape.error();
      shape_ = shape ? std::move(*shape) : geo::PlaneShape();
    }
    return shape_->points.empty() && shape_->rings.empty() ? nullptr : &*shape_;
  }

  const std::optional<geo::Error>& failure() const { return failure_; }

 private:
  const FeatureTable& table_;
  const Collection& collection_;
  const std::size_t i_;
  mutable std::vector<std::optional<FeatureValue>> values_;
  mutable std::optional<geo::PlaneShape> shape_;
  mutable std::optional<geo::Error> failure_;
};

class CqlFilter final : public FeatureFilter {
 public:
  CqlFilter(geo::Filter filter, const Collection& collection) : filter_(std::move(filter)), collection_(collection) {}
  geo::Result<bool> keeps(const FeatureTable& table, std::size_t i) const override {
    const Row row(table, collection_, i);
    const bool kept = geo::Matches(filter_, row) == geo::Truth::kTrue;
    if (row.failure()) return geo::Fail(*row.failure());
    return kept;
  }

 private:
  const geo::Filter filter_;
  const Collection collection_;  // of the catalogue that whoever asks holds
};

geo::QueryableType TypeOf(ValueType type) {
  switch (type) {
    case ValueType::kText:
      return geo::QueryableType::kText;
    case ValueType::kWhole:
    case ValueType::kNumber:
      return geo::QueryableType::kNumber;
    case ValueType::kFlag:
      return geo::QueryableType::kBoolean;
    case ValueType::kTime:
    case ValueType::kDate:
      return geo::QueryableType::kTime;
  }
  return geo::QueryableType::kText;
}

}  // namespace

geo::FilterSchema FilterSchemaOf(const Collection& collection, geo::FilterCrs crs) {
  geo::FilterSchema schema;
  for (const Property& property : collection.kind->schema().properties) schema.queryables.push_back({property.name, TypeOf(property.type), true});
  schema.queryables.push_back({"geometry", geo::QueryableType::kGeometry, true});
  schema.local_from_utc = [zone = collection.data->record.time_zone](std::int64_t utc_s) {
    const std::int64_t minute = utc_s >= 0 ? utc_s / 60 : (utc_s - 59) / 60;
    if (minute != static_cast<geo::LocalMinute>(minute)) return utc_s;  // of a year that no data has
    return LocalMinuteOf(static_cast<geo::LocalMinute>(minute), zone) * std::int64_t{60} + (utc_s - minute * 60);
  };
  schema.crs = crs;
  return schema;
}

geo::Result<std::shared_ptr<const FeatureFilter>> DecodeFilterParameter(const std::string& text, FilterLanguage language, geo::FilterCrs crs,
                                                                        const Collection& collection) {
  const geo::FilterSchema schema = FilterSchemaOf(collection, crs);
  auto filter = language == FilterLanguage::kCqlText ? geo::ParseFilterText(text, schema) : geo::ParseFilterJson(text, schema);
  if (!filter) return geo::Fail(filter.error());
  return std::make_shared<const CqlFilter>(std::move(*filter), collection);
}

}  // namespace server
