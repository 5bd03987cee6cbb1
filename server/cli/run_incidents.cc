#include "server/cli/answer_json.h"
#include "server/cli/csv_writer.h"
#include "server/cli/geojson_writer.h"
#include "server/cli/incident_report.h"
#include "server/cli/request_options.h"
#include "server/cli/session.h"
#include "wardwatch/v1/incident_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

constexpr std::int64_t kTableRows = 40;

// One chunk of a format that is written as it arrives: the caller has set the context, and `first` tells whether anything was written before.
std::string ChunkText(Format format, const api::ListIncidentsResponse& chunk, const api::AnswerContext& context, bool& first) {
  if (format == Format::kCsv) {
    CsvWriter csv;
    for (const api::Incident& incident : chunk.incidents()) IncidentCsvRecord(incident, context, csv);
    return csv.take();
  }
  std::string text;
  for (const api::Incident& incident : chunk.incidents()) {
    if (!first) text += ",\n";
    first = false;
    text += format == Format::kGeojson ? IncidentFeature(incident) : AnswerJson(incident, false);
  }
  return text;
}

std::string Head(Format format) {
  if (format == Format::kGeojson) return kIncidentsHead;
  if (format == Format::kJson) return "{\"incidents\":[\n";
  CsvWriter csv;
  IncidentCsvHeader(csv);
  return csv.take();
}

std::string Tail(Format format, const api::AnswerContext& context) {
  if (format == Format::kGeojson) return IncidentsTail(context);
  return format == Format::kJson ? "\n],\"context\":" + AnswerJson(context, false) + "}\n" : std::string();
}

// The first chunk brings the context, the last brings it again with the answer hash.
void KeepContext(const api::ListIncidentsResponse& chunk, api::AnswerContext& context) {
  if (chunk.has_context()) context = chunk.context();
}

geo::Result<void> Stream(Session& session, const api::ListIncidentsRequest& request) {
  const Format format = session.line.common.format;
  api::AnswerContext context;
  bool begun = false;
  bool first = true;
  auto streamed = session.connection.list_incidents(request, [&](const api::ListIncidentsResponse& chunk) -> geo::Result<void> {
    KeepContext(chunk, context);
    // Nothing is written before the server has agreed to answer, so that a retry or a refusal leaves no half head.
    const std::string text = (begun ? std::string() : Head(format)) + ChunkText(format, chunk, context, first);
    begun = true;
    return session.sink.write(text);
  });
  if (!streamed) return streamed;
  return session.sink.write((begun ? std::string() : Head(format)) + Tail(format, context));
}

geo::Result<void> ShowTable(Session& session, const api::ListIncidentsRequest& request) {
  IncidentTable table;
  api::AnswerContext context;
  auto streamed = session.connection.list_incidents(request, [&](const api::ListIncidentsResponse& chunk) -> geo::Result<void> {
    KeepContext(chunk, context);
    for (const api::Incident& incident : chunk.incidents()) table.add(incident);
    return {};
  });
  if (!streamed) return streamed;
  const bool limited = request.limit() > 0 && table.rows() >= request.limit();
  return session.sink.write(table.format(context, limited, session.terminal));
}

}  // namespace

geo::Result<void> RunIncidents(Session& session) {
  if (const auto draft = MakeIncidentsRequest(session.line, ""); !draft) return geo::Fail(draft.error());
  const auto dataset = ChooseDataset(session);
  if (!dataset) return geo::Fail(dataset.error());
  auto request = MakeIncidentsRequest(session.line, *dataset);
  if (!request) return geo::Fail(request.error());
  if (session.line.common.format != Format::kTable) return Stream(session, *request);
  if (!session.line.incidents.limit) request->set_limit(kTableRows);
  return ShowTable(session, *request);
}

}  // namespace server
