#include "server/cli/ward_requests.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "server/cli/input_file.h"
#include "server/cli/period_list.h"
#include "server/cli/published_counts_csv.h"
#include "server/cli/question_parts.h"
#include "wardwatch/v1/ward_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

constexpr std::size_t kMostDraftBytes = std::size_t{768} << 10;  // what the server takes
constexpr std::size_t kMostTableBytes = std::size_t{4} << 20;    // 10,000 lines are far below it

template <class Request>
geo::Result<void> FillRate(const WardFlags& flags, Request& request) {
  if (!flags.false_discovery_rate) return {};
  if (*flags.false_discovery_rate == 0) return geo::Fail(BadFlag("--fdr", "0 is out of range: over 0, to 0.5"));
  request.set_false_discovery_rate(*flags.false_discovery_rate);
  return {};
}

template <class Request>
geo::Result<void> FillSeed(const WardFlags& flags, Request& request) {
  if (!flags.seed) return {};
  if (*flags.seed == 0) return geo::Fail(BadFlag("--seed", "0 is out of range: it stands for no seed, and the server would take 1"));
  request.set_seed(*flags.seed);
  return {};
}

template <class Request>
geo::Result<void> FillBeforeAndAfter(const WardFlags& flags, Request& request) {
  if (auto filled = FillPeriod(flags.before, "BEFORE", *request.mutable_before()); !filled) return filled;
  return FillPeriod(flags.after, "AFTER", *request.mutable_after());
}

template <class Request>
void FillSpread(const WardFlags& flags, Request& request) {
  if (flags.poisson) request.set_spread(api::SPREAD_POISSON);
}

geo::Result<int> IndexOfBaseline(const std::string& text, const api::CompareYearsRequest& request) {
  api::Period wanted;
  if (auto filled = FillPeriod(text, "--baseline", wanted); !filled) return geo::Fail(filled.error());
  for (int i = 0; i < request.periods_size(); ++i) {
    if (request.periods(i).SerializeAsString() == wanted.SerializeAsString()) return i;
  }
  return geo::Fail(BadFlag("--baseline", fmt::format("{} is none of the periods named", text)));
}

// "plans/draft 2028.geojson" is "draft-2028".
std::string DraftId(const BoundaryFlags& flags) {
  if (!flags.draft_id.empty()) return flags.draft_id;
  std::string id = flags.draft.stem().string();
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_'; };
  for (char& c : id) c = allowed(c) ? c : '-';
  id.resize(std::min<std::size_t>(id.size(), 128));
  return id;
}

geo::Result<void> FillDraft(const BoundaryFlags& flags, api::DraftBoundaries& draft) {
  auto text = ReadInputFile(flags.draft, "--draft", kMostDraftBytes);
  if (!text) return geo::Fail(text.error());
  draft.set_id(DraftId(flags));
  draft.set_geojson(std::move(*text));
  draft.set_crs(flags.crs);
  draft.set_code_property(flags.code_property);
  draft.set_name_property(flags.name_property);
  return {};
}

geo::Result<void> FillWeight(const CrosswalkFlags& flags, const FilterFlags& filter, api::CrosswalkCountsRequest& request) {
  const bool by_incidents = flags.weight == "incidents";
  const bool by_residents = flags.weight == "residents";
  if (by_incidents) request.set_weight(api::CROSSWALK_WEIGHT_INCIDENTS);
  if (by_residents) request.set_weight(api::CROSSWALK_WEIGHT_RESIDENTS);
  if (flags.weight == "ground") request.set_weight(api::CROSSWALK_WEIGHT_GROUND);
  if (by_incidents == flags.period.empty()) {
    return geo::Fail(
        BadFlag("--period", by_incidents ? "is required: --weight incidents divides by the incidents of some days" : "only --weight incidents has a period"));
  }
  if (by_residents == flags.block_vintage.empty()) {
    return geo::Fail(
        BadFlag("--blocks", by_residents ? "is required: --weight residents divides by the residents of smaller areas" : "only --weight residents has blocks"));
  }
  const bool filtered = !filter.categories.empty() || !filter.workstream.empty() || !filter.sources.empty() || !filter.window.empty() ||
                        !filter.days.empty() || !filter.time_window.empty() || !filter.flags.empty() || !filter.without_flags.empty();
  if (filtered && !by_incidents) return geo::Fail(BadFlag("--weight", "only --weight incidents looks at incidents: a filter changes nothing else"));
  request.set_block_vintage(flags.block_vintage);
  return by_incidents ? FillPeriod(flags.period, "--period", *request.mutable_period()) : geo::Result<void>();
}

}  // namespace

