#include "server/codec/filter_codec.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "geo/incidents/workstream_filter.h"
#include "server/codec/period_codec.h"
#include "server/codec/plan_codec.h"
#include "server/codec/refusal.h"
#include "server/codec/workstream_codec.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

using Names = google::protobuf::RepeatedPtrField<std::string>;

// Indices of the names in `existing`, sorted; all for no names.
template <class Index>
geo::Result<std::vector<Index>> Resolve(const Names& names, std::string_view field, std::string_view kind, const std::vector<std::string>& existing,
                                        int limit) {
  std::vector<Index> indices;
  if (names.empty()) {
    indices.resize(existing.size());
    std::iota(indices.begin(), indices.end(), Index{0});
    return indices;
  }
  if (names.size() > limit) return geo::Fail(TooMany(field, names.size(), limit));
  std::unordered_map<std::string_view, Index> index;
  for (std::size_t i = 0; i < existing.size(); ++i) index.emplace(existing[i], static_cast<Index>(i));
  std::vector<bool> seen(existing.size());
  for (int i = 0; i < names.size(); ++i) {
    const auto found = index.find(names[i]);
    if (found == index.end()) return geo::Fail(Unknown(fmt::format("{}[{}]", field, i), kind, names[i], existing));
    if (seen[found->second]) return geo::Fail(Repeated(fmt::format("{}[{}]", field, i), names[i]));
    seen[found->second] = true;
    indices.push_back(found->second);
  }
  std::sort(indices.begin(), indices.end());
  return indices;
}

template <class Records>
std::vector<std::string> IdsOf(const Records& records) {
  std::vector<std::string> ids;
  ids.reserve(records.size());
  for (const auto& record : records) ids.push_back(record.id);
  return ids;
}

std::string Joined(const std::vector<std::string>& names, std::size_t all) {
  if (names.size() == all) return fmt::format("all ({})", all);
  std::string text;
  const std::size_t shown = std::min(names.size(), limits::kNamesInParameter);
  for (std::size_t i = 0; i < shown; ++i) text += (i == 0 ? "" : ",") + names[i];
  if (shown < names.size()) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

}  // namespace

geo::Result<const geo::DatasetSnapshot*> DecodeDataset(const std::string& name, std::string_view field, const geo::Snapshot& snapshot) {
  constexpr std::string_view kPrefix = "datasets/";
  std::vector<std::string> existing;
  for (const auto& data : snapshot.datasets) existing.push_back(std::string(kPrefix) + data.record.id);
  if (name.empty()) return geo::Fail(Missing(field, "send \"datasets/{dataset}\"; there is: " + Listed(existing)));
  if (!name.starts_with(kPrefix)) {
    return geo::Fail({geo::ErrorCode::kInvalidArgument, std::string(field), "BAD_NAME",
                      fmt::format("is {}; send \"datasets/{{dataset}}\"; there is: {}", Quoted(name), Listed(existing))});
  }
  const std::string_view id = std::string_view(name).substr(kPrefix.size());
  if (auto fit = CheckName(field, id); !fit) return geo::Fail(fit.error());
  for (const auto& data : snapshot.datasets) {
    if (data.record.id == id) return &data;
  }
  return geo::Fail(Unknown(field, "dataset", name, existing));
}

geo::Result<std::size_t> DecodeVintage(const std::string& id, std::string_view field, const geo::DatasetSnapshot& data, geo::LocalDay last_day) {
  if (data.vintages.empty()) {
    return geo::Fail(
        {geo::ErrorCode::kFailedPrecondition, std::string(field), "NO_AREAS", "this dataset was loaded without boundaries; add a vintage to its manifest"});
  }
  if (id.empty()) return data.vintage_in_force(last_day);
  for (std::size_t i = 0; i < data.record.vintages.size(); ++i) {
    if (data.record.vintages[i].id == id) return i;
  }
  return geo::Fail(Unknown(field, "vintage", id, IdsOf(data.record.vintages)));
}

geo::Result<geo::IncidentFilter::AreaFilter> DecodeAreaSelection(const v1::AreaSelection& areas, std::string_view field, const geo::DatasetSnapshot& data) {
  const std::string vintage_field = fmt::format("{}.vintage", field), codes_field = fmt::format("{}.codes", field);
  if (areas.vintage().empty()) return geo::Fail(Missing(vintage_field, "codes have a meaning in one set of boundaries only; name it"));
  const auto vintage = DecodeVintage(areas.vintage(), vintage_field, data, data.record.as_at);
  if (!vintage) return geo::Fail(vintage.error());
  if (areas.codes().empty()) return geo::Fail(Missing(codes_field, fmt::format("name at least one area, or leave `{}` out", field)));
  if (areas.codes_size() > limits::kAreaCodes) return geo::Fail(TooMany(codes_field, areas.codes_size(), limits::kAreaCodes));
  const geo::AreaSet& set = data.vintages[*vintage].areas;
  std::vector<bool> seen(set.areas().size());
  geo::IncidentFilter::AreaFilter decoded{*vintage, {}};
  for (int i = 0; i < areas.codes_size(); ++i) {
    const auto area = DecodeAreaCode(areas.codes(i), fmt::format("{}[{}]", codes_field, i), set);
    if (!area) return geo::Fail(area.error());
    if (seen[*area]) return geo::Fail(Repeated(fmt::format("{}[{}]", codes_field, i), areas.codes(i)));
    seen[*area] = true;
    decoded.areas.push_back(*area);
  }
  std::sort(decoded.areas.begin(), decoded.areas.end());
  return decoded;
}

