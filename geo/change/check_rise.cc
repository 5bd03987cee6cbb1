#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "geo/change/area_rates.h"
#include "geo/change/change_of_counts.h"
#include "geo/change/check_comparison.h"
#include "geo/change/count_rise.h"
#include "geo/change/judge_changes.h"
#include "geo/change/rise_check.h"
#include "geo/change/rise_reasons.h"

namespace geo {
namespace {

using Kind = RiseComparison::Kind;

Result<void> CheckAreas(const DatasetSnapshot& data, const RiseQuery& query) {
  const std::size_t known = data.vintages[query.vintage].areas.areas().size();
  for (const auto& [areas, field] : {std::pair{&query.place, "place"}, {&query.peers, "peers"}}) {
    for (std::size_t i = 0; i < areas->size(); ++i) {
      if ((*areas)[i] >= known) return Fail(InvalidArgument(field, fmt::format("{} names an area that the vintage does not have", field)));
      if (i > 0 && (*areas)[i] <= (*areas)[i - 1]) return Fail(InvalidArgument(field, fmt::format("{} names an area twice; name each once", field)));
    }
  }
  if (query.place.empty()) return Fail(InvalidArgument("place", "place names no area; name one or more"));
  for (const AreaIndex peer : query.peers) {
    if (!std::binary_search(query.place.begin(), query.place.end(), peer)) continue;
    return Fail(InvalidArgument("peers", fmt::format("peers names {}, which is part of the place; a place is not its own peer",
                                                     data.vintages[query.vintage].areas.areas()[peer].code)));
  }
  return {};
}

Result<void> CheckQuery(const DatasetSnapshot& data, const RiseQuery& query) {
  if (auto checked = CheckComparison(data, query.filter, query.vintage, query.false_discovery_rate); !checked) return checked;
  if (auto before = CheckComparedPeriod(data, query.filter, query.before, "before"); !before) return before;
  if (auto after = CheckComparedPeriod(data, query.filter, query.after, "after"); !after) return after;
  if (auto apart = CheckApart(query.before, "before", query.after, "after"); !apart) return apart;
  return CheckAreas(data, query);
}

PeriodCount CountOf(const RisePart& part, const std::optional<DenominatorValue>& residents, Period period) {
  PeriodCount count;
  count.incidents = part.incidents;
  count.crimes = part.crimes;
  count.weight = part.weight;
  const Rate rate = RateOf(kResidentsMeasure, residents, part.incidents, period);
  count.population = rate.value;
  count.population_year = rate.year;
  count.rate_per_1000 = rate.rate;
  count.rate_low = rate.low;
  count.rate_high = rate.high;
  return count;
}

// Residents of a set of areas in either period; absent where they are not known.
struct SideResidents {
  std::array<std::optional<DenominatorValue>, 2> value;
};

class RiseBuilder {
 public:
  RiseBuilder(const DatasetSnapshot& data, const RiseQuery& query, const RiseCounts& counts)
      : data_(data),
        query_(query),
        counts_(counts),
        periods_{query.before, query.after},
        place_residents_(DenominatorsOfAreas(data, query.vintage, query.place, kResidentsMeasure, periods_)),
        peer_residents_(DenominatorsOfAreas(data, query.vintage, query.peers, kResidentsMeasure, periods_)) {}

  RiseAnswer Build() {
    answer_.breaks = BreaksBetween(data_, query_.filter, query_.before, query_.after);
    const SideResidents place = TotalOf(place_residents_);
    answer_.before = CountOf(counts_.place[0], place.value[0], query_.before);
    answer_.after = CountOf(counts_.place[1], place.value[1], query_.after);
    answer_.change = ChangeOf(counts_.place[0].incidents, query_.before.days(), counts_.place[1].incidents, query_.after.days());
    if (!query_.peers.empty()) Add(Kind::kPeers, 0, counts_.peers, TotalOf(peer_residents_), true);
    Add(Kind::kRest, 0, counts_.rest, {}, true);
    AddParts(Kind::kSource, counts_.by_source, place);
    AddParts(Kind::kCategory, counts_.by_category, place);
    for (std::size_t i = 0; i < query_.peers.size(); ++i) {
      Add(Kind::kPeer, query_.peers[i], counts_.by_peer[i], {{peer_residents_[0].by_area[i], peer_residents_[1].by_area[i]}}, true);
    }
    Judge();
    answer_.peers_as_extreme = PeersAsExtreme();
    answer_.incidents = counts_.incidents;
    answer_.located = counts_.located;
    answer_.hour_unknown = counts_.hour_unknown;
    answer_.unknown_hour = counts_.unknown_hour;
    answer_.reasons = ReasonsOf(data_, query_, answer_);
    return std::move(answer_);
  }

 private:
  static SideResidents TotalOf(const std::vector<AreaDenominators>& by_period) { return {{by_period[0].total, by_period[1].total}}; }

