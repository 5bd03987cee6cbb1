#include "geo/sources/workstream_includes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "geo/sources/text_check.h"

namespace geo {
namespace {

class Resolver {
 public:
  Resolver(std::vector<DraftWorkstream>& drafts, TomlFaults& faults) : drafts_(drafts), faults_(faults), state_(drafts.size(), State::kNew) {
    for (std::size_t i = 0; i < drafts.size(); ++i) index_[drafts[i].workstream.id] = i;
  }

  void Resolve(std::size_t i) {
    if (faults_.first || state_[i] == State::kDone) return;
    DraftWorkstream& draft = drafts_[i];
    state_[i] = State::kOpen;
    chain_.push_back(draft.workstream.id);
    std::map<std::string, double> weights;
    for (const std::string& id : draft.includes) Include(draft, id, weights);
    if (faults_.first) return;
    std::vector<Workstream::Entry>& entries = draft.workstream.entries;
    for (const auto& entry : entries) weights[entry.category] = entry.weight;
    entries.clear();
    for (const auto& [category, weight] : weights) entries.push_back({category, weight});
    Check(draft);
    chain_.pop_back();
    state_[i] = State::kDone;
  }

 private:
  enum class State : std::uint8_t { kNew, kOpen, kDone };

  void Include(const DraftWorkstream& draft, const std::string& id, std::map<std::string, double>& weights) {
    if (faults_.first) return;
    const auto found = index_.find(id);
    if (found == index_.end()) return Refuse(draft, "includes", "UNKNOWN_WORKSTREAM", fmt::format("there is no workstream \"{}\"", Excerpt(id)));
    if (state_[found->second] == State::kOpen) {
      return Refuse(draft, "includes", "CIRCULAR", fmt::format("{} includes {} again; take one of them out", fmt::join(chain_, " includes "), id));
    }
    Resolve(found->second);
    for (const auto& entry : drafts_[found->second].workstream.entries) {
      const auto [at, added] = weights.emplace(entry.category, entry.weight);
      if (!added) at->second = std::max(at->second, entry.weight);
    }
  }

  void Check(const DraftWorkstream& draft) {
    const auto& entries = draft.workstream.entries;
    if (entries.empty()) return Refuse(draft, "categories", "EMPTY", "it has no category, neither of its own nor of one that it includes");
    const bool weighs = std::any_of(entries.begin(), entries.end(), [](const auto& entry) { return entry.weight > 0; });
    if (weighs || !draft.workstream.targeting) return;
    Refuse(draft, "categories", "WEIGHTS_ARE_ZERO", "all weights are 0: give one a weight, or set `targeting = false` for a layer apart");
  }

  void Refuse(const DraftWorkstream& draft, const char* key, const char* reason, std::string_view message) {
    faults_.add(ErrorCode::kInvalidArgument, draft.path + key, reason, fmt::format("{}: {}", draft.workstream.id, message), draft.line);
  }

  std::vector<DraftWorkstream>& drafts_;
  TomlFaults& faults_;
  std::map<std::string, std::size_t> index_;
  std::vector<State> state_;
  std::vector<std::string> chain_;
};

}  // namespace

void ResolveIncludes(std::vector<DraftWorkstream>& drafts, TomlFaults& faults) {
  Resolver resolver(drafts, faults);
  for (std::size_t i = 0; i < drafts.size(); ++i) resolver.Resolve(i);
}

}  // namespace geo
