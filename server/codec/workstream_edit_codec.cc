// What SaveWorkstream and RemoveWorkstream are sent, as edits of geo.
#include <fmt/format.h>

#include <algorithm>

#include "geo/incidents/check_workstream.h"
#include "server/codec/period_codec.h"
#include "server/codec/refusal.h"
#include "server/codec/workstream_codec.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

using Names = google::protobuf::RepeatedPtrField<std::string>;

template <class Records>
std::vector<std::string> IdsOf(const Records& records) {
  std::vector<std::string> ids;
  for (const auto& record : records) ids.push_back(record.id);
  return ids;
}

std::vector<std::string> MeasuresOf(const geo::DatasetRecord& record) {
  std::vector<std::string> measures;
  for (const geo::VintageRecord& vintage : record.vintages) {
    for (const geo::PopulationRecord& population : vintage.populations) {
      if (std::find(measures.begin(), measures.end(), population.measure) == measures.end()) measures.push_back(population.measure);
    }
  }
  return measures;
}

// What people will read in lists and terminals: control characters, line breaks and marks that turn the direction of text round would show them something else.
geo::Result<void> CheckShown(std::string_view field, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
    const bool control = byte(i) < 0x20 || byte(i) == 0x7F || (byte(i) == 0xC2 && byte(i + 1) >= 0x80 && byte(i + 1) < 0xA0);
    // U+200B to U+200F, U+2028 to U+202E; U+2066 to U+2069.
    const bool turns = byte(i) == 0xE2 && ((byte(i + 1) == 0x80 && ((byte(i + 2) >= 0x8B && byte(i + 2) <= 0x8F) || (byte(i + 2) >= 0xA8 && byte(i + 2) <= 0xAE))) ||
                                           (byte(i + 1) == 0x81 && byte(i + 2) >= 0xA6 && byte(i + 2) <= 0xA9));
    if (control || turns) {
      return geo::Fail({geo::ErrorCode::kInvalidArgument, std::string(field), "BAD_TEXT",
                        fmt::format("has a control character or a mark of direction at byte {}: {}; send one line of plain text", i, Quoted(text))});
    }
  }
  return {};
}

bool Blank(const std::string& text) { return text.find_first_not_of(' ') == std::string::npos; }

