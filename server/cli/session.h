// What every command works with, and the commands.
#pragma once

#include <functional>
#include <string>

#include "geo/types/result.h"
#include "server/cli/command_flags.h"
#include "server/cli/connection.h"
#include "server/cli/output_sink.h"
#include "server/cli/progress_line.h"
#include "server/cli/terminal.h"

namespace server {

struct Session {
  const CommandLine& line;
  Connection& connection;
  OutputSink& sink;
  Terminal terminal;
  std::function<void(const std::string&)> note;  // a line for standard error
  ProgressLine& progress;
  bool to_terminal = false;  // the answer goes to a person's screen
};

// The dataset that was named, or the first that the server lists; says which one in a note. Errors: kNotFound NO_DATASET; those of the connection.
geo::Result<std::string> ChooseDataset(Session& session);

// Each asks, writes the answer to the sink and leaves finish() to the caller. A format that does not apply is refused before anything is asked.
geo::Result<void> RunDatasets(Session& session);
geo::Result<void> RunHotspots(Session& session);
geo::Result<void> RunSurface(Session& session);
geo::Result<void> RunPlaces(Session& session);
geo::Result<void> RunAreaHotspots(Session& session);
geo::Result<void> RunCompareWards(Session& session);
geo::Result<void> RunCompareYears(Session& session);
geo::Result<void> RunRankWards(Session& session);
geo::Result<void> RunAnalyseTrends(Session& session);
geo::Result<void> RunCheckRise(Session& session);
geo::Result<void> RunCompareBoundaries(Session& session);
geo::Result<void> RunCrosswalkCounts(Session& session);
geo::Result<void> RunRankPriorities(Session& session);
geo::Result<void> RunProfilePlace(Session& session);
geo::Result<void> RunListWorkstreams(Session& session);
geo::Result<void> RunShowWorkstream(Session& session);
geo::Result<void> RunListRevisions(Session& session);
geo::Result<void> RunSaveWorkstream(Session& session);
geo::Result<void> RunRemoveWorkstream(Session& session);
geo::Result<void> RunListCameras(Session& session);
geo::Result<void> RunSiteCameras(Session& session);
geo::Result<void> RunTestSiting(Session& session);
geo::Result<void> RunReviewCameras(Session& session);
geo::Result<void> RunPlanRedeployables(Session& session);
geo::Result<void> RunGatherSiteEvidence(Session& session);
geo::Result<void> RunCountDetailLevels(Session& session);
geo::Result<void> RunCompareResponses(Session& session);
geo::Result<void> RunSweepBearings(Session& session);
geo::Result<void> RunIncidents(Session& session);
geo::Result<void> RunStatus(Session& session);
geo::Result<void> RunReload(Session& session);

// Runs the command of `line` (all but completion) and returns the exit code. `locale` as in DescribeTerminal. Errors and notes go to standard error.
int RunCommand(const CommandLine& line, const std::string& locale);

}  // namespace server
