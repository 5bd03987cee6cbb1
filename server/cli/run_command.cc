#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <mutex>
#include <string_view>
#include <utility>

#include "server/cli/error_text.h"
#include "server/cli/interrupt.h"
#include "server/cli/request_options.h"
#include "server/cli/session.h"
#include "wardwatch/v1/dataset_service.pb.h"

namespace server {
namespace {

constexpr std::pair<Command, geo::Result<void> (*)(Session&)> kCommands[] = {
    {Command::kDatasets, RunDatasets},
    {Command::kHotspots, RunHotspots},
    {Command::kSurface, RunSurface},
    {Command::kPlaces, RunPlaces},
    {Command::kAreaHotspots, RunAreaHotspots},
    {Command::kCompareWards, RunCompareWards},
    {Command::kCompareYears, RunCompareYears},
    {Command::kRankWards, RunRankWards},
    {Command::kAnalyseTrends, RunAnalyseTrends},
    {Command::kCheckRise, RunCheckRise},
    {Command::kCompareBoundaries, RunCompareBoundaries},
    {Command::kCrosswalkCounts, RunCrosswalkCounts},
    {Command::kRankPriorities, RunRankPriorities},
    {Command::kProfilePlace, RunProfilePlace},
    {Command::kListWorkstreams, RunListWorkstreams},
    {Command::kShowWorkstream, RunShowWorkstream},
    {Command::kListRevisions, RunListRevisions},
    {Command::kSaveWorkstream, RunSaveWorkstream},
    {Command::kRemoveWorkstream, RunRemoveWorkstream},
    {Command::kListCameras, RunListCameras},
    {Command::kSiteCameras, RunSiteCameras},
    {Command::kTestSiting, RunTestSiting},
    {Command::kReviewCameras, RunReviewCameras},
    {Command::kPlanRedeployables, RunPlanRedeployables},
    {Command::kGatherSiteEvidence, RunGatherSiteEvidence},
    {Command::kCountDetailLevels, RunCountDetailLevels},
    {Command::kCompareResponses, RunCompareResponses},
    {Command::kSweepBearings, RunSweepBearings},
    {Command::kIncidents, RunIncidents},
    {Command::kStatus, RunStatus},
    {Command::kReload, RunReload},
};

geo::Result<void> Dispatch(Session& session) {
  for (const auto& [command, run] : kCommands) {
    if (session.line.command == command) return run(session);
  }
  return geo::Fail({geo::ErrorCode::kInvalidArgument, "", "NO_COMMAND", "no command that asks a server was given"});
}

geo::Result<void> Answer(const CommandLine& line, const std::string& locale) {
  const auto timeout = ParseTimeout(line.common.timeout);
  if (!timeout) return geo::Fail(timeout.error());
  // Opened first: an answer that cannot be written need not be asked for.
  auto sink = OutputSink::Open(line.common.output);
  if (!sink) return geo::Fail(sink.error());
  Connection* asked = nullptr;
  std::mutex asked_mutex;
  // A call is cancelled, and the server told; whatever else is going on simply ends, without half a file.
  const Interrupt interrupt([&] {
    const std::lock_guard lock(asked_mutex);
    if (asked != nullptr && asked->cancel()) return;
    sink->abandon();
    _exit(kExitInterrupted);
  });
  Connection connection(line.common.server, *timeout);
  {
    const std::lock_guard lock(asked_mutex);
    asked = &connection;
  }
  ProgressLine progress(isatty(STDERR_FILENO) == 1 ? ProgressLine::Write([](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); })
                                                   : ProgressLine::Write());
  const auto note = [&progress](const std::string& text) {
    progress.clear();
    std::fprintf(stderr, "wardwatch: %s\n", text.c_str());
  };
  const int screen = sink->is_file() ? -1 : STDOUT_FILENO;
  Session session{line, connection, *sink, DescribeTerminal(screen, locale, line.common.ascii), note, progress, screen >= 0 && isatty(screen) == 1};
  auto answered = Dispatch(session);
  {
    const std::lock_guard lock(asked_mutex);
    asked = nullptr;  // it goes before the watcher of signals does
  }
  if (!answered) return answered;
  return sink->finish();
}

}  // namespace

geo::Result<std::string> ChooseDataset(Session& session) {
  if (!session.line.question.dataset.empty()) return DatasetName(session.line.question.dataset);
  const auto listed = session.connection.list_datasets();
  if (!listed) return geo::Fail(listed.error());
  if (listed->datasets().empty()) {
    return geo::Fail({geo::ErrorCode::kNotFound, "dataset", "NO_DATASET", "the server's store holds no dataset; `wardwatch load` adds one"});
  }
  const std::string& name = listed->datasets(0).name();
  session.note("dataset " + DatasetId(name) +
               (listed->datasets_size() == 1 ? std::string(", the only one")
                                             : ", the first of " + std::to_string(listed->datasets_size()) + "; --dataset names another"));
  return name;
}

int RunCommand(const CommandLine& line, const std::string& locale) {
  std::signal(SIGPIPE, SIG_IGN);  // the sink sees EPIPE and ends quietly
  const auto answered = Answer(line, locale);
  if (answered) return kExitAnswered;
  std::fputs(ErrorText(answered.error(), line.command).c_str(), stderr);
  return ExitCodeOf(answered.error());
}

}  // namespace server
