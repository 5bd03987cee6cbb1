#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "geo/change/grouped_number.h"
#include "geo/change/ward_ranking.h"

namespace geo {
namespace {

// Denominators that tell tales further apart than this are told so.
constexpr double kFarApart = 2;

const char* ClassWords(FunnelClass funnel_class) {
  switch (funnel_class) {
    case FunnelClass::kNone:
      return "";
    case FunnelClass::kWithin:
      return "within the 95 % limits";
    case FunnelClass::kAbove95:
      return "above the 95 % limit";
    case FunnelClass::kAbove998:
      return "above the 99.8 % limit";
    case FunnelClass::kBelow95:
      return "below the 95 % limit";
    case FunnelClass::kBelow998:
      return "below the 99.8 % limit";
  }
  __builtin_unreachable();
}

std::string Ranks(const RankedWard& ward) {
  std::string text;
  for (const DenominatorRank& by : ward.denominators) {
    if (!by.rank) continue;
    text += text.empty() ? "; rank " : ", ";
    text += fmt::format("{} ({} to {}) by {}", by.rank->rank, by.rank->low, by.rank->high, by.rate.denominator);
  }
  return text;
}

// The two denominators that differ most, by `value_of`, where they differ more than twofold.
template <class ValueOf>
std::pair<const DenominatorRank*, const DenominatorRank*> FarthestApart(const RankedWard& ward, ValueOf value_of) {
  const DenominatorRank *least = nullptr, *greatest = nullptr;
  for (const DenominatorRank& by : ward.denominators) {
    if (!by.rank || !by.ratio) continue;
    if (least == nullptr || value_of(by) < value_of(*least)) least = &by;
    if (greatest == nullptr || value_of(by) > value_of(*greatest)) greatest = &by;
  }
  if (least == nullptr || !(value_of(*greatest) > kFarApart * value_of(*least))) return {nullptr, nullptr};
  return {least, greatest};
}

std::string Warning(const RankedWard& ward) {
  const auto [low, high] = FarthestApart(ward, [](const DenominatorRank& by) { return *by.ratio; });
  if (low != nullptr) {
    return fmt::format("; {:.2f} times the whole by {} and {:.2f} times by {}, more than twofold apart", *high->ratio, high->rate.denominator, *low->ratio,
                       low->rate.denominator);
  }
  const auto [first, last] = FarthestApart(ward, [](const DenominatorRank& by) { return by.rank->rank; });
  if (first != nullptr) {
    return fmt::format("; the rank by {} is more than twice that by {}", last->rate.denominator, first->rate.denominator);
  }
  return {};
}

}  // namespace

std::string ExplainRank(const RankedWard& ward, const RankAnswer& answer) {
  std::string text = fmt::format("{} {}", Grouped(ward.incidents), ward.incidents == 1 ? "incident" : "incidents");
  if (ward.expected) {
    text += fmt::format(" where {:.1f} were expected by {}: {}", *ward.expected, answer.denominators.front(), ClassWords(ward.funnel_class));
    if (answer.widened) text += fmt::format(", widened for areas that vary {:.1f} times as much as chance", answer.dispersion.widening());
  } else {
    text += fmt::format("; none expected, for it has no value of {}", answer.denominators.front());
  }
  text += Ranks(ward) + Warning(ward);
  if (ward.label != RankLabel::kNone) text += fmt::format("; {}", RankLabelWord(ward.label));
  return text + ".";
}

}  // namespace geo
