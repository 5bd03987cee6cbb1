#include "server/codec/change_codec.h"

#include <fmt/format.h>

#include <cmath>

#include "server/codec/answer_context.h"

namespace server {
namespace v1 = ::wardwatch::v1;

v1::RowKind EncodeKind(geo::WardRow::Kind kind) {
  switch (kind) {
    case geo::WardRow::Kind::kArea:
      return v1::ROW_KIND_AREA;
    case geo::WardRow::Kind::kOutside:
      return v1::ROW_KIND_OUTSIDE;
    case geo::WardRow::Kind::kUnlocated:
      return v1::ROW_KIND_UNLOCATED;
    case geo::WardRow::Kind::kTotal:
      return v1::ROW_KIND_TOTAL;
  }
  return v1::ROW_KIND_UNSPECIFIED;
}

v1::Verdict EncodeVerdict(geo::Verdict verdict) {
  switch (verdict) {
    case geo::Verdict::kHigher:
      return v1::VERDICT_HIGHER;
    case geo::Verdict::kLower:
      return v1::VERDICT_LOWER;
    case geo::Verdict::kNoClearChange:
      return v1::VERDICT_NO_CLEAR_CHANGE;
    case geo::Verdict::kTooFewToSay:
      return v1::VERDICT_TOO_FEW_TO_SAY;
    case geo::Verdict::kNotComparable:
      return v1::VERDICT_NOT_COMPARABLE;
  }
  return v1::VERDICT_UNSPECIFIED;
}

v1::Verdict EncodeVerdict(geo::WardRow::Kind kind, geo::Verdict verdict) {
  if (kind == geo::WardRow::Kind::kOutside || kind == geo::WardRow::Kind::kUnlocated) return v1::VERDICT_UNSPECIFIED;
  return EncodeVerdict(verdict);
}

void EncodeInterval(double low, double high, v1::Interval& out) {
  out.set_low(low);
  if (std::isfinite(high)) out.set_high(high);
}

void EncodeRate(const geo::Rate& rate, v1::Rate& out) {
  out.set_denominator(rate.denominator);
  out.set_per(rate.per);
  if (!rate.value) return;
  out.set_value(*rate.value);
  out.set_year(rate.year);
  if (!rate.rate) return;
  out.set_rate_per_year(*rate.rate);
  EncodeInterval(rate.low, rate.high, *out.mutable_interval());
}

void EncodePeriodCount(const geo::PeriodCount& count, v1::PeriodCount& out) {
  EncodeCount(count.incidents, *out.mutable_incidents());
  EncodeCount(count.crimes, *out.mutable_crimes());
  out.set_weight(count.weight);
  if (count.population) out.set_residents(*count.population);
  out.set_residents_year(count.population_year);
  if (count.rate_per_1000) {
    out.set_rate_per_1000_per_year(*count.rate_per_1000);
    EncodeInterval(count.rate_low, count.rate_high, *out.mutable_rate_interval());
  }
  for (const geo::Rate& rate : count.other_rates) EncodeRate(rate, *out.add_other_rates());
}

void EncodeDispersion(const geo::DispersionEstimate& dispersion, bool widened, v1::Dispersion& out) {
  if (dispersion.factor) out.set_factor(*dispersion.factor);
  out.set_areas(dispersion.areas);
  out.set_applied(widened && dispersion.widening() > 1);
}

void EncodeChange(const ChangeOfRow& row, std::string explanation, v1::Change& out) {
  const geo::Change& change = row.change;
  EncodeCount(change.difference, *out.mutable_difference());
  if (change.ratio) out.set_ratio(*change.ratio);
  // Without a single incident nothing bounds the ratio.
  if (row.before + row.after > 0) EncodeInterval(change.ratio_low, change.ratio_high, *out.mutable_ratio_interval());
  if (change.percent) out.set_percent(*change.percent);
  out.set_p_value(change.p_value);
  out.set_q_value(change.q_value);
  out.set_verdict(EncodeVerdict(row.kind, change.verdict));
  if (change.e_test_p_value) out.set_e_test_p_value(*change.e_test_p_value);
  out.set_poisson_z(change.poisson_z);
  out.set_widened_p_value(change.widened_p_value);
  out.set_explanation(std::move(explanation));
}

std::string WideningMethod(const geo::DispersionEstimate& dispersion, bool widened) {
  if (!widened || dispersion.widening() <= 1) return {};
  return fmt::format(" The areas vary {:.3g} times as much as Poisson counts would, and p-values were widened for it (Spiegelhalter 2005).",
                     dispersion.widening());
}

}  // namespace server
