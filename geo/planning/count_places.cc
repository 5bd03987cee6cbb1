#include "geo/planning/count_places.h"

#include <algorithm>
#include <array>
#include <optional>

#include "geo/incidents/week_share.h"

namespace geo {
namespace {

constexpr std::size_t kRowsBetweenStopChecks = 16'384;
// Places x kinds that are counted flat: 128 MB a year. Beyond, every row is asked, as those of hours and flags are.
constexpr std::size_t kMostTableCells = 32'000'000;

// What one workstream takes of a kind, a category of a source.
struct Use {
  std::size_t stream = 0;
  double weight = 0;
};

// Rows are many and questions short: what a row needs to know lies flat, by kind.
class Counter {
 public:
  static constexpr std::size_t kRowsAtOnce = 256;

  Counter(const DatasetSnapshot& data, const WorkstreamPlan& plan, const PlanPlaces& places, PlaceCounts& out)
      : data_(data), plan_(plan), places_(places), out_(out), area_of_(data.vintages[places.vintage].area_of.data()), streams_(plan.streams.size()),
        categories_(data.record.categories.size()), plain_(data.record.sources.size() * categories_), asking_(plain_.size()), week_(streams_) {
    const bool flat = places.size() * KindsTakenWhole() <= kMostTableCells;
    for (std::size_t stream = 0; stream < streams_; ++stream) AddUses(stream, flat);
    for (const auto& file : data.incidents.files) first_kind_.push_back(static_cast<std::uint32_t>(file.source * categories_));
    for (const auto& uses : plain_) column_of_.push_back(uses.empty() ? kNoColumn : columns_++);
    table_.resize(places.size() * columns_);
    of_kind_.resize(plain_.size());
  }

  // Rows lie all over the map, and what is counted of a place is seldom in the cache: it is called for a few rows ahead.
  void add(std::size_t begin, std::size_t end) {
    const GridPoint* const at = data_.incidents.at.data();
    for (std::size_t row = begin; row < end; ++row) {
      const std::int32_t place = places_.place_of(at[row], area_of_[row]);
      place_[row - begin] = place;
      if (place == PlanPlaces::kNone) continue;
      __builtin_prefetch(table_.data() + static_cast<std::size_t>(place) * columns_, 1);
      __builtin_prefetch(out_.incidents.data() + static_cast<std::size_t>(place) * streams_, 1);
      __builtin_prefetch(out_.weight.data() + static_cast<std::size_t>(place) * streams_, 1);
    }
    const FileIndex* const file = data_.incidents.file.data();
    const CategoryIndex* const category = data_.incidents.category.data();
    const std::uint32_t* const first_kind = first_kind_.data();
    const std::uint32_t* const column_of = column_of_.data();
    const std::vector<Use>* const asking = asking_.data();
    for (std::size_t row = begin; row < end; ++row) {
      const std::size_t kind = first_kind[file[row]] + category[row];
      const std::int32_t place = place_[row - begin];
      const bool plain = column_of[kind] != kNoColumn;
      if (plain) {
        OfKind& of_kind = of_kind_.data()[kind];
        ++of_kind.rows;
        of_kind.located += area_of_[row] != kNowhere ? 1 : 0;
        of_kind.without_hour += data_.incidents.hour_known(row) ? 0 : 1;
        if (place != PlanPlaces::kNone) ++table_.data()[static_cast<std::size_t>(place) * columns_ + column_of[kind]];
      }
      if (!asking[kind].empty()) Ask(row, asking[kind], place, plain);
    }
  }

  void finish() {
    for (std::size_t kind = 0; kind < plain_.size(); ++kind) {
      out_.any += of_kind_[kind].rows;
      out_.located += of_kind_[kind].located;
      out_.without_hour += of_kind_[kind].without_hour;
      for (const Use& use : plain_[kind]) out_.everywhere[use.stream] += of_kind_[kind].rows;
    }
    for (std::size_t place = 0; place < places_.size(); ++place) {
      for (std::size_t kind = 0; kind < plain_.size(); ++kind) {
        if (column_of_[kind] == kNoColumn) continue;
        const std::int32_t rows = table_[place * columns_ + column_of_[kind]];
        if (rows == 0) continue;
        for (const Use& use : plain_[kind]) {
          out_.incidents[place * streams_ + use.stream] += rows;
          out_.weight[place * streams_ + use.stream] += rows * use.weight;
        }
      }
    }
  }

 private:
  static constexpr std::uint32_t kNoColumn = static_cast<std::uint32_t>(-1);

