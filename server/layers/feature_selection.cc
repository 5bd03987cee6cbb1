#include "server/layers/feature_selection.h"

#include <fmt/format.h>

#include <numeric>

namespace server {
namespace {

constexpr std::size_t kRowsBetweenStopChecks = 512;

// Instants are UTC text of one form, so that texts compare as the times do.
struct InstantTexts {
  std::string first, last;
  bool holds(const std::string& at) const { return (first.empty() || at >= first) && (last.empty() || at <= last); }
};

InstantTexts TextsOf(const InstantRange& range, const std::string& zone) {
  return {range.first ? UtcText(*range.first, zone) : "", range.last ? UtcText(*range.last, zone) : ""};
}

bool Equals(const FeatureTable& table, std::size_t i, const FeatureSelection& selection) {
  for (const auto& [property, text] : selection.equals) {
    if (TextOf(table.value(i, property)) != text) return false;
  }
  return true;
}

}  // namespace

std::string TextOf(const FeatureValue& value) {
  struct Visitor {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(std::int64_t whole) const { return fmt::format("{}", whole); }
    std::string operator()(double number) const { return fmt::format("{}", number); }
    std::string operator()(const std::string& text) const { return text; }
  };
  return std::visit(Visitor{}, value);
}

geo::Result<std::vector<std::uint32_t>> SelectFeatures(const FeatureTable& table, const Collection& collection, const FeatureSelection& selection,
                                                       const geo::StopSignal& stop) {
  std::vector<std::uint32_t> kept;
  if (selection.all()) {
    kept.resize(table.size());
    std::iota(kept.begin(), kept.end(), 0U);
    return kept;
  }
  const std::size_t time = collection.kind->schema().time;
  const auto instants = selection.instants ? std::optional(TextsOf(*selection.instants, collection.data->record.time_zone)) : std::nullopt;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (i % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return geo::Fail(stop.reason());
    if (instants && !instants->holds(TextOf(table.value(i, time)))) continue;
    if (!Equals(table, i, selection)) continue;
    if (selection.bbox) {
      const auto meets = selection.bbox->meets(table.bounds(i), table.geometry(i));
      if (!meets) return geo::Fail(meets.error());
      if (!*meets) continue;
    }
    if (selection.filter) {
      const auto keeps = selection.filter->keeps(table, i);
      if (!keeps) return geo::Fail(keeps.error());
      if (!*keeps) continue;
    }
    kept.push_back(static_cast<std::uint32_t>(i));
  }
  return kept;
}

}  // namespace server
