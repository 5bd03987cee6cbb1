#include "geo/change/rise_reasons.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "geo/change/grouped_number.h"

namespace geo {
namespace {

constexpr std::size_t kShown = 3;
using Kind = RiseComparison::Kind;

// Which way the daily rates went: 1 up, -1 down.
int DirectionOf(const RiseQuery& query, const PeriodCount& before, const PeriodCount& after) {
  const std::int64_t one = before.incidents * query.after.days(), two = after.incidents * query.before.days();
  return two > one ? 1 : two < one ? -1 : 0;
}

std::string BreaksSentence(const std::vector<CrossedBreak>& breaks) {
  std::string text = breaks.size() == 1 ? "Recording break crossed: " : "Recording breaks crossed: ";
  for (std::size_t i = 0; i < std::min(breaks.size(), kShown); ++i) text += (i == 0 ? "" : ", ") + breaks[i].id;
  if (breaks.size() > kShown) text += fmt::format(" and {} more", breaks.size() - kShown);
  return text + ".";
}

std::string PlaceSentence(const RiseQuery& query, const RiseAnswer& answer) {
  std::string text = fmt::format("{} to {} incidents", Grouped(answer.before.incidents), Grouped(answer.after.incidents));
  if (query.before.days() != query.after.days()) text += fmt::format(" in {} and {} days", query.before.days(), query.after.days());
  text += fmt::format(": {}", VerdictWord(answer.change.verdict));
  if (answer.change.widened_p_value > answer.change.p_value)
    text += fmt::format("; p {:.2g}, widened to {:.2g} because the peers vary {:.1f} times as much as chance", answer.change.p_value,
                        answer.change.widened_p_value, answer.dispersion.widening());
  else text += fmt::format("; p {:.2g}", answer.change.p_value);
  return text + ".";
}

std::string AgainstSentence(const char* who, const RiseQuery& query, const RiseComparison& other) {
  std::string text = fmt::format("{} went from {} to {}", who, Grouped(other.before.incidents), Grouped(other.after.incidents));
  const RatioOfRatios& against = *other.against;
  if (!against.ratio) return text + ": too few to say how the place's change compares.";
  // Of ratios, not of rises: 1.30 beside 1.02 is 1.27 times as high a ratio, and fifteen times as large a rise.
  text += fmt::format(": the place's ratio is {:.2f} times that (95 % {:.2f} ", *against.ratio, against.low);
  text += std::isfinite(against.high) ? fmt::format("to {:.2f})", against.high) : "or more)";
  return text + (against.p_value <= query.false_discovery_rate ? ", a difference beyond chance." : ", no more than chance.");
}

std::string PeersSentence(const RiseQuery& query, const RiseAnswer& answer) {
  const int direction = DirectionOf(query, answer.before, answer.after);
  const auto peers = static_cast<std::int64_t>(query.peers.size());
  const auto as_extreme = static_cast<std::int64_t>(std::llround(*answer.peers_as_extreme * static_cast<double>(peers)));
  const char* verb = direction > 0 ? "rose" : direction < 0 ? "fell" : "changed";
  return fmt::format("{} of {} {} {} at least as much.", as_extreme, peers, peers == 1 ? "peer" : "peers", verb);
}

// One test is made here, and as many as there are areas where they are compared: the same change may pass the one and not the other.
std::string AloneSentence(const RiseQuery& query, const RiseAnswer& answer) {
  const bool changed = answer.change.verdict == Verdict::kHigher || answer.change.verdict == Verdict::kLower;
  if (!changed || query.peers.empty()) return {};
  return fmt::format("Only this place was tested: picked out of {} for standing out, it should pass the comparison of them all.",
                     query.peers.size() + query.place.size());
}

const std::string& IdOf(const DatasetSnapshot& data, const RiseComparison& part) {
  return part.kind == Kind::kSource ? data.record.sources[part.index].id : data.record.categories[part.index].id;
}

// "By source: police 300 to 420 (higher), council 100 to 100 (no clear change): only police shows it." The parts that moved most, and how many are left.
std::string PartsSentence(const char* what, const DatasetSnapshot& data, const RiseQuery& query, const RiseAnswer& answer, Kind kind) {
  std::vector<const RiseComparison*> parts;
  for (const RiseComparison& part : answer.comparisons) {
    if (part.kind == kind) parts.push_back(&part);
  }
  if (parts.empty()) return {};
  const int direction = DirectionOf(query, answer.before, answer.after);
  const Verdict wanted = direction > 0 ? Verdict::kHigher : Verdict::kLower;
  std::vector<std::string> showing;
  for (const RiseComparison* part : parts) {
    if (direction != 0 && part->change.verdict == wanted) showing.push_back(IdOf(data, *part));
  }
  const std::size_t all = parts.size();
  std::stable_sort(parts.begin(), parts.end(),
                   [](const auto* a, const auto* b) { return std::llabs(a->change.difference) > std::llabs(b->change.difference); });
  std::string text = fmt::format("By {}: ", what);
  for (std::size_t i = 0; i < std::min(all, kShown); ++i) {
    text += fmt::format("{}{} {} to {} ({})", i == 0 ? "" : ", ", IdOf(data, *parts[i]), Grouped(parts[i]->before.incidents),
                        Grouped(parts[i]->after.incidents), VerdictWord(parts[i]->change.verdict));
  }
  if (all > kShown) text += fmt::format(", and {} more", all - kShown);
  if (showing.size() == all) return text + ": all show it.";
  if (showing.empty()) return text + ": none shows it alone.";
  if (showing.size() == 1) return text + fmt::format(": only {} shows it.", showing.front());
  if (showing.size() > kShown) return text + fmt::format(": {} of {} show it.", showing.size(), all);
  const std::string last = showing.back();
  showing.pop_back();
  return text + fmt::format(": {} and {} show it.", fmt::join(showing, ", "), last);
}

}  // namespace

std::vector<std::string> ReasonsOf(const DatasetSnapshot& data, const RiseQuery& query, const RiseAnswer& answer) {
  std::vector<std::string> reasons;
  if (!answer.breaks.empty()) reasons.push_back(BreaksSentence(answer.breaks));
  reasons.push_back(PlaceSentence(query, answer));
  for (const RiseComparison& other : answer.comparisons) {
    if (other.kind == Kind::kPeers) {
      reasons.push_back(AgainstSentence("The peers together", query, other));
      if (answer.peers_as_extreme) reasons.push_back(PeersSentence(query, answer));
    }
    if (other.kind == Kind::kRest) reasons.push_back(AgainstSentence("Everything else", query, other));
  }
  for (const auto& [what, kind] : {std::pair{"source", Kind::kSource}, {"category", Kind::kCategory}}) {
    if (std::string text = PartsSentence(what, data, query, answer, kind); !text.empty()) reasons.push_back(std::move(text));
  }
  if (std::string text = AloneSentence(query, answer); !text.empty()) reasons.push_back(std::move(text));
  return reasons;
}

}  // namespace geo
