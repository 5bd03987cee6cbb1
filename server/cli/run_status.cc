#include <fmt/format.h>

#include "server/cli/answer_json.h"
#include "server/cli/context_footer.h"
#include "server/cli/csv_writer.h"
#include "server/cli/session.h"
#include "server/cli/value_text.h"
#include "wardwatch/v1/admin_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

geo::Result<void> WriteLines(Session& session, const google::protobuf::Message& answer, const std::vector<LabelledLine>& lines) {
  if (session.line.common.format == Format::kJson) return session.sink.write(AnswerJson(answer, true));
  if (session.line.common.format == Format::kTable) return session.sink.write(LabelledLines(lines, session.terminal));
  CsvWriter csv;
  csv.record({"name", "value"});
  for (const auto& [name, value] : lines) csv.record({name, value});
  return session.sink.write(csv.take());
}

geo::Result<void> RefuseGeoJson(const Session& session) {
  if (session.line.common.format != Format::kGeojson) return {};
  return geo::Fail({geo::ErrorCode::kInvalidArgument, "--format", "BAD_FLAG", "geojson does not apply: this answer has no places"});
}

}  // namespace

geo::Result<void> RunStatus(Session& session) {
  if (auto fine = RefuseGeoJson(session); !fine) return fine;
  const auto status = session.connection.get_status();
  if (!status) return geo::Fail(status.error());
  return WriteLines(session, *status,
                    {{"server", fmt::format("{}, version {}", session.connection.server(), status->version())},
                     {"data", status->snapshot()},
                     {"incidents", WholeText(status->incidents())},
                     {"workers", fmt::format("{}: {} requests running, {} waiting, {} refused since the start", status->workers(), status->running(),
                                             status->queued(), WholeText(status->refused()))},
                     {"reload", status->last_reload_error().empty() ? "no error" : "failed: " + status->last_reload_error()}});
}

geo::Result<void> RunReload(Session& session) {
  if (auto fine = RefuseGeoJson(session); !fine) return fine;
  const auto reloaded = session.connection.reload();
  if (!reloaded) return geo::Fail(reloaded.error());
  const bool same = reloaded->snapshot() == reloaded->previous_snapshot();
  return WriteLines(session, *reloaded,
                    {{"data", reloaded->snapshot() + (same ? ", as before" : "")}, {"before", same ? std::string() : reloaded->previous_snapshot()}});
}

}  // namespace server