geo::Result<api::CompareWardsRequest> MakeCompareRequest(const CommandLine& line, const std::string& dataset) {
  api::CompareWardsRequest request;
  if (auto filled = FillQuestion(line.question, dataset, request); !filled) return geo::Fail(filled.error());
  if (auto filled = FillBeforeAndAfter(line.wards, request); !filled) return geo::Fail(filled.error());
  if (auto filled = FillRate(line.wards, request); !filled) return geo::Fail(filled.error());
  request.set_by_category(line.wards.by_category);
  for (const std::string& denominator : line.wards.denominators) request.add_denominators(denominator);
  FillSpread(line.wards, request);
  return request;
}

geo::Result<api::CompareYearsRequest> MakeYearsRequest(const CommandLine& line, const std::string& dataset) {
  api::CompareYearsRequest request;
  if (auto filled = FillQuestion(line.question, dataset, request); !filled) return geo::Fail(filled.error());
  auto periods = ParsePeriodList(line.wards.periods, "PERIOD");
  if (!periods) return geo::Fail(periods.error());
  for (api::Period& period : *periods) *request.add_periods() = std::move(period);
  if (!line.wards.baseline.empty()) {
    const auto baseline = IndexOfBaseline(line.wards.baseline, request);
    if (!baseline) return geo::Fail(baseline.error());
    request.set_baseline(*baseline);
  }
  if (auto filled = FillRate(line.wards, request); !filled) return geo::Fail(filled.error());
  if (auto filled = FillSeed(line.wards, request); !filled) return geo::Fail(filled.error());
  request.set_by_category(line.wards.by_category);
  request.set_denominator(line.wards.denominator);
  FillSpread(line.wards, request);
  return request;
}

geo::Result<api::RankWardsRequest> MakeRankRequest(const CommandLine& line, const std::string& dataset) {
  api::RankWardsRequest request;
  if (auto filled = FillQuestion(line.question, dataset, request); !filled) return geo::Fail(filled.error());
  if (auto filled = FillPeriod(line.wards.period, "PERIOD", *request.mutable_period()); !filled) return geo::Fail(filled.error());
  if (auto filled = FillSeed(line.wards, request); !filled) return geo::Fail(filled.error());
  if (line.wards.draws) {
    if (*line.wards.draws == 0) return geo::Fail(BadFlag("--draws", "0 is out of range: 100 to 100000"));
    request.set_draws(*line.wards.draws);
  }
  for (const std::string& denominator : line.wards.denominators) request.add_denominators(denominator);
  FillSpread(line.wards, request);
  return request;
}