geo::Result<geo::AreaIndex> DecodeAreaCode(const std::string& code, std::string_view field, const geo::AreaSet& set) {
  const geo::AreaIndex area = set.find(code);
  if (area < set.areas().size()) return area;
  std::vector<std::string> codes;
  for (const geo::Area& known : set.areas()) codes.push_back(known.code);
  return geo::Fail(Unknown(field, "area", code, codes));
}

geo::Result<std::vector<std::uint16_t>> DecodeSources(const Names& ids, std::string_view field, const geo::DatasetRecord& record) {
  return Resolve<std::uint16_t>(ids, field, "source", IdsOf(record.sources), limits::kSources);
}

namespace {

// Of the dataset's time windows.
geo::Result<std::size_t> DecodeTimeWindow(const std::string& id, const geo::DatasetRecord& record) {
  const auto found = std::find_if(record.time_windows.begin(), record.time_windows.end(), [&](const auto& known) { return known.id == id; });
  if (found == record.time_windows.end()) return geo::Fail(Unknown("filter.time_window", "time window", id, IdsOf(record.time_windows)));
  return static_cast<std::size_t>(found - record.time_windows.begin());
}

// What a workstream says takes the place of what was left out; what both say is refused.
geo::Result<void> ApplyWorkstream(const v1::IncidentFilter& filter, const geo::DatasetRecord& record, geo::IncidentFilter& decoded) {
  const auto index = DecodeWorkstream(filter.workstream(), "filter.workstream", record);
  if (!index) return geo::Fail(index.error());
  const geo::Workstream& of = record.workstreams[*index];
  const auto refuse = [&](const char* field, const char* what) {
    return geo::Fail(NotTogether(field, fmt::format("the workstream {} has its own {}; leave one of the two out", of.id, what)));
  };
  if (!filter.categories().empty()) return refuse("filter.categories", "categories");
  if (!filter.flags().empty()) return refuse("filter.flags", "flags");
  if (!filter.without_flags().empty()) return refuse("filter.without_flags", "flags");
  if (!filter.sources().empty() && !of.sources.empty()) return refuse("filter.sources", "sources");
  if (filter.has_window() && !of.window.always()) return refuse("filter.window", "hours");
  if (!filter.time_window().empty() && !of.window.always() && !std::binary_search(of.views.begin(), of.views.end(), filter.time_window())) {
    return geo::Fail(NotTogether("filter.time_window", fmt::format("{} is none of the views of the workstream {} ({}), which has its own hours", filter.time_window(),
                                                                   of.id, Listed(of.views))));
  }
  auto own = geo::FilterOf(record, *index);
  if (!own) {
    geo::Error error = own.error();
    error.field = "filter.workstream";
    return geo::Fail(std::move(error));
  }
  if (!filter.sources().empty()) {
    std::erase_if(decoded.sources, [&](std::uint16_t source) { return !std::binary_search(own->sources.begin(), own->sources.end(), source); });
    if (decoded.sources.empty()) return geo::Fail({geo::ErrorCode::kFailedPrecondition, "filter.sources", "FLAG_UNKNOWN", fmt::format("none of them tells the flags that the workstream {} needs", of.id)});
    own->sources = std::move(decoded.sources);
  }
  if (filter.has_window()) own->window = decoded.window;
  own->areas = std::move(decoded.areas);
  decoded = std::move(*own);
  return {};
}

geo::Result<geo::FlagBits> DecodeFlags(const Names& ids, std::string_view field, const geo::DatasetRecord& record) {
  if (ids.empty()) return geo::FlagBits{0};
  auto flags = Resolve<std::uint8_t>(ids, field, "flag", IdsOf(record.flags), static_cast<int>(geo::kMaxFlags));
  if (!flags) return geo::Fail(flags.error());
  geo::FlagBits bits = 0;
  for (const std::uint8_t flag : *flags) bits = static_cast<geo::FlagBits>(bits | 1U << flag);
  return bits;
}

// Hours of the filter's own, and then what a workstream or a time window says.
geo::Result<void> DecodeWhen(const v1::IncidentFilter& filter, const geo::DatasetSnapshot& data, geo::IncidentFilter& decoded) {
  if (filter.has_window() && !filter.time_window().empty()) {
    return geo::Fail(NotTogether("filter.time_window", "`window` says other hours; leave one of the two out"));
  }
  const auto week = DecodeTimeOfWeek(filter.window(), "filter.window");
  if (!week) return geo::Fail(week.error());
  decoded.window = *week;
  if (!filter.workstream().empty()) {
    if (auto applied = ApplyWorkstream(filter, data.record, decoded); !applied) return geo::Fail(applied.error());
  }
  if (!filter.time_window().empty()) {
    const auto named = DecodeTimeWindow(filter.time_window(), data.record);
    if (!named) return geo::Fail(named.error());
    decoded.time_window = *named;
    decoded.window = data.record.time_windows[*named].window;
  }
  decoded.daylight = data.daylight.get();
  return {};
}

// "night-violence; proxy: stands in for ...".
std::string FormatWorkstream(const geo::DatasetRecord& record, std::size_t workstream) {
  const geo::Workstream& of = record.workstreams[workstream];
  std::string text = of.id;
  if (const std::string proxy = geo::ProxyOf(record, workstream); !proxy.empty()) text += fmt::format("; proxy: {}", proxy);
  if (!of.caveat.empty()) text += fmt::format("; {}", of.caveat);
  return text;
}

std::string FormatFlags(geo::FlagBits bits, const geo::DatasetRecord& record) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < record.flags.size(); ++i) {
    if ((bits >> i & 1) != 0) ids.push_back(record.flags[i].id);
  }
  return fmt::format("{}", fmt::join(ids, ","));
}

}  // namespace

