#include "geo/change/month_use.h"

#include <algorithm>
#include <optional>
#include <span>

#include "geo/snapshot/breaks_crossed.h"

namespace geo {
namespace {

Period DaysOfMonth(Month month) { return {month.first_day(), month.next().first_day()}; }
bool Overlap(Period a, Period b) { return a.begin < b.end && b.begin < a.end; }
bool IsChangeOfRule(const CrossedBreak& entry) { return entry.period.days() == 1; }

MonthUse UseByCoverage(const CrossedBreak& incomplete) {
  if (incomplete.id.starts_with("gap:")) return MonthUse::kMissing;
  return incomplete.id.starts_with("partial:") ? MonthUse::kPartial : MonthUse::kProvisional;
}

// What wins where two things are true of one month.
int Weight(MonthUse use) {
  switch (use) {
    case MonthUse::kMissing:
      return 4;
    case MonthUse::kBroken:
      return 3;
    case MonthUse::kPartial:
      return 2;
    case MonthUse::kProvisional:
      return 1;
    case MonthUse::kUsed:
      return 0;
  }
  __builtin_unreachable();
}

class Months {
 public:
  explicit Months(Period period) : first_(Month::OfDay(period.begin)), use_(static_cast<std::size_t>(Month::OfDay(period.end - 1).index - first_.index + 1)) {}

  void mark(std::size_t i, MonthUse use) {
    if (Weight(use) > Weight(use_[i])) use_[i] = use;
  }
  Month month(std::size_t i) const { return {first_.index + static_cast<std::int32_t>(i)}; }
  std::size_t size() const { return use_.size(); }
  std::size_t at(Month month) const { return static_cast<std::size_t>(month.index - first_.index); }
  std::optional<std::size_t> last_used() const {
    for (std::size_t i = use_.size(); i-- > 0;) {
      if (use_[i] == MonthUse::kUsed) return i;
    }
    return std::nullopt;
  }
  std::vector<MonthUse> take() { return std::move(use_); }

 private:
  Month first_;
  std::vector<MonthUse> use_;
};

// Months that lie inside a break, and those in which a rule changed.
void MarkBreaks(std::span<const CrossedBreak> breaks, Period period, Months& months) {
  for (const CrossedBreak& entry : breaks) {
    const bool rule = IsChangeOfRule(entry);
    // Months that are all inside one break are comparable with each other.
    if (!rule && entry.period.begin <= period.begin && entry.period.end >= period.end) continue;
    for (std::size_t i = 0; i < months.size(); ++i) {
      const Period days = DaysOfMonth(months.month(i));
      if (rule ? days.begin < entry.period.begin && entry.period.begin < days.end : Overlap(entry.period, days)) months.mark(i, MonthUse::kBroken);
    }
  }
}

// Months before a change of rule that the last month which may be used is after.
void MarkBeforeRules(std::span<const CrossedBreak> breaks, Months& months) {
  const std::optional<std::size_t> last = months.last_used();
  if (!last) return;
  const LocalDay last_begin = months.month(*last).first_day();
  for (const CrossedBreak& entry : breaks) {
    if (!IsChangeOfRule(entry) || entry.period.begin > last_begin) continue;
    for (std::size_t i = 0; i < months.size() && months.month(i).first_day() < entry.period.begin; ++i) months.mark(i, MonthUse::kBroken);
  }
}

}  // namespace

std::vector<MonthUse> MonthUses(const DatasetSnapshot& data, const IncidentFilter& filter) {
  const std::vector<CrossedBreak> incomplete = IncompleteMonths(data, filter, filter.period);
  const std::vector<CrossedBreak> crossed = BreaksCrossed(data, filter, filter.period);
  // The register's come first, the incomplete months last.
  const std::span<const CrossedBreak> registered(crossed.data(), crossed.size() - incomplete.size());
  Months months(filter.period);
  for (const CrossedBreak& entry : incomplete) months.mark(months.at(Month::OfDay(entry.period.begin)), UseByCoverage(entry));
  MarkBreaks(registered, filter.period, months);
  MarkBeforeRules(registered, months);
  return months.take();
}

}  // namespace geo
