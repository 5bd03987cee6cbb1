// The commands of `wardwatch workstreams`.
#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>

#include "server/cli/answer_json.h"
#include "server/cli/input_file.h"
#include "server/cli/question_parts.h"
#include "server/cli/session.h"
#include "server/cli/workstream_report.h"
#include "wardwatch/v1/planning_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

constexpr std::size_t kMostBytes = std::size_t{256} << 10;

geo::Result<api::Workstream> ReadDefinition(const WorkstreamFlags& flags) {
  const auto text = ReadInputFile(flags.file, "FILE", kMostBytes);
  if (!text) return geo::Fail(text.error());
  api::Workstream workstream;
  const auto status = google::protobuf::util::JsonStringToMessage(*text, &workstream);
  if (status.ok()) return workstream;
  return geo::Fail(BadFlag("FILE", fmt::format("{} is no workstream in JSON: {}", flags.file.filename().string(), std::string(status.message()))));
}

template <class Request>
geo::Result<void> FillMaking(Session& session, Request& request) {
  const WorkstreamFlags& flags = session.line.workstreams;
  request.set_author(flags.author);
  request.set_note(flags.note);
  if (flags.base_revision) request.set_base_revision(*flags.base_revision);
  if (!session.line.question.purpose.empty()) request.mutable_caller()->set_purpose(session.line.question.purpose);
  auto dataset = ChooseDataset(session);
  if (!dataset) return geo::Fail(dataset.error());
  request.set_dataset(*dataset);
  return {};
}

geo::Result<api::ListWorkstreamsResponse> AskForAll(Session& session) {
  api::ListWorkstreamsRequest request;
  auto dataset = ChooseDataset(session);
  if (!dataset) return geo::Fail(dataset.error());
  request.set_dataset(*dataset);
  return session.connection.list_workstreams(request);
}

}  // namespace

geo::Result<void> RunListWorkstreams(Session& session) {
  const auto answer = AskForAll(session);
  if (!answer) return geo::Fail(answer.error());
  if (session.line.common.format == Format::kJson) return session.sink.write(AnswerJson(*answer, true));
  return session.sink.write(WorkstreamsTable(*answer, session.terminal));
}

geo::Result<void> RunShowWorkstream(Session& session) {
  const auto answer = AskForAll(session);
  if (!answer) return geo::Fail(answer.error());
  std::string existing;
  for (const api::Workstream& workstream : answer->workstreams()) {
    existing += (existing.empty() ? "" : ", ") + workstream.id();
    if (workstream.id() != session.line.workstreams.id) continue;
    const bool json = session.line.common.format == Format::kJson;
    return session.sink.write(json ? AnswerJson(workstream, true) : WorkstreamLines(workstream, session.terminal));
  }
  return geo::Fail({geo::ErrorCode::kNotFound, "ID", "UNKNOWN_WORKSTREAM",
                    fmt::format("there is no workstream \"{}\" in force; there is: {}", session.line.workstreams.id, existing.empty() ? "none" : existing)});
}

geo::Result<void> RunListRevisions(Session& session) {
  api::ListWorkstreamRevisionsRequest request;
  request.set_workstream(session.line.workstreams.id);
  auto dataset = ChooseDataset(session);
  if (!dataset) return geo::Fail(dataset.error());
  request.set_dataset(*dataset);
  const auto answer = session.connection.list_workstream_revisions(request);
  if (!answer) return geo::Fail(answer.error());
  if (session.line.common.format == Format::kJson) return session.sink.write(AnswerJson(*answer, true));
  return session.sink.write(RevisionsTable(*answer, session.terminal));
}

geo::Result<void> RunSaveWorkstream(Session& session) {
  auto definition = ReadDefinition(session.line.workstreams);
  if (!definition) return geo::Fail(definition.error());
  api::SaveWorkstreamRequest request;
  if (auto filled = FillMaking(session, request); !filled) return filled;
  if (!request.has_base_revision() && definition->revision() > 0) request.set_base_revision(definition->revision());
  *request.mutable_workstream() = std::move(*definition);
  const auto answer = session.connection.save_workstream(request);
  if (!answer) return geo::Fail(answer.error());
  if (session.line.common.format == Format::kJson) return session.sink.write(AnswerJson(*answer, true));
  return session.sink.write(WorkstreamLines(answer->workstream(), session.terminal));
}

geo::Result<void> RunRemoveWorkstream(Session& session) {
  api::RemoveWorkstreamRequest request;
  request.set_workstream(session.line.workstreams.id);
  if (auto filled = FillMaking(session, request); !filled) return filled;
  const auto answer = session.connection.remove_workstream(request);
  if (!answer) return geo::Fail(answer.error());
  if (session.line.common.format == Format::kJson) return session.sink.write(AnswerJson(*answer, true));
  return session.sink.write(fmt::format("{} is no longer in force; snapshot {}\n", request.workstream(), answer->snapshot()));
}

}  // namespace server
