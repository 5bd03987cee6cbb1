// Counts, rates, changes and verdicts, from geo to the wire: what the answers of all comparisons are made of.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "geo/change/ward_comparison.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "wardwatch/v1/ward_change.pb.h"

namespace server {

wardwatch::v1::RowKind EncodeKind(geo::WardRow::Kind kind);
wardwatch::v1::Verdict EncodeVerdict(geo::Verdict verdict);
// Outside and unlocated are not places, so no verdict is given on them.
wardwatch::v1::Verdict EncodeVerdict(geo::WardRow::Kind kind, geo::Verdict verdict);
void EncodePeriodCount(const geo::PeriodCount& count, wardwatch::v1::PeriodCount& out);
void EncodeRate(const geo::Rate& rate, wardwatch::v1::Rate& out);
// `widened`: verdicts rest on widened p-values.
void EncodeDispersion(const geo::DispersionEstimate& dispersion, bool widened, wardwatch::v1::Dispersion& out);
// An upper end that is not finite is left out: the data sets no bound.
void EncodeInterval(double low, double high, wardwatch::v1::Interval& out);

// `before` and `after` are the incidents whose change it is; `explanation` is geo's sentence.
struct ChangeOfRow {
  const geo::Change& change;
  geo::WardRow::Kind kind = geo::WardRow::Kind::kArea;
  std::int64_t before = 0;
  std::int64_t after = 0;
};
void EncodeChange(const ChangeOfRow& row, std::string explanation, wardwatch::v1::Change& out);

// Kind, area and category of a row, of any message that has these fields.
template <class Message>
void EncodeRowName(const geo::DatasetSnapshot& data, std::size_t vintage, geo::WardRow::Kind kind, geo::AreaIndex area,
                   const std::optional<geo::CategoryIndex>& category, Message& out) {
  out.set_kind(EncodeKind(kind));
  if (kind == geo::WardRow::Kind::kArea) {
    const geo::Area& known = data.vintages[vintage].areas.areas()[area];
    out.set_area_code(known.code);
    out.set_area_title(known.name);
  }
  if (category) out.set_category(data.record.categories[*category].id);
}

// What answers say of widening, as the end of their method; empty where nothing was widened.
std::string WideningMethod(const geo::DispersionEstimate& dispersion, bool widened);

}  // namespace server
