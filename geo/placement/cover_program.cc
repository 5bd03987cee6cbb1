#include "geo/placement/cover_program.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

namespace geo {
namespace {

constexpr double kMostSteps = 1e6;  // of an objective that is told exactly: beyond, the solver's tolerances are as large as a step
constexpr double kUnbounded = 1e30;

// Demands that the same free options see, and that locked options see as often.
struct Group {
  std::vector<int> columns;
  int locked = 0;  // per mille of the time
  std::int64_t weight = 0;
};

class Builder {
 public:
  Builder(const CoverProblem& problem, const CoverIncidence& incidence, const std::vector<std::uint8_t>& keep) : problem_(problem), incidence_(incidence) {
    column_.assign(problem.options.size(), -1);
    for (std::uint32_t option = 0; option < problem.options.size(); ++option) {
      if (problem.options[option].locked || keep[option] == 0) continue;
      column_[option] = static_cast<int>(out_.options.size());
      out_.options.push_back(option);
    }
    choose_unit();
    out_.program.columns.resize(out_.options.size());
    out_.program.least_difference = out_.whole ? 1 : 1e-2;
  }

  void add_cover() {
    std::vector<std::uint32_t> all(problem_.weights.size());
    std::iota(all.begin(), all.end(), 0u);
    for (const Group& group : groups_of(all, [](int share, const CoverOption& option) { return std::min(1000, share + option.share); })) {
      out_.constant += group.weight * group.locked;
      const int left = static_cast<int>(kAllTheTime) - group.locked;
      if (group.columns.empty() || left == 0) continue;
      if (group.columns.size() == 1) {
        const int share = std::min(left, share_of(group.columns[0]));
        out_.program.columns[static_cast<std::size_t>(group.columns[0])].objective += static_cast<double>(group.weight * share) / out_.unit;
        continue;
      }
      const int column = add_column({static_cast<double>(group.weight * left) / out_.unit, 0, 1, false});
      IntegerProgram::Row row{group.columns, {}, -kUnbounded, 0};
      for (const int option : group.columns) row.values.push_back(-std::min(1.0, static_cast<double>(share_of(option)) / left));
      row.columns.push_back(column);
      row.values.push_back(1);
      out_.program.rows.push_back(std::move(row));
    }
  }

  void add_limits() {
    std::map<std::int32_t, IntegerProgram::Row> sites;
    IntegerProgram::Row picks{{}, {}, -kUnbounded, 0}, money{{}, {}, -kUnbounded, 1};
    std::vector<bool> locked(static_cast<std::size_t>(problem_.sites()));
    for (const CoverOption& option : problem_.options) {
      if (option.locked) locked[static_cast<std::size_t>(option.site)] = true;
    }
    for (std::size_t column = 0; column < out_.options.size(); ++column) {
      const CoverOption& option = problem_.options[out_.options[column]];
      IntegerProgram::Row& site =
          sites.try_emplace(option.site, IntegerProgram::Row{{}, {}, -kUnbounded, locked[static_cast<std::size_t>(option.site)] ? 0.0 : 1.0}).first->second;
      for (IntegerProgram::Row* row : {&site, &picks, &money}) row->columns.push_back(static_cast<int>(column));
      site.values.push_back(1);
      picks.values.push_back(1);
      money.values.push_back(static_cast<double>(option.cost_pence) / std::max(1.0, static_cast<double>(problem_.budget_pence.value_or(1))));
    }
    for (auto& [site, row] : sites) {
      if (row.columns.size() > 1 || row.high == 0) out_.program.rows.push_back(std::move(row));
    }
    picks.high = problem_.most_picks.value_or(0);
    if (problem_.most_picks) out_.program.rows.push_back(std::move(picks));
    if (problem_.budget_pence && *problem_.budget_pence == 0) money.high = 0;
    if (problem_.budget_pence) out_.program.rows.push_back(std::move(money));
  }

