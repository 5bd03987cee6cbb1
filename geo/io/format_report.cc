#include <nlohmann/json.hpp>

#include "geo/io/load.h"

namespace geo {
namespace {

using Json = nlohmann::ordered_json;

Json FileJson(const FileReport& report) {
  Json rejected = Json::array();
  for (const RejectedRow& row : report.rejected) rejected.push_back({{"line", row.line}, {"reason", row.reason}, {"message", row.message}});
  return {{"source", report.source},
          {"name", report.file.name},
          {"sha256", report.file.sha256},
          {"rows_in", report.file.rows_in},
          {"rows_kept", report.file.rows_kept},
          {"rows_rejected", report.file.rows_rejected},
          {"rows_unlocated", report.file.rows_unlocated},
          {"rejected", std::move(rejected)}};
}

}  // namespace

std::string FormatReportJson(const LoadReport& report) {
  Json files = Json::array();
  std::int64_t in = 0, kept = 0, rejected = 0, unlocated = 0;
  for (const FileReport& file : report.files) {
    files.push_back(FileJson(file));
    in += file.file.rows_in;
    kept += file.file.rows_kept;
    rejected += file.file.rows_rejected;
    unlocated += file.file.rows_unlocated;
  }
  Json vintages = Json::array();
  for (const VintageRecord& vintage : report.record.vintages) {
    vintages.push_back({{"id", vintage.id},
                        {"file", vintage.file.name},
                        {"sha256", vintage.file.sha256},
                        {"areas", vintage.file.rows_kept},
                        {"populations", vintage.populations.size()}});
  }
  Json refused = nullptr;
  if (report.refusal) refused = {{"reason", report.refusal->reason}, {"field", report.refusal->field}, {"message", report.refusal->message}};
  const Json document = {{"report_of", "wardwatch load"},  // first, so that an old report can be told from a file that must not be lost
                         {"dataset", report.dataset},
                         {"refused", std::move(refused)},
                         {"content_sha256", report.record.content_sha256},
                         {"manifest_sha256", report.record.manifest_sha256},
                         {"unchanged", report.unchanged},
                         {"rows_in", in},
                         {"rows_kept", kept},
                         {"rows_rejected", rejected},
                         {"rows_unlocated", unlocated},
                         {"warnings", report.warnings},
                         {"files", std::move(files)},
                         {"vintages", std::move(vintages)}};
  // Messages quote input that was checked to be UTF-8; the handler is for what a file name may hold.
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace geo
