// A dataset's street as the scene of questions about cameras.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/placement/camera_scene.h"
#include "geo/placement/siting_query.h"
#include "geo/planning/hour_blocks.h"
#include "geo/snapshot/dataset_snapshot.h"

namespace geo {

struct SceneSettings {
  DensityTable table = DensityTable::k2014;
  std::optional<std::size_t> evidence;  // of record.street.evidence
  std::optional<HourBlocks> blocks;     // of the demand; nullopt: the whole week is one
  LocalDay decided_on = 0;
  int review_months = 12;
  int threads = 1;
};

// Everything but the demand. Models are the dataset's, in its order, then those that single cameras need: with a field of view of their own, and, where the
// bearing is not known, touring all round. Cost: a copy of cameras and protected places.
CameraScene SceneOf(const DatasetSnapshot& data, const SceneSettings& settings);

// The share of each block's minutes in which somebody watches; where stretches overlap, the greater share. Empty where none is stated.
std::vector<double> MonitoredShares(const std::vector<MonitoredHours>& hours, const std::optional<HourBlocks>& blocks);

// Candidate sites in order of id.
CandidateSite CandidateOf(const CameraSite& site);

// What an answer cannot say for want of data, or says on an assumption.
struct SceneNote {
  std::string reason;   // NO_BUILDINGS, NO_PROTECTED_PLACES, NO_EVIDENCE, NO_MONITORED_HOURS, BEARING_UNKNOWN, STATE_NOT_TOLD, HOURS_UNKNOWN
  std::string message;  // in words
};
std::vector<SceneNote> NotesOn(const DatasetSnapshot& data, const CameraScene& scene);

}  // namespace geo