  // Of each group, how much of the time enough cameras have it in view at once: y, which no more than the shares beyond the first times - 1 allow. Those count
  // only once they are whole, so where they are not fixed a whole b says whether they are.
  void add_requirement(const CoverRequirement& requirement) {
    IntegerProgram::Row enough{{}, {}, 0, kUnbounded};
    constexpr int kAll = kAllTheTime;
    const int base = (requirement.times - 1) * kAll, whole = requirement.times * kAll;
    const auto groups = groups_of(requirement.demands, [&](int share, const CoverOption& option) { return std::min(whole, share + option.share); });
    CoverUnits all = 0, sure = 0;
    std::int64_t part = 0;
    for (const Group& group : groups) part = std::gcd(part, group.weight);
    for (const Group& group : groups) {
      const int fixed = std::max(0, group.locked - base);
      all += group.weight * kAll;
      sure += group.weight * fixed;
      int most = group.locked;
      for (const int option : group.columns) most += share_of(option);
      if (fixed == kAll || most <= base) continue;
      const int column = add_column({0, 0, 1, all_whole_});
      IntegerProgram::Row row{group.columns, {}, -kUnbounded, static_cast<double>(group.locked - base) / kAll};
      for (const int option : group.columns) row.values.push_back(-static_cast<double>(share_of(option)) / kAll);
      row.columns.push_back(column);
      row.values.push_back(1);
      if (group.locked < base) {
        const int reached = all_whole_ ? column : add_column({0, 0, 1, true});
        if (!all_whole_) {
          row.columns.push_back(reached);
          row.values.push_back(0);
          out_.program.rows.push_back({{column, reached}, {1, -1}, -kUnbounded, 0});
        }
        row.values.back() += static_cast<double>(base - group.locked) / kAll;
        row.high = 0;
      }
      out_.program.rows.push_back(std::move(row));
      enough.columns.push_back(column);
      enough.values.push_back(static_cast<double>(group.weight / part * (kAll / share_part_)));
      sure -= group.weight * fixed;  // it is of y
    }
    const double needed = requirement.least_share * static_cast<double>(all) - static_cast<double>(sure);
    if (needed <= 0) return;
    enough.low = std::ceil(needed / static_cast<double>(part * share_part_) - 1e-9) - 0.25;
    if (enough.columns.empty()) {  // nothing can: a row that nothing meets
      enough.columns.push_back(add_column({0, 0, 0, false}));
      enough.values.push_back(1);
    }
    out_.program.rows.push_back(std::move(enough));
  }

  void forbid(const std::vector<std::int32_t>& sites) {
    IntegerProgram::Row row{{}, {}, -kUnbounded, static_cast<double>(sites.size()) - 1};
    for (std::size_t column = 0; column < out_.options.size(); ++column) {
      if (!std::binary_search(sites.begin(), sites.end(), problem_.options[out_.options[column]].site)) continue;
      row.columns.push_back(static_cast<int>(column));
      row.values.push_back(1);
    }
    if (!row.columns.empty()) out_.program.rows.push_back(std::move(row));
  }

  CoverProgram take() { return std::move(out_); }

 private:
  void choose_unit() {
    std::int64_t weights = 0, shares = kAllTheTime;
    for (const std::int64_t weight : problem_.weights) weights = std::gcd(weights, weight);
    for (const CoverOption& option : problem_.options) shares = std::gcd(shares, static_cast<std::int64_t>(option.share));
    const double common = static_cast<double>(std::max<std::int64_t>(weights, 1) * shares), total = static_cast<double>(problem_.total());
    all_whole_ = std::all_of(problem_.options.begin(), problem_.options.end(), [](const CoverOption& option) { return option.share == kAllTheTime; });
    share_part_ = static_cast<int>(shares);
    out_.whole = total / common <= kMostSteps;
    out_.unit = out_.whole ? common : total / kMostSteps;
  }
  int share_of(int column) const { return problem_.options[out_.options[static_cast<std::size_t>(column)]].share; }
  int add_column(IntegerProgram::Column column) {
    out_.program.columns.push_back(column);
    return static_cast<int>(out_.program.columns.size()) - 1;
  }
  // In an order of their own, whatever that of the demands.
  template <class Locked>
  std::vector<Group> groups_of(const std::vector<std::uint32_t>& demands, Locked&& with_locked) const {
    std::map<std::tuple<std::vector<int>, int>, std::int64_t> groups;
    for (const std::uint32_t demand : demands) {
      if (problem_.weights[demand] == 0) continue;
      std::vector<int> columns;
      int locked = 0;
      for (std::size_t at = incidence_.first[demand]; at < incidence_.first[demand + 1]; ++at) {
        const std::uint32_t option = incidence_.options[at];
        if (problem_.options[option].locked) locked = with_locked(locked, problem_.options[option]);
        else if (column_[option] >= 0) columns.push_back(column_[option]);
      }
      groups[{std::move(columns), locked}] += problem_.weights[demand];
    }
    std::vector<Group> out;
    for (const auto& [key, weight] : groups) out.push_back({std::get<0>(key), std::get<1>(key), weight});
    return out;
  }

  const CoverProblem& problem_;
  const CoverIncidence& incidence_;
  std::vector<int> column_;  // of each option, -1: none
  bool all_whole_ = true;    // every option looks all the time
  int share_part_ = 1;       // of which every share is a multiple, and all the time
  CoverProgram out_;
};

}  // namespace

CoverProgram BuildCoverProgram(const CoverProblem& problem, const CoverIncidence& incidence, const std::vector<std::uint8_t>& keep,
                               const std::vector<std::vector<std::int32_t>>& forbidden) {
  Builder builder(problem, incidence, keep);
  builder.add_cover();
  builder.add_limits();
  for (const CoverRequirement& requirement : problem.requirements) builder.add_requirement(requirement);
  for (const auto& sites : forbidden) builder.forbid(sites);
  return builder.take();
}

}  // namespace geo
