// Who defined a workstream when: every definition that was ever in force stays on record.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/incidents/workstream.h"
#include "geo/types/result.h"

namespace geo {

// kManifest: loaded. kEdit: sent by a caller.
enum class RevisionOrigin : std::uint8_t { kManifest, kEdit };

struct WorkstreamRevision {
  std::string workstream;  // id
  int number = 1;          // of that id, from 1
  RevisionOrigin origin = RevisionOrigin::kManifest;
  std::string made_at;     // "2026-11-30T18:05:00Z"; of a manifest its as-at day, so that the same manifest makes the same record
  std::string author;      // as the caller says; empty for a manifest
  std::string note;        // why; may be empty
  std::optional<Workstream> definition;  // nullopt: from here on there is none
  friend bool operator==(const WorkstreamRevision&, const WorkstreamRevision&) = default;
};

struct DatasetRecord;

// Beyond, the oldest would have to be forgotten: edits are refused instead.
inline constexpr std::size_t kMaxRevisions = 2000;

// The latest revision of a workstream; nullptr where it never was.
const WorkstreamRevision* LatestRevision(const DatasetRecord& record, const std::string& workstream);

// What a caller wants of one workstream.
struct WorkstreamEdit {
  std::string workstream;                // id
  std::optional<Workstream> definition;  // nullopt: remove it
  std::optional<int> base_revision;      // what the caller saw: 0 where it saw none; another one in force refuses the edit
  std::string made_at, author, note;
};

// Puts the edit into record.workstreams and record.workstream_history. Nothing changes on failure.
// Errors: those of CheckWorkstream; kNotFound UNKNOWN_WORKSTREAM (removing what is not there); kAborted STALE_REVISION; kInvalidArgument NO_CHANGE;
// kResourceExhausted TOO_MANY_WORKSTREAMS, TOO_MANY_REVISIONS.
Result<void> ApplyEdit(const WorkstreamEdit& edit, DatasetRecord& record);

// `loaded` holds what a manifest says, `before` what the store holds of the same dataset, or nullptr. Carries the history over. What a manifest says anew comes
// into force as a revision of its own; where it says what it said before, the edits made since stay in force; a workstream that only edits made stays.
// `notices`: one for every edit that a manifest's new definition takes the place of.
// Errors: those of CheckWorkstream for one of the manifest's, and for an edit that stays in force and that the loaded data cannot carry (an unknown category), with what to do.
Result<void> CarryHistory(const DatasetRecord* before, DatasetRecord& loaded, std::vector<std::string>& notices);

}  // namespace geo
