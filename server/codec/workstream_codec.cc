#include "server/codec/workstream_codec.h"

#include <fmt/format.h>

#include <algorithm>

#include "geo/incidents/workstream_filter.h"
#include "server/codec/period_codec.h"
#include "server/codec/plan_codec.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

// What of a definition does not depend on the data.
void EncodeDefinition(const geo::Workstream& of, v1::Workstream& out) {
  out.set_id(of.id);
  out.set_title(of.title);
  out.set_priority(of.priority);
  for (const geo::Workstream::Entry& entry : of.entries) {
    v1::CategoryWeight& encoded = *out.add_entries();
    encoded.set_category(entry.category);
    encoded.set_weight(entry.weight);
  }
  for (const std::string& source : of.sources) out.add_sources(source);
  if (of.window_id.empty() && !of.window.week.always()) EncodeTimeOfWeek(of.window.week, *out.mutable_window());
  out.set_time_window(of.window_id);
  for (const std::string& view : of.views) out.add_views(view);
  for (const std::string& flag : of.flags_with) out.add_flags(flag);
  for (const std::string& flag : of.flags_without) out.add_without_flags(flag);
  for (const geo::LocationRole role : of.location_roles) out.add_location_roles(static_cast<v1::LocationRole>(static_cast<int>(role) + 1));
  for (const std::string& measure : of.denominators) out.add_denominators(measure);
  out.set_targeting(of.targeting);
  out.set_proxy(of.proxy);
  out.set_caveat(of.caveat);
  out.set_sensitivity(static_cast<v1::SensitivityTier>(static_cast<int>(of.tier) + 1));
  out.set_cell_size_m(of.cell_size_m);
  out.set_minimum_count(of.minimum_count);
  if (!of.concern) return;
  out.set_concern(of.concern->share);
  out.mutable_concern_interval()->set_low(of.concern->low);
  out.mutable_concern_interval()->set_high(of.concern->high);
}

bool IsInForce(const geo::DatasetRecord& record, const geo::WorkstreamRevision& revision) {
  return geo::LatestRevision(record, revision.workstream) == &revision && revision.definition.has_value();
}

void EncodeRevision(const geo::DatasetRecord& record, const geo::WorkstreamRevision& revision, v1::WorkstreamRevision& out) {
  out.set_workstream(revision.workstream);
  out.set_revision(revision.number);
  out.set_origin(revision.origin == geo::RevisionOrigin::kManifest ? v1::REVISION_ORIGIN_MANIFEST : v1::REVISION_ORIGIN_EDIT);
  out.set_made_at(revision.made_at);
  out.set_author(revision.author);
  out.set_note(revision.note);
  out.set_in_force(IsInForce(record, revision));
  if (!revision.definition) return;
  EncodeDefinition(*revision.definition, *out.mutable_definition());
  out.mutable_definition()->set_revision(revision.number);
}

ContextFacts FactsOfConfiguration(const char* method) {
  ContextFacts facts;
  facts.method = method;
  return facts;
}

}  // namespace

void EncodeWorkstream(const geo::DatasetRecord& record, std::size_t workstream, v1::Workstream& out) {
  const geo::Workstream& of = record.workstreams[workstream];
  EncodeDefinition(of, out);
  out.set_stands_in_for(geo::ProxyOf(record, workstream));
  if (const geo::WorkstreamRevision* latest = geo::LatestRevision(record, of.id)) out.set_revision(latest->number);
}

void EncodeTimeWindow(const geo::NamedWindow& named, v1::NamedTimeWindow& out) {
  out.set_id(named.id);
  out.set_title(named.title);
  if (!named.window.week.always()) EncodeTimeOfWeek(named.window.week, *out.mutable_hours());
  out.set_light(static_cast<v1::Light>(static_cast<int>(named.window.light)));
  for (const geo::Period& dated : named.window.dates) EncodeDays(dated, *out.add_dates());
  if (!named.window.dates.empty()) EncodeDays(named.window.dates_known, *out.mutable_dates_known());
}

void EncodeFlag(const geo::Flag& flag, v1::Flag& out) {
  out.set_id(flag.id);
  out.set_title(flag.title);
}