geo::Result<geo::IncidentFilter> DecodeFilter(const v1::IncidentFilter& filter, const geo::DatasetSnapshot& data) {
  geo::IncidentFilter decoded;
  auto categories = Resolve<geo::CategoryIndex>(filter.categories(), "filter.categories", "category", IdsOf(data.record.categories), limits::kCategories);
  if (!categories) return geo::Fail(categories.error());
  decoded.categories = std::move(*categories);
  auto sources = DecodeSources(filter.sources(), "filter.sources", data.record);
  if (!sources) return geo::Fail(sources.error());
  decoded.sources = std::move(*sources);
  for (const auto& [ids, field, bits] : {std::tuple{&filter.flags(), "filter.flags", &decoded.flags_with}, {&filter.without_flags(), "filter.without_flags", &decoded.flags_without}}) {
    const auto flags = DecodeFlags(*ids, field, data.record);
    if (!flags) return geo::Fail(flags.error());
    *bits = *flags;
  }
  if ((decoded.flags_with & decoded.flags_without) != 0) {
    return geo::Fail(NotTogether("filter.without_flags", fmt::format("{} is in both lists", FormatFlags(decoded.flags_with & decoded.flags_without, data.record))));
  }
  if (filter.has_areas()) {
    auto areas = DecodeAreaSelection(filter.areas(), "filter.areas", data);
    if (!areas) return geo::Fail(areas.error());
    decoded.areas = std::move(*areas);
  }
  if (auto when = DecodeWhen(filter, data, decoded); !when) return geo::Fail(when.error());
  return decoded;
}

geo::Result<void> CheckMayBeMapped(const geo::IncidentFilter& filter, const geo::DatasetRecord& record) {
  const geo::Workstream* told = geo::ToldByAreaOnly(record, filter);
  if (told == nullptr) return {};
  const std::string asked = filter.workstream ? record.workstreams[*filter.workstream].id : FormatFlags(filter.flags_with, record);
  return geo::Fail({geo::ErrorCode::kFailedPrecondition, filter.workstream ? "filter.workstream" : "filter.flags", "TIER_NEEDS_AREAS",
                    fmt::format("{} tells the workstream {} of very high sensitivity, which is told by area only; ask of wards", asked, told->id)});
}

std::string FormatAreaCodes(std::span<const geo::AreaIndex> areas, const geo::AreaSet& set) {
  std::vector<std::string> codes;
  for (const auto area : areas) codes.push_back(set.areas()[area].code);
  return Joined(codes, set.areas().size());
}

void AddFilterParameters(const geo::IncidentFilter& filter, const geo::DatasetSnapshot& data, Parameters& parameters) {
  if (filter.workstream) parameters.emplace_back("filter.workstream", FormatWorkstream(data.record, *filter.workstream));
  std::vector<std::string> categories;
  for (const auto category : filter.categories) categories.push_back(data.record.categories[category].id);
  parameters.emplace_back("filter.categories", Joined(categories, data.record.categories.size()));
  std::vector<std::string> sources;
  for (const auto source : filter.sources) sources.push_back(data.record.sources[source].id);
  parameters.emplace_back("filter.sources", Joined(sources, data.record.sources.size()));
  if (filter.time_window) parameters.emplace_back("filter.time_window", data.record.time_windows[*filter.time_window].id);
  parameters.emplace_back("filter.window", FormatTimeWindow(filter.window));
  if (filter.flags_with != 0) parameters.emplace_back("filter.flags", FormatFlags(filter.flags_with, data.record));
  if (filter.flags_without != 0) parameters.emplace_back("filter.without_flags", FormatFlags(filter.flags_without, data.record));
  if (!filter.areas) {
    parameters.emplace_back("filter.areas", "everywhere, outside every area and unlocated included");
    return;
  }
  parameters.emplace_back("filter.areas.vintage", data.record.vintages[filter.areas->vintage].id);
  parameters.emplace_back("filter.areas.codes", FormatAreaCodes(filter.areas->areas, data.vintages[filter.areas->vintage].areas));
}

}  // namespace server