  // Of a kind that some workstream takes whole: rows of the period.
  struct OfKind {
    std::int64_t rows = 0, located = 0, without_hour = 0;
  };

  static bool TakesWhole(const IncidentFilter& filter) { return filter.window.always() && filter.flags_with == 0 && filter.flags_without == 0; }

  std::size_t KindsTakenWhole() const {
    std::vector<std::uint8_t> taken(plain_.size(), 0);
    for (const PlannedWorkstream& planned : plan_.streams) {
      if (!TakesWhole(planned.filter)) continue;
      for (const std::uint16_t source : planned.filter.sources) {
        for (const CategoryIndex category : planned.filter.categories) taken[source * categories_ + category] = 1;
      }
    }
    return static_cast<std::size_t>(std::count(taken.begin(), taken.end(), 1));
  }

  void AddUses(std::size_t stream, bool flat) {
    const IncidentFilter& filter = plan_.streams[stream].filter;
    const bool plain = flat && TakesWhole(filter);
    if (filter.window.dates.empty() && filter.window.light == Light::kAny && !filter.window.always()) week_[stream].emplace(filter.window.week);
    for (const std::uint16_t source : filter.sources) {
      for (std::size_t i = 0; i < filter.categories.size(); ++i) {
        (plain ? plain_ : asking_)[source * categories_ + filter.categories[i]].push_back({stream, plan_.streams[stream].entry_weight[i]});
      }
    }
  }

  // Workstreams that look at hours or flags first. `counted`: another has taken the row whole.
  void Ask(std::size_t row, const std::vector<Use>& uses, std::int32_t place, bool counted) {
    const LocalMinute from = data_.incidents.from_minute[row], to = data_.incidents.to_minute[row];
    const bool timed = to - from < kMinutesPerDay;
    bool any = counted, missed = false;
    for (const Use& use : uses) {
      const IncidentFilter& filter = plan_.streams[use.stream].filter;
      if (!filter.takes(data_.incidents.flags[row])) continue;
      const double share = week_[use.stream] ? week_[use.stream]->share(from, to) : WindowShareOf(filter, data_.incidents, row);
      // Whether a row falls into the hours cannot be foreseen: adding nothing costs less than jumping over it.
      const int hit = share > 0 ? 1 : 0;
      missed |= hit == 0 && !timed;
      any |= hit != 0;
      out_.everywhere[use.stream] += hit;
      if (place == PlanPlaces::kNone) continue;
      const std::size_t at = static_cast<std::size_t>(place) * streams_ + use.stream;
      out_.incidents[at] += hit;
      out_.weight[at] += share * use.weight;
    }
    if (counted) return;
    out_.any += any ? 1 : 0;
    out_.located += any && area_of_[row] != kNowhere ? 1 : 0;
    out_.without_hour += any && !timed ? 1 : 0;
    out_.unknown_hour += !any && missed ? 1 : 0;
  }

  const DatasetSnapshot& data_;
  const WorkstreamPlan& plan_;
  const PlanPlaces& places_;
  PlaceCounts& out_;
  const AreaIndex* const area_of_;
  const std::size_t streams_, categories_;
  std::vector<std::vector<Use>> plain_, asking_;  // by source x categories + category: who takes every row of the kind; who looks at hours or flags first
  std::vector<std::optional<WeekShare>> week_;    // by stream
  std::vector<std::uint32_t> first_kind_;         // by file
  std::vector<std::uint32_t> column_of_;          // by kind: in the table
  std::uint32_t columns_ = 0;
  std::vector<std::int32_t> table_;               // place x columns
  std::vector<OfKind> of_kind_;
  std::array<std::int32_t, kRowsAtOnce> place_;   // of the rows under way
};

}  // namespace

Result<PlaceCounts> CountByPlace(const DatasetSnapshot& data, const WorkstreamPlan& plan, const PlanPlaces& places, Period period, const StopSignal& stop) {
  PlaceCounts out;
  out.incidents.resize(places.size() * plan.streams.size());
  out.weight.resize(out.incidents.size());
  out.everywhere.resize(plan.streams.size());
  Counter counter(data, plan, places, out);
  const std::size_t begin = data.incidents.first_on_or_after(period.begin), end = data.incidents.first_on_or_after(period.end);
  for (std::size_t row = begin; row < end; row += Counter::kRowsAtOnce) {
    if ((row - begin) % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    counter.add(row, std::min(end, row + Counter::kRowsAtOnce));
  }
  counter.finish();
  return out;
}

}  // namespace geo
