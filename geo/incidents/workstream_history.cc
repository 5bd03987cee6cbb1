#include "geo/incidents/workstream_history.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "geo/incidents/check_workstream.h"

namespace geo {
namespace {

int NumberOf(const WorkstreamRevision* revision) { return revision == nullptr ? 0 : revision->number; }

const WorkstreamRevision* LatestOf(const DatasetRecord& record, const std::string& workstream, RevisionOrigin origin) {
  const auto& all = record.workstream_history;
  const auto found = std::find_if(all.rbegin(), all.rend(), [&](const auto& r) { return r.workstream == workstream && r.origin == origin; });
  return found == all.rend() ? nullptr : &*found;
}

std::optional<Workstream> DefinitionOf(const DatasetRecord& record, const std::string& id) {
  const auto found = std::find_if(record.workstreams.begin(), record.workstreams.end(), [&](const Workstream& w) { return w.id == id; });
  return found == record.workstreams.end() ? std::nullopt : std::optional(*found);
}

// Into force, in its place in the order of ids, or out of it.
void PutInForce(const std::string& id, const std::optional<Workstream>& definition, DatasetRecord& record) {
  std::erase_if(record.workstreams, [&](const Workstream& known) { return known.id == id; });
  if (!definition) return;
  const auto at = std::lower_bound(record.workstreams.begin(), record.workstreams.end(), id, [](const Workstream& known, const std::string& key) { return known.id < key; });
  record.workstreams.insert(at, *definition);
}

// A named window may have other hours than when the edit was made.
std::optional<Workstream> WithNamedWindow(const DatasetRecord& record, std::optional<Workstream> definition) {
  if (!definition || definition->window_id.empty()) return definition;
  for (const NamedWindow& named : record.time_windows) {
    if (named.id == definition->window_id) definition->window = named.window;
  }
  return definition;
}

Result<void> KeepEdit(const std::string& id, const std::optional<Workstream>& definition, DatasetRecord& loaded) {
  if (definition) {
    if (auto sound = CheckWorkstream(loaded, *definition); !sound) {
      Error error = sound.error();
      error.message = fmt::format("workstream {}: {} {}: the edit that is in force cannot be kept over this data; take it back or change it first, or load what it names",
                                  id, error.field, error.message);
      error.field = fmt::format("workstreams.{}", id);
      return Fail(std::move(error));
    }
  }
  PutInForce(id, definition, loaded);
  return {};
}

}  // namespace

const WorkstreamRevision* LatestRevision(const DatasetRecord& record, const std::string& workstream) {
  const auto& all = record.workstream_history;
  const auto found = std::find_if(all.rbegin(), all.rend(), [&](const auto& revision) { return revision.workstream == workstream; });
  return found == all.rend() ? nullptr : &*found;
}

Result<void> ApplyEdit(const WorkstreamEdit& edit, DatasetRecord& record) {
  const int number = NumberOf(LatestRevision(record, edit.workstream));
  const std::optional<Workstream> in_force = DefinitionOf(record, edit.workstream);
  if (edit.base_revision && *edit.base_revision != number) {
    return Fail({ErrorCode::kAborted, "base_revision", "STALE_REVISION",
                 fmt::format("is {}, and {} is at revision {}; look at what has changed, and send the edit again with that", *edit.base_revision, edit.workstream, number)});
  }
  if (!edit.definition && !in_force) {
    return Fail({ErrorCode::kNotFound, "workstream", "UNKNOWN_WORKSTREAM", fmt::format("is \"{}\", and no workstream of that id is in force", edit.workstream)});
  }
  if (edit.definition == in_force) {
    return Fail({ErrorCode::kInvalidArgument, "workstream", "NO_CHANGE", fmt::format("{} is so already, at revision {}", edit.workstream, number)});
  }
  if (edit.definition) {
    if (auto sound = CheckWorkstream(record, *edit.definition); !sound) return sound;
  }
  if (edit.definition && !in_force && record.workstreams.size() >= kMaxWorkstreams) {
    return Fail({ErrorCode::kResourceExhausted, "workstream", "TOO_MANY_WORKSTREAMS", fmt::format("the dataset has {} already; remove one first", kMaxWorkstreams)});
  }
  if (record.workstream_history.size() >= kMaxRevisions) {
    return Fail({ErrorCode::kResourceExhausted, "workstream", "TOO_MANY_REVISIONS",
                 fmt::format("the dataset's history holds {} revisions, which is all that is kept; load it into a new store", kMaxRevisions)});
  }
  record.workstream_history.push_back({edit.workstream, number + 1, RevisionOrigin::kEdit, edit.made_at, edit.author, edit.note, edit.definition});
  PutInForce(edit.workstream, edit.definition, record);
  return {};
}

Result<void> CarryHistory(const DatasetRecord* before, DatasetRecord& loaded, std::vector<std::string>& notices) {
  const std::vector<Workstream> manifest = loaded.workstreams;
  // A store that no snapshot can be built of must not take the place of one that is served.
  for (const Workstream& of : manifest) {
    if (auto sound = CheckWorkstream(loaded, of); !sound) {
      Error error = sound.error();
      error.message = fmt::format("workstream {}: {} {}", of.id, error.field, error.message);
      error.field = fmt::format("workstreams.{}", of.id);
      return Fail(std::move(error));
    }
  }
  std::set<std::string> ids;
  for (const Workstream& of : manifest) ids.insert(of.id);
  if (before != nullptr) {
    loaded.workstream_history = before->workstream_history;
    for (const WorkstreamRevision& revision : before->workstream_history) ids.insert(revision.workstream);
  }
  const DatasetRecord as_loaded = loaded;
  for (const std::string& id : ids) {
    const auto said = DefinitionOf(as_loaded, id);
    const WorkstreamRevision* const said_before = LatestOf(as_loaded, id, RevisionOrigin::kManifest);
    const WorkstreamRevision* const latest = LatestRevision(as_loaded, id);
    const bool says_anew = said_before == nullptr ? said.has_value() : WithNamedWindow(as_loaded, said_before->definition) != said;
    if (says_anew) {
      if (latest != nullptr && latest->origin == RevisionOrigin::kEdit) {
        notices.push_back(fmt::format("workstream {}: the manifest's new definition takes the place of the edit of {} (revision {}, which stays in the history)", id,
                                      latest->made_at, latest->number));
      }
      loaded.workstream_history.push_back({id, NumberOf(latest) + 1, RevisionOrigin::kManifest, FormatDay(loaded.as_at), "", "", said});
    } else if (latest->origin == RevisionOrigin::kEdit) {
      if (auto kept = KeepEdit(id, WithNamedWindow(as_loaded, latest->definition), loaded); !kept) return kept;
    }
  }
  return {};
}

}  // namespace geo
