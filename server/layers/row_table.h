// A FeatureTable of rows of one kind, with a function for each column.
#pragma once

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "geo/snapshot/dataset_snapshot.h"
#include "server/layers/feature_table.h"

namespace server {

// What all rows of a table share.
struct TableFacts {
  std::string begin_utc;  // of the period: "2024-01-01T00:00:00Z"
  std::string last_day;   // "2024-12-31"
};

template <class Row>
struct Column {
  Property property;
  FeatureValue (*value)(const Row& row, const TableFacts& facts);
};

template <class Row>
Schema SchemaOf(GeometryType geometry, int degree_decimals, const std::vector<Column<Row>>& columns) {
  Schema schema{geometry, degree_decimals, {}, 0};
  for (const auto& column : columns) schema.properties.push_back(column.property);
  const auto time = std::find_if(schema.properties.begin(), schema.properties.end(), [](const Property& one) { return one.type == ValueType::kTime; });
  schema.time = static_cast<std::size_t>(time - schema.properties.begin());
  return schema;
}

// Row: has `std::string feature_id() const`, `FeatureGeometry geometry(const std::shared_ptr<const geo::Snapshot>&) const` and `std::size_t bytes() const`.
template <class Row>
class RowTable final : public FeatureTable {
 public:
  RowTable(std::shared_ptr<const geo::Snapshot> snapshot, const std::vector<Column<Row>>& columns, TableFacts facts, std::vector<Row> rows,
           wardwatch::v1::AnswerContext context)
      : snapshot_(std::move(snapshot)), columns_(columns), facts_(std::move(facts)), rows_(std::move(rows)), context_(std::move(context)) {
    bounds_.reserve(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      bounds_.push_back(BoundsOf(geometry(i)));
      index_.emplace(rows_[i].feature_id(), i);
      bytes_ += sizeof(Row) + rows_[i].bytes() + sizeof(geo::GridBox) + 96;
    }
  }

  std::size_t size() const override { return rows_.size(); }
  geo::Result<Feature> feature(std::size_t i) const override {
    Feature feature{rows_[i].feature_id(), geometry(i), {}};
    feature.values.reserve(columns_.size());
    for (const auto& column : columns_) feature.values.push_back(column.value(rows_[i], facts_));
    return feature;
  }
  FeatureValue value(std::size_t i, std::size_t property) const override { return columns_[property].value(rows_[i], facts_); }
  geo::GridBox bounds(std::size_t i) const override { return bounds_[i]; }
  FeatureGeometry geometry(std::size_t i) const override { return rows_[i].geometry(snapshot_); }
  std::optional<std::size_t> find(const std::string& id) const override {
    const auto found = index_.find(id);
    return found == index_.end() ? std::nullopt : std::optional(found->second);
  }
  const wardwatch::v1::AnswerContext& context() const override { return context_; }
  std::size_t bytes() const override { return bytes_; }

 private:
  const std::shared_ptr<const geo::Snapshot> snapshot_;
  const std::vector<Column<Row>>& columns_;
  const TableFacts facts_;
  const std::vector<Row> rows_;
  const wardwatch::v1::AnswerContext context_;
  std::vector<geo::GridBox> bounds_;
  std::unordered_map<std::string, std::size_t> index_;
  std::size_t bytes_ = sizeof(RowTable);
};

}  // namespace server