geo::Result<api::AnalyseTrendsRequest> MakeTrendRequest(const CommandLine& line, const std::string& dataset) {
  api::AnalyseTrendsRequest request;
  if (auto filled = FillQuestion(line.question, dataset, request); !filled) return geo::Fail(filled.error());
  if (auto filled = FillPeriod(line.wards.period, "PERIOD", *request.mutable_period()); !filled) return geo::Fail(filled.error());
  if (auto filled = FillRate(line.wards, request); !filled) return geo::Fail(filled.error());
  constexpr std::pair<std::string_view, api::TrendSplit> kSplits[] = {{"whole", api::TREND_SPLIT_WHOLE},
                                                                      {"areas", api::TREND_SPLIT_AREAS},
                                                                      {"categories", api::TREND_SPLIT_CATEGORIES},
                                                                      {"both", api::TREND_SPLIT_AREAS_AND_CATEGORIES}};
  for (const auto& [word, split] : kSplits) {
    if (line.wards.split == word) request.set_split(split);
  }
  if (!line.wards.forecast.empty()) {
    if (auto filled = FillPeriod(line.wards.forecast, "--forecast", *request.mutable_forecast()); !filled) return geo::Fail(filled.error());
  }
  const bool by_areas = request.split() == api::TREND_SPLIT_AREAS || request.split() == api::TREND_SPLIT_AREAS_AND_CATEGORIES;
  if (line.common.format == Format::kGeojson && !by_areas) {
    return geo::Fail(BadFlag("--format", "geojson draws areas: ask for --split areas or --split both, or for table, json or csv"));
  }
  return request;
}

geo::Result<api::CheckRiseRequest> MakeRiseRequest(const CommandLine& line, const std::string& dataset) {
  api::CheckRiseRequest request;
  if (auto filled = FillQuestion(line.question, dataset, request); !filled) return geo::Fail(filled.error());
  if (auto filled = FillBeforeAndAfter(line.wards, request); !filled) return geo::Fail(filled.error());
  if (auto filled = FillAreas(line.wards.place, "--place", *request.mutable_place()); !filled) return geo::Fail(filled.error());
  if (!line.wards.peers.empty()) {
    request.mutable_peers()->set_vintage(request.place().vintage());
    if (auto filled = FillAreas(line.wards.peers, "--peers", *request.mutable_peers()); !filled) return geo::Fail(filled.error());
  }
  if (auto filled = FillRate(line.wards, request); !filled) return geo::Fail(filled.error());
  return request;
}

geo::Result<api::CompareBoundariesRequest> MakeBoundariesRequest(const CommandLine& line, const std::string& dataset) {
  api::CompareBoundariesRequest request;
  const BoundaryFlags& flags = line.wards.boundaries;
  if (line.common.format == Format::kGeojson && !flags.draft.empty()) {
    return geo::Fail(
        BadFlag("--format", "geojson takes its shapes from a loaded vintage: a draft is in your own file already; ask for table, json or csv, or load it"));
  }
  if (auto filled = FillQuestion(line.question, dataset, request); !filled) return geo::Fail(filled.error());
  if (auto filled = FillBeforeAndAfter(line.wards, request); !filled) return geo::Fail(filled.error());
  if (auto filled = FillRate(line.wards, request); !filled) return geo::Fail(filled.error());
  request.set_from_vintage(flags.from_vintage);
  if (!flags.to_vintage.empty()) request.set_to_vintage(flags.to_vintage);
  if (!flags.draft.empty()) {
    if (auto filled = FillDraft(flags, *request.mutable_draft()); !filled) return geo::Fail(filled.error());
  }
  return request;
}

geo::Result<api::CrosswalkCountsRequest> MakeCrosswalkRequest(const CommandLine& line, const std::string& dataset) {
  api::CrosswalkCountsRequest request;
  const CrosswalkFlags& flags = line.wards.crosswalk;
  if (auto filled = FillQuestion(line.question, dataset, request); !filled) return geo::Fail(filled.error());
  if (auto filled = FillWeight(flags, line.question.filter, request); !filled) return geo::Fail(filled.error());
  request.set_from_vintage(flags.from_vintage);
  request.set_to_vintage(flags.to_vintage);
  if (flags.least_share) request.set_least_share(*flags.least_share);
  const auto text = ReadInputFile(flags.counts, "FILE", kMostTableBytes);
  if (!text) return geo::Fail(text.error());
  const auto counts = ParsePublishedCounts(*text, flags.counts.string());
  if (!counts) return geo::Fail(counts.error());
  for (const PublishedLine& row : *counts) {
    api::PublishedCount& count = *request.add_counts();
    count.set_code(row.code);
    count.set_count(row.count);
  }
  return request;
}

}  // namespace server