std::string FormatTimeWindow(const geo::TimeWindow& window) {
  std::string text = window.week.always() && !window.always() ? "" : FormatTimeOfWeek(window.week);
  const auto add = [&](std::string part) { text += (text.empty() ? "" : "; ") + std::move(part); };
  if (window.light != geo::Light::kAny) add(window.light == geo::Light::kDark ? "in the dark" : "in daylight");
  if (!window.dates.empty()) add(fmt::format("on {} stretches of days within {}", window.dates.size(), geo::FormatPeriod(window.dates_known)));
  return text;
}

geo::Result<WorkstreamsCall> DecodeListWorkstreams(const v1::ListWorkstreamsRequest& request, const geo::Snapshot& snapshot) {
  const auto data = DecodeDataset(request.dataset(), "dataset", snapshot);
  if (!data) return geo::Fail(data.error());
  return WorkstreamsCall{*data, snapshot.id};
}

geo::Result<WorkstreamList> ComputeWorkstreams(const WorkstreamsCall& call, const geo::StopSignal&) { return call.data->record.workstreams.size(); }

geo::Result<std::int64_t> EncodeListWorkstreams(const WorkstreamsCall& call, const geo::Disclosed<WorkstreamList>& list,
                                                v1::ListWorkstreamsResponse& response) {
  const geo::DatasetRecord& record = call.data->record;
  for (std::size_t i = 0; i < list.value(); ++i) EncodeWorkstream(record, i, *response.add_workstreams());
  for (const geo::NamedWindow& named : record.time_windows) EncodeTimeWindow(named, *response.add_time_windows());
  for (const geo::Flag& flag : record.flags) EncodeFlag(flag, *response.add_flags());
  BuildContext(call.snapshot, *call.data, FactsOfConfiguration("The workstreams in force, in order of id."), list.rule(), *response.mutable_context());
  return response.workstreams_size();
}

geo::Result<RevisionsCall> DecodeListRevisions(const v1::ListWorkstreamRevisionsRequest& request, const geo::Snapshot& snapshot) {
  const auto data = DecodeDataset(request.dataset(), "dataset", snapshot);
  if (!data) return geo::Fail(data.error());
  const auto& history = (*data)->record.workstream_history;
  const auto named = [&](const geo::WorkstreamRevision& revision) { return revision.workstream == request.workstream(); };
  if (!request.workstream().empty() && std::none_of(history.begin(), history.end(), named)) {
    std::vector<std::string> existing;
    for (const geo::WorkstreamRevision& revision : history) {
      if (std::find(existing.begin(), existing.end(), revision.workstream) == existing.end()) existing.push_back(revision.workstream);
    }
    return geo::Fail(Unknown("workstream", "workstream", request.workstream(), existing));
  }
  auto page = DecodePage(request, snapshot.id, limits::kDefaultRevisionPage, limits::kMaxRevisionPage);
  if (!page) return geo::Fail(page.error());
  return RevisionsCall{*data, request.workstream(), std::move(*page), {{"workstream", request.workstream().empty() ? "all" : request.workstream()}}};
}

geo::Result<RevisionList> ComputeRevisions(const RevisionsCall& call, const geo::StopSignal&) {
  RevisionList list;
  const auto& history = call.data->record.workstream_history;
  for (auto revision = history.rbegin(); revision != history.rend(); ++revision) {
    if (call.workstream.empty() || revision->workstream == call.workstream) list.push_back(&*revision);
  }
  return list;
}

geo::Result<std::int64_t> EncodeListRevisions(const RevisionsCall& call, const geo::Disclosed<RevisionList>& list,
                                              v1::ListWorkstreamRevisionsResponse& response) {
  const RevisionList& all = list.value();
  const std::size_t begin = std::min(call.page.offset, all.size()), end = begin + std::min(call.page.size, all.size() - begin);
  for (std::size_t i = begin; i < end; ++i) EncodeRevision(call.data->record, *all[i], *response.add_revisions());
  if (end < all.size()) response.set_next_page_token(FormatPageToken(call.page.ticket, end));
  ContextFacts facts = FactsOfConfiguration("Every definition that was ever in force, latest first.");
  facts.parameters = call.parameters;
  BuildContext(call.page.ticket.snapshot, *call.data, facts, list.rule(), *response.mutable_context());
  return static_cast<std::int64_t>(end - begin);
}

}  // namespace server
