#include "server/cli/answer_json.h"
#include "server/cli/dataset_report.h"
#include "server/cli/geojson_writer.h"
#include "server/cli/request_options.h"
#include "server/cli/session.h"
#include "wardwatch/v1/dataset_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

// Written once for the three answers that have a table, a csv and a json.
template <class Answer>
geo::Result<void> WriteAnswer(Session& session, const Answer& answer, std::string (*table)(const Answer&, const Terminal&), std::string (*csv)(const Answer&)) {
  switch (session.line.common.format) {
    case Format::kJson:
      return session.sink.write(AnswerJson(answer, true));
    case Format::kCsv:
      return session.sink.write(csv(answer));
    default:
      return session.sink.write(table(answer, session.terminal));
  }
}

geo::Result<std::string> NamedOrFirst(Session& session) {
  if (!session.line.datasets.name.empty()) return DatasetName(session.line.datasets.name);
  return ChooseDataset(session);
}

geo::Result<void> RunAreas(Session& session) {
  const auto dataset = NamedOrFirst(session);
  if (!dataset) return geo::Fail(dataset.error());
  api::ListAreasRequest request;
  request.set_dataset(*dataset);
  request.set_vintage(session.line.datasets.areas_of_vintage);
  request.set_with_geometry(session.line.common.format == Format::kGeojson);
  const auto areas = session.connection.list_areas(request);
  if (!areas) return geo::Fail(areas.error());
  if (session.line.common.format != Format::kGeojson) return WriteAnswer(session, *areas, AreasTable, AreasCsv);
  const auto geojson = AreasGeoJson(*areas);
  return geojson ? session.sink.write(*geojson) : geo::Result<void>(geo::Fail(geojson.error()));
}

geo::Result<void> RunCoverage(Session& session) {
  const auto dataset = NamedOrFirst(session);
  if (!dataset) return geo::Fail(dataset.error());
  api::GetCoverageRequest request;
  request.set_dataset(*dataset);
  for (const std::string& source : session.line.datasets.sources) request.add_sources(source);
  const auto coverage = session.connection.get_coverage(request);
  return coverage ? WriteAnswer(session, *coverage, CoverageTable, CoverageCsv) : geo::Result<void>(geo::Fail(coverage.error()));
}

}  // namespace

geo::Result<void> RunDatasets(Session& session) {
  const DatasetsFlags& flags = session.line.datasets;
  if (session.line.common.format == Format::kGeojson && flags.areas_of_vintage.empty()) {
    return geo::Fail({geo::ErrorCode::kInvalidArgument, "--format", "BAD_FLAG", "geojson needs shapes: add --areas VINTAGE"});
  }
  if (!flags.areas_of_vintage.empty()) return RunAreas(session);
  if (flags.coverage) return RunCoverage(session);
  if (flags.name.empty()) {
    const auto listed = session.connection.list_datasets();
    return listed ? WriteAnswer(session, *listed, DatasetsTable, DatasetsCsv) : geo::Result<void>(geo::Fail(listed.error()));
  }
  api::GetDatasetRequest request;
  request.set_name(DatasetName(flags.name));
  const auto dataset = session.connection.get_dataset(request);
  return dataset ? WriteAnswer(session, *dataset, DatasetTable, DatasetCsv) : geo::Result<void>(geo::Fail(dataset.error()));
}

}  // namespace server
