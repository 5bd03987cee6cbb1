#include "server/codec/plan_codec.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "geo/incidents/workstream_filter.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;

geo::Result<std::size_t> DecodeWorkstream(const std::string& id, std::string_view field, const geo::DatasetRecord& record) {
  if (record.workstreams.empty()) {
    return geo::Fail({geo::ErrorCode::kFailedPrecondition, std::string(field), "NO_WORKSTREAMS", "the dataset has no workstreams; load it with a manifest that includes some"});
  }
  std::vector<std::string> existing;
  for (std::size_t i = 0; i < record.workstreams.size(); ++i) {
    if (record.workstreams[i].id == id) return i;
    existing.push_back(record.workstreams[i].id);
  }
  return geo::Fail(Unknown(field, "workstream", id, existing));
}

geo::Result<std::vector<std::size_t>> DecodeWorkstreams(const google::protobuf::RepeatedPtrField<std::string>& ids, std::string_view field,
                                                        const geo::DatasetRecord& record) {
  std::vector<std::size_t> indices(record.workstreams.size());
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  if (ids.empty() && !indices.empty()) return indices;
  if (ids.empty()) return geo::Fail(DecodeWorkstream("", field, record).error());
  if (ids.size() > limits::kWorkstreams) return geo::Fail(TooMany(field, ids.size(), limits::kWorkstreams));
  indices.clear();
  for (int i = 0; i < ids.size(); ++i) {
    const std::string path = fmt::format("{}[{}]", field, i);
    const auto index = DecodeWorkstream(ids[i], path, record);
    if (!index) return geo::Fail(index.error());
    if (std::find(indices.begin(), indices.end(), *index) != indices.end()) return geo::Fail(Repeated(path, ids[i]));
    indices.push_back(*index);
  }
  std::sort(indices.begin(), indices.end());
  return indices;
}

geo::Result<std::optional<std::size_t>> DecodeHarmTable(const std::string& id, const geo::DatasetRecord& record) {
  if (id.empty()) return record.weight_tables.size() == 1 ? std::optional<std::size_t>(0) : std::nullopt;
  std::vector<std::string> existing;
  for (std::size_t i = 0; i < record.weight_tables.size(); ++i) {
    if (record.weight_tables[i].id == id) return std::optional<std::size_t>(i);
    existing.push_back(record.weight_tables[i].id);
  }
  return geo::Fail(Unknown("weight_table", "weight table", id, existing));
}

geo::Result<std::optional<geo::HourBlocks>> DecodeHourBlocks(const v1::HourBlockSpec& hours) {
  geo::HourBlocks blocks;
  const int length = hours.block_hours() == 0 ? blocks.block_hours : hours.block_hours();
  constexpr int kWeek = 168;
  if (length < 1 || (length != kWeek && (length > 24 || 24 % length != 0))) {
    return geo::Fail(geo::InvalidArgument("hours.block_hours", fmt::format("is {}; a day is cut evenly: 1, 2, 3, 4, 6, 8, 12 or 24, or 168 for the whole week", length)));
  }
  const auto first = DecodeInteger("hours.first_hour", hours.has_first_hour() ? hours.first_hour() : blocks.first_hour, 0, 23);
  if (!first) return geo::Fail(first.error());
  if (length == kWeek) return std::optional<geo::HourBlocks>();
  blocks.block_hours = length;
  blocks.first_hour = static_cast<int>(*first);
  return std::optional<geo::HourBlocks>(blocks);
}

std::vector<std::uint16_t> SourcesOfWorkstreams(const geo::DatasetRecord& record, const std::vector<std::size_t>& workstreams) {
  std::set<std::uint16_t> sources;
  for (const std::size_t workstream : workstreams) {
    if (const auto filter = geo::FilterOf(record, workstream)) sources.insert(filter->sources.begin(), filter->sources.end());
  }
  return {sources.begin(), sources.end()};
}

std::string FormatHourBlocks(const std::optional<geo::HourBlocks>& blocks) {
  return blocks ? fmt::format("{} hours from {:02}:00", blocks->block_hours, blocks->first_hour) : "the whole week";
}

std::string HarmMethod(const geo::DatasetRecord& record, const std::optional<std::size_t>& table) {
  if (!table) return " Harm is not told: no table of weights was named.";
  const geo::WeightTable& of = record.weight_tables[*table];
  return fmt::format(" Harm: {}, version {} ({}), in {}; incidents of categories without a weight are counted apart.", of.title, of.version, of.source, of.unit);
}

}  // namespace server