  void Add(Kind kind, std::size_t index, const RiseSides& sides, const SideResidents& residents, bool compare) {
    RiseComparison comparison;
    comparison.kind = kind;
    comparison.index = index;
    comparison.before = CountOf(sides[0], residents.value[0], query_.before);
    comparison.after = CountOf(sides[1], residents.value[1], query_.after);
    comparison.change = ChangeOf(sides[0].incidents, query_.before.days(), sides[1].incidents, query_.after.days());
    if (compare) {
      comparison.against = CompareChanges(counts_.place[0].incidents, counts_.place[1].incidents, sides[0].incidents, sides[1].incidents);
    }
    answer_.comparisons.push_back(std::move(comparison));
  }

  // A single source or category is the place itself, and says nothing more.
  void AddParts(Kind kind, const std::vector<RiseSides>& parts, const SideResidents& residents) {
    const auto takes_part = [](const RiseSides& sides) { return sides[0].incidents + sides[1].incidents > 0; };
    if (std::count_if(parts.begin(), parts.end(), takes_part) < 2) return;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (takes_part(parts[i])) Add(kind, i, parts[i], residents, false);
    }
  }

  // A break in one source says nothing of another's counts: a part is comparable when its own records are.
  bool ComparableAlone(const RiseComparison& part) const {
    if (answer_.breaks.empty()) return true;
    IncidentFilter filter = query_.filter;
    if (part.kind == Kind::kSource) filter.sources = {static_cast<std::uint16_t>(part.index)};
    else if (part.kind == Kind::kCategory) filter.categories = {static_cast<CategoryIndex>(part.index)};
    else return false;
    return BreaksBetween(data_, filter, query_.before, query_.after).empty();
  }

  TestedChange TestedOf(const PeriodCount& before, const PeriodCount& after, const Change& change, bool alone, bool comparable) const {
    return {before.incidents, after.incidents, query_.before.days(), query_.after.days(), change.p_value, 0, alone, comparable};
  }

  // The peers say how much places vary; by that the place, and everything beside it, is judged. One test is made, the place's: the rest is context, q its p.
  void Judge() {
    const bool comparable = answer_.breaks.empty();
    std::vector<TestedChange> tested{TestedOf(answer_.before, answer_.after, answer_.change, true, comparable)};
    for (const RiseComparison& other : answer_.comparisons) {
      tested.push_back(TestedOf(other.before, other.after, other.change, other.kind != Kind::kPeer, comparable || ComparableAlone(other)));
    }
    answer_.dispersion = JudgeChanges(tested, query_.false_discovery_rate, Spread::kWidened).dispersion;
    for (TestedChange& change : tested) {
      change.q_value = change.widened_p_value;
      change.verdict = VerdictOf(change, query_.false_discovery_rate);
    }
    TakeJudgement(tested.front(), answer_.change);
    for (std::size_t i = 0; i < answer_.comparisons.size(); ++i) TakeJudgement(tested[i + 1], answer_.comparisons[i].change);
    answer_.tests_made = answer_.before.incidents + answer_.after.incidents >= kFewestToJudge ? 1 : 0;
  }

  // In integers: the days of the periods are the same for all, and cancel.
  std::optional<double> PeersAsExtreme() const {
    const std::int64_t before = answer_.before.incidents, after = answer_.after.incidents;
    if (query_.peers.empty() || before + after == 0) return std::nullopt;
    const std::int64_t risen = after * query_.before.days() - before * query_.after.days();
    std::size_t as_extreme = 0;
    for (const RiseSides& peer : counts_.by_peer) {
      const std::int64_t peer_before = peer[0].incidents, peer_after = peer[1].incidents;
      if (peer_before + peer_after == 0) continue;
      const std::int64_t further = peer_after * before - after * peer_before;
      if (risen == 0 || (risen > 0 ? further >= 0 : further <= 0)) ++as_extreme;
    }
    return static_cast<double>(as_extreme) / static_cast<double>(query_.peers.size());
  }

  const DatasetSnapshot& data_;
  const RiseQuery& query_;
  const RiseCounts& counts_;
  const std::array<Period, 2> periods_;
  const std::vector<AreaDenominators> place_residents_, peer_residents_;
  RiseAnswer answer_;
};

}  // namespace

Result<RiseAnswer> CheckRise(const DatasetSnapshot& data, const RiseQuery& asked, const StopSignal& stop) {
  RiseQuery query = asked;
  query.filter.areas.reset();
  if (auto checked = CheckQuery(data, query); !checked) return Fail(checked.error());
  const auto counts = CountRise(data, query, stop);
  if (!counts) return Fail(counts.error());
  if (stop.stop_requested()) return Fail(stop.reason());
  return RiseBuilder(data, query, *counts).Build();
}

}  // namespace geo