// Known ids, each once, in order. `kind` as in Unknown().
geo::Result<std::vector<std::string>> DecodeIds(const Names& names, const std::string& field, const char* kind, const std::vector<std::string>& existing) {
  if (names.size() > limits::kWorkstreamNames) return geo::Fail(TooMany(field, names.size(), limits::kWorkstreamNames));
  std::vector<std::string> ids;
  for (int i = 0; i < names.size(); ++i) {
    const std::string path = fmt::format("{}[{}]", field, i);
    if (std::find(existing.begin(), existing.end(), names[i]) == existing.end()) return geo::Fail(Unknown(path, kind, names[i], existing));
    if (std::find(ids.begin(), ids.end(), names[i]) != ids.end()) return geo::Fail(Repeated(path, names[i]));
    ids.push_back(names[i]);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

geo::Result<void> DecodeEntries(const v1::Workstream& sent, const geo::DatasetRecord& record, geo::Workstream& out) {
  if (sent.entries().empty()) return geo::Fail(Missing("workstream.entries", "name at least one category that it counts"));
  if (sent.entries_size() > limits::kCategories) return geo::Fail(TooMany("workstream.entries", sent.entries_size(), limits::kCategories));
  const std::vector<std::string> existing = IdsOf(record.categories);
  for (int i = 0; i < sent.entries_size(); ++i) {
    const v1::CategoryWeight& entry = sent.entries(i);
    const std::string path = fmt::format("workstream.entries[{}]", i);
    if (std::find(existing.begin(), existing.end(), entry.category()) == existing.end()) {
      return geo::Fail(Unknown(path + ".category", "category", entry.category(), existing));
    }
    const auto same = [&](const geo::Workstream::Entry& other) { return other.category == entry.category(); };
    if (std::any_of(out.entries.begin(), out.entries.end(), same)) return geo::Fail(Repeated(path + ".category", entry.category()));
    const auto weight = DecodeGivenNumber(path + ".weight", entry.weight(), {0, geo::kMaxEntryWeight, 0, ""});
    if (!weight) return geo::Fail(weight.error());
    out.entries.push_back({entry.category(), *weight});
  }
  std::sort(out.entries.begin(), out.entries.end(), [](const auto& a, const auto& b) { return a.category < b.category; });
  return {};
}

geo::Result<void> DecodeHours(const v1::Workstream& sent, const geo::DatasetRecord& record, geo::Workstream& out) {
  if (sent.has_window() && !sent.time_window().empty()) {
    return geo::Fail(NotTogether("workstream.window", "it has the hours of its time_window; leave one of the two out"));
  }
  const auto week = DecodeTimeOfWeek(sent.window(), "workstream.window");
  if (!week) return geo::Fail(week.error());
  out.window = *week;
  if (sent.time_window().empty()) return {};
  const auto found = std::find_if(record.time_windows.begin(), record.time_windows.end(), [&](const auto& named) { return named.id == sent.time_window(); });
  if (found == record.time_windows.end()) {
    return geo::Fail(Unknown("workstream.time_window", "time window", sent.time_window(), IdsOf(record.time_windows)));
  }
  out.window_id = found->id;
  out.window = found->window;
  return {};
}

geo::Result<void> DecodeRoles(const v1::Workstream& sent, geo::Workstream& out) {
  if (sent.location_roles().empty()) return {};
  out.location_roles.clear();
  for (int i = 0; i < sent.location_roles_size(); ++i) {
    const std::string path = fmt::format("workstream.location_roles[{}]", i);
    const int role = sent.location_roles(i);
    if (role != v1::LOCATION_ROLE_INCIDENT && role != v1::LOCATION_ROLE_COMPLAINANT) {
      return geo::Fail(UnknownEnum(path, role, "LOCATION_ROLE_INCIDENT (1), LOCATION_ROLE_COMPLAINANT (2)"));
    }
    const auto decoded = static_cast<geo::LocationRole>(role - 1);
    if (std::find(out.location_roles.begin(), out.location_roles.end(), decoded) != out.location_roles.end()) {
      return geo::Fail(Repeated(path, v1::LocationRole_Name(sent.location_roles(i))));
    }
    out.location_roles.push_back(decoded);
  }
  std::sort(out.location_roles.begin(), out.location_roles.end());
  return {};
}

geo::Result<void> DecodeLists(const v1::Workstream& sent, const geo::DatasetRecord& record, geo::Workstream& out) {
  struct List {
    const Names& sent;
    const char* field;
    const char* kind;
    std::vector<std::string> existing;
    std::vector<std::string>& out;
  };
  const std::vector<std::string> flags = IdsOf(record.flags);
  for (const List& list : {List{sent.sources(), "workstream.sources", "source", IdsOf(record.sources), out.sources},
                           List{sent.views(), "workstream.views", "time window", IdsOf(record.time_windows), out.views},
                           List{sent.flags(), "workstream.flags", "flag", flags, out.flags_with},
                           List{sent.without_flags(), "workstream.without_flags", "flag", flags, out.flags_without},
                           List{sent.denominators(), "workstream.denominators", "denominator", MeasuresOf(record), out.denominators}}) {
    auto ids = DecodeIds(list.sent, list.field, list.kind, list.existing);
    if (!ids) return geo::Fail(ids.error());
    list.out = std::move(*ids);
  }
  return {};
}

geo::Result<void> DecodeNumbers(const v1::Workstream& sent, geo::Workstream& out) {
  const int tier = sent.sensitivity();
  if (tier < 0 || tier > v1::SENSITIVITY_TIER_VERY_HIGH) {
    return geo::Fail(UnknownEnum("workstream.sensitivity", tier, "SENSITIVITY_TIER_LOW (1) to SENSITIVITY_TIER_VERY_HIGH (4)"));
  }
  out.tier = tier == 0 ? geo::SensitivityTier::kLow : static_cast<geo::SensitivityTier>(tier - 1);
  const auto cell = DecodeNumber("workstream.cell_size_m", sent.cell_size_m(), {geo::kLeastWorkstreamCell_m, geo::kMostWorkstreamCell_m, out.cell_size_m, "m"});
  if (!cell) return geo::Fail(cell.error());
  out.cell_size_m = *cell;
  if (sent.minimum_count() != 0) {
    const auto least = DecodeInteger("workstream.minimum_count", sent.minimum_count(), 1, geo::kMostMinimumCount);
    if (!least) return geo::Fail(least.error());
    out.minimum_count = static_cast<int>(*least);
  }
  if (!sent.has_concern()) {
    if (!sent.has_concern_interval()) return {};
    return geo::Fail(Missing("workstream.concern", "its interval is sent; send the share too, or leave both out where nobody was asked"));
  }
  if (!sent.has_concern_interval()) return geo::Fail(Missing("workstream.concern_interval", "a share of those who were asked has an interval; send its low and high"));
  for (const auto& [field, share] : {std::pair{"workstream.concern", sent.concern()},
                                     {"workstream.concern_interval.low", sent.concern_interval().low()},
                                     {"workstream.concern_interval.high", sent.concern_interval().high()}}) {
    if (auto decoded = DecodeGivenNumber(field, share, {0, 1, 0, "", false, "nobody was asked, with the other two"}); !decoded) return geo::Fail(decoded.error());
  }
  out.concern = geo::Workstream::Concern{sent.concern(), sent.concern_interval().low(), sent.concern_interval().high()};
  return {};
}

geo::Result<geo::Workstream> DecodeDefinition(const v1::Workstream& sent, const geo::DatasetRecord& record) {
  geo::Workstream out;
  out.id = sent.id();
  out.title = sent.title();
  out.priority = sent.priority();
  if (out.id.empty()) return geo::Fail(Missing("workstream.id", "send its id, of a-z, 0-9 and -"));
  if (Blank(out.title)) return geo::Fail(Missing("workstream.title", "say in a few words what it is"));
  if (Blank(out.priority)) return geo::Fail(Missing("workstream.priority", "name the plan's heading that it belongs to"));
  out.proxy = sent.proxy();
  out.caveat = sent.caveat();
  for (const auto& [field, text] : {std::pair{"workstream.title", &out.title}, {"workstream.priority", &out.priority}, {"workstream.proxy", &out.proxy}, {"workstream.caveat", &out.caveat}}) {
    if (auto shown = CheckShown(field, *text); !shown) return geo::Fail(shown.error());
  }
  out.targeting = !sent.has_targeting() || sent.targeting();
  if (auto decoded = DecodeEntries(sent, record, out); !decoded) return geo::Fail(decoded.error());
  if (auto decoded = DecodeHours(sent, record, out); !decoded) return geo::Fail(decoded.error());
  if (auto decoded = DecodeRoles(sent, out); !decoded) return geo::Fail(decoded.error());
  if (auto decoded = DecodeLists(sent, record, out); !decoded) return geo::Fail(decoded.error());
  if (auto decoded = DecodeNumbers(sent, out); !decoded) return geo::Fail(decoded.error());
  if (auto sound = geo::CheckWorkstream(record, out); !sound) return geo::Fail(Under("workstream", sound.error()));
  return out;
}

// What is told by area only stays so until the manifest says otherwise: an edit needs no more than a name, and would open every map.
geo::Result<void> CheckTierKept(const char* field, const std::string& id, geo::SensitivityTier tier, const geo::DatasetRecord& record) {
  const auto known = std::find_if(record.workstreams.begin(), record.workstreams.end(), [&](const auto& of) { return of.id == id; });
  if (known == record.workstreams.end() || known->tier != geo::SensitivityTier::kVeryHigh || tier == geo::SensitivityTier::kVeryHigh) return {};
  return geo::Fail({geo::ErrorCode::kFailedPrecondition, field, "TIER_LOWERED",
                    fmt::format("{} is of very high sensitivity, which no edit can lower or take away; change the manifest and load it again", id)});
}

// Who, why and over what: the same of both requests.
template <class Request>
geo::Result<void> DecodeMaking(const Request& request, geo::WorkstreamEdit& edit) {
  if (Blank(request.author())) return geo::Fail(Missing("author", "say who makes the edit, for the history"));
  for (const auto& [field, text] : {std::pair{"author", &request.author()}, {"note", &request.note()}}) {
    const auto characters = std::count_if(text->begin(), text->end(), [](char c) { return (c & 0xC0) != 0x80; });
    if (characters > limits::kPurposeCharacters) {
      return geo::Fail(geo::InvalidArgument(field, fmt::format("has {} characters; at most {}", characters, limits::kPurposeCharacters)));
    }
    if (auto shown = CheckShown(field, *text); !shown) return shown;
  }
  edit.author = request.author();
  edit.note = request.note();
  if (!request.has_base_revision()) return {};
  const auto base = DecodeInteger("base_revision", request.base_revision(), 0, geo::kMaxRevisions);
  if (!base) return geo::Fail(base.error());
  edit.base_revision = static_cast<int>(*base);
  return {};
}

// Whether it could be applied to what is served: what the store says decides.
geo::Result<DatasetEdit> Tried(const geo::DatasetSnapshot& data, geo::WorkstreamEdit edit) {
  geo::DatasetRecord trial = data.record;
  if (auto applied = geo::ApplyEdit(edit, trial); !applied) return geo::Fail(applied.error());
  return DatasetEdit{data.record.id, std::move(edit)};
}

}  // namespace

geo::Result<DatasetEdit> DecodeSaveWorkstream(const v1::SaveWorkstreamRequest& request, const geo::Snapshot& snapshot) {
  const auto data = DecodeDataset(request.dataset(), "dataset", snapshot);
  if (!data) return geo::Fail(data.error());
  if (!request.has_workstream()) return geo::Fail(Missing("workstream", "send the whole definition"));
  auto definition = DecodeDefinition(request.workstream(), (*data)->record);
  if (!definition) return geo::Fail(definition.error());
  if (auto kept = CheckTierKept("workstream.sensitivity", definition->id, definition->tier, (*data)->record); !kept) return geo::Fail(kept.error());
  geo::WorkstreamEdit edit;
  edit.workstream = definition->id;
  edit.definition = std::move(*definition);
  if (auto made = DecodeMaking(request, edit); !made) return geo::Fail(made.error());
  return Tried(**data, std::move(edit));
}

geo::Result<DatasetEdit> DecodeRemoveWorkstream(const v1::RemoveWorkstreamRequest& request, const geo::Snapshot& snapshot) {
  const auto data = DecodeDataset(request.dataset(), "dataset", snapshot);
  if (!data) return geo::Fail(data.error());
  if (request.workstream().empty()) return geo::Fail(Missing("workstream", "send the id of the one to take out of force"));
  if (auto fit = CheckName("workstream", request.workstream()); !fit) return geo::Fail(fit.error());
  if (auto kept = CheckTierKept("workstream", request.workstream(), geo::SensitivityTier::kLow, (*data)->record); !kept) return geo::Fail(kept.error());
  geo::WorkstreamEdit edit;
  edit.workstream = request.workstream();
  if (auto made = DecodeMaking(request, edit); !made) return geo::Fail(made.error());
  return Tried(**data, std::move(edit));
}

void EncodeSavedWorkstream(const DatasetEdit& edit, const geo::Snapshot& served, v1::SaveWorkstreamResponse& response) {
  response.set_snapshot(served.id);
  const auto data = served.find_dataset(edit.dataset);
  if (!data) return;  // taken out of the store by a load that came between
  const auto& workstreams = (*data)->record.workstreams;
  for (std::size_t i = 0; i < workstreams.size(); ++i) {
    if (workstreams[i].id == edit.edit.workstream) EncodeWorkstream((*data)->record, i, *response.mutable_workstream());
  }
}

void EncodeRemovedWorkstream(const DatasetEdit&, const geo::Snapshot& served, v1::RemoveWorkstreamResponse& response) { response.set_snapshot(served.id); }

}  // namespace server
