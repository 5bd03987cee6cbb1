#include "server/cli/load_command.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "geo/io/load.h"
#include "geo/io/store.h"
#include "server/cli/output_sink.h"
#include "server/cli/terminal.h"
#include "server/cli/text_table.h"

namespace server {
namespace {

constexpr std::string_view kReportStart = "{\n  \"report_of\": \"wardwatch load\"";  // as geo::FormatReportJson begins

struct LoadArguments {
  geo::LoadOptions options;
  std::string report;
};

// Memory of the loader holds rows and places; a core file would keep them. A file-size limit is an error of the write, not the end of the process.
void PrepareProcess() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  std::signal(SIGXFSZ, SIG_IGN);
}

geo::LocalDay Today() {
  using days = std::chrono::duration<std::int64_t, std::ratio<86400>>;
  return static_cast<geo::LocalDay>(std::chrono::floor<days>(std::chrono::system_clock::now().time_since_epoch()).count());
}

int LoadExitCode(const geo::Error& error) {
  switch (error.code) {
    case geo::ErrorCode::kInvalidArgument:
    case geo::ErrorCode::kNotFound:
    case geo::ErrorCode::kFailedPrecondition:
    case geo::ErrorCode::kAborted:
    case geo::ErrorCode::kPermissionDenied:
    case geo::ErrorCode::kDataLoss:
      return kExitRefused;
    case geo::ErrorCode::kResourceExhausted:
    case geo::ErrorCode::kCancelled:
    case geo::ErrorCode::kDeadlineExceeded:
    case geo::ErrorCode::kUnavailable:
    case geo::ErrorCode::kInternal:
      return kExitInternal;
  }
  return kExitInternal;
}

void PrintError(const geo::Error& error) {
  fmt::print(stderr, "wardwatch: {}: {}: {}\n", LoadExitCode(error) == kExitRefused ? "refused" : "failed", error.reason, error.message);
}

class ProgressBar {
 public:
  void draw(const std::string& step, double done) {
    if (!terminal_) return;
    const int filled = static_cast<int>(std::clamp(done, 0.0, 1.0) * kWidth);
    fmt::print(stderr, "\r[{:<{}}] {:3.0f} % {:<40.40}", std::string(static_cast<std::size_t>(filled), '#'), kWidth, done * 100, step);
    std::fflush(stderr);
  }
  void clear() const {
    if (terminal_) fmt::print(stderr, "\r{:<{}}\r", "", kWidth + 50);
  }

 private:
  static constexpr int kWidth = 30;
  bool terminal_ = isatty(STDERR_FILENO) == 1;
};

Terminal ScreenOfStdout() { return DescribeTerminal(STDOUT_FILENO, "", true); }

std::string FormatSummary(const geo::LoadReport& report) {
  struct Sums {
    std::int64_t files = 0, in = 0, kept = 0, rejected = 0, unlocated = 0;
    void add(const geo::FileRecord& file) {
      ++files, in += file.rows_in, kept += file.rows_kept, rejected += file.rows_rejected, unlocated += file.rows_unlocated;
    }
    std::vector<std::string> cells(const std::string& name) const {
      return {name, fmt::to_string(files), fmt::to_string(in), fmt::to_string(kept), fmt::to_string(rejected), fmt::to_string(unlocated)};
    }
  };
  std::map<std::string, Sums> by_source;
  std::map<std::string, std::int64_t> by_reason;
  Sums total;
  for (const geo::FileReport& file : report.files) {
    by_source[file.source].add(file.file);
    total.add(file.file);
    for (const geo::RejectedRow& row : file.rejected) ++by_reason[row.reason];
  }
  TextTable table({{"source"},
                   {"files", Align::kRight},
                   {"rows in", Align::kRight},
                   {"kept", Align::kRight},
                   {"rejected", Align::kRight},
                   {"of kept, unlocated", Align::kRight}});
  for (const auto& [source, sums] : by_source) table.add_row(sums.cells(source));
  table.add_rule();
  table.add_row(total.cells("total"));
  std::string text = table.format(ScreenOfStdout(), nullptr);
  if (!by_reason.empty()) {
    text += "\n";
    TextTable reasons({{"rejected because"}, {"rows", Align::kRight}});
    for (const auto& [reason, rows] : by_reason) reasons.add_row({reason, fmt::to_string(rows)});
    text += reasons.format(ScreenOfStdout(), nullptr);
  }
  if (!report.record.vintages.empty()) {
    text += "\n";
    TextTable vintages({{"boundaries"}, {"areas", Align::kRight}, {"populations", Align::kRight}, {"file"}});
    for (const geo::VintageRecord& vintage : report.record.vintages) {
      vintages.add_row({vintage.id, fmt::to_string(vintage.file.rows_kept), fmt::to_string(vintage.populations.size()), vintage.file.name});
    }
    text += vintages.format(ScreenOfStdout(), nullptr);
  }
  return text;
}

// A report may replace an older report and nothing else: a slip of the tongue must not cost a store, a manifest or a supplier's file.
geo::Result<OutputSink> OpenReport(const std::string& path) {
  const auto refuse = [&](const char* why) {
    return geo::Fail({geo::ErrorCode::kInvalidArgument, "--report", "REPORT_PATH", fmt::format("--report {}: {}; name a new file", path, why)});
  };
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) {
    if (!std::filesystem::is_regular_file(path, ignored)) return refuse("this is not a file");
    std::ifstream old(path, std::ios::binary);
    std::string start(kReportStart.size(), '\0');
    old.read(start.data(), static_cast<std::streamsize>(start.size()));
    if (old.gcount() > 0 && start != kReportStart) return refuse("this file exists and is not a report of wardwatch load");
  }
  auto sink = OutputSink::Open(path);
  if (!sink) return refuse("it cannot be created there");
  return sink;
}

geo::Result<void> WriteReport(OutputSink& sink, const geo::LoadReport& report) {
  if (auto written = sink.write(geo::FormatReportJson(report)); !written) return written;
  return sink.finish();
}

int RunLoad(LoadArguments& arguments) {
  PrepareProcess();
  geo::LoadOptions& options = arguments.options;
  options.today = Today();
  std::optional<OutputSink> sink;
  if (!arguments.report.empty()) {
    auto opened = OpenReport(arguments.report);
    if (!opened) {
      PrintError(opened.error());
      return kExitRefused;
    }
    sink.emplace(std::move(*opened));
  }
  ProgressBar bar;
  options.progress = [&bar](const std::string& step, double done) { bar.draw(step, done); };
  geo::LoadReport report;
  const auto loaded = geo::LoadDataset(options, report);
  bar.clear();
  if (!report.files.empty()) fmt::print("{}", FormatSummary(report));
  for (const std::string& warning : report.warnings) fmt::print(stderr, "wardwatch: note: {}\n", warning);
  const auto reported = sink ? WriteReport(*sink, report) : geo::Result<void>{};
  if (!loaded) {
    PrintError(loaded.error());
    return LoadExitCode(loaded.error());
  }
  const char* outcome = options.check ? "checked, nothing written" : report.unchanged ? "unchanged" : "stored";
  fmt::print("\n{}: {}, content {}\n", report.dataset, outcome, report.record.content_sha256.substr(0, 16));
  if (!reported) fmt::print(stderr, "wardwatch: the load stands; only the report is missing: {}\n", reported.error().message);
  return kExitLoaded;
}

int RunVerify(const std::string& store) {
  PrepareProcess();
  const auto datasets = geo::ReadStore(store);
  if (!datasets) {
    PrintError(datasets.error());
    return LoadExitCode(datasets.error());
  }
  TextTable table({{"dataset"}, {"incidents", Align::kRight}, {"boundaries", Align::kRight}, {"areas", Align::kRight}, {"content"}});
  for (const geo::StoredDataset& dataset : *datasets) {
    std::size_t areas = 0;
    for (const auto& vintage : dataset.areas) areas += vintage.size();
    table.add_row({dataset.record.id, fmt::to_string(dataset.incidents.size()), fmt::to_string(dataset.areas.size()), fmt::to_string(areas),
                   dataset.record.content_sha256.substr(0, 16)});
  }
  fmt::print("{}\nevery row and area matches its digest\n", table.format(ScreenOfStdout(), nullptr));
  return kExitLoaded;
}

}  // namespace

void AddLoadCommand(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<LoadArguments>();
  CLI::App* load = app.add_subcommand("load", "Load a manifest's files into a store");
  load->footer(
      "Exit codes: 0 loaded, 2 refused, 3 failed; after 2 and 3 the store is as it was.\n"
      "Example: wardwatch load datasets/medway/manifest.toml --store medway.gpkg --report report.json");
  load->add_option("manifest", arguments->options.manifest, "The manifest (TOML)")->required();
  CLI::Option* store = load->add_option("--store", arguments->options.store, "The store to write (GeoPackage); with --check, to compare with");
  CLI::Option* check = load->add_flag("--check", arguments->options.check, "Read and judge everything, write nothing");
  load->add_option("--report", arguments->report, "Write every rejected row and all counts to this JSON file");
  load->add_option("--data-root", arguments->options.data_root, "Look for the manifest's files here instead of beside it");
  load->add_flag("--allow-shrink", arguments->options.allow_shrink, "Accept a source with under half the rows that the store has of it");
  load->callback([arguments, store, check, &exit_code] {
    if (store->count() == 0 && check->count() == 0) throw CLI::RequiredError("--store (or --check)");
    exit_code = RunLoad(*arguments);
  });

  auto path = std::make_shared<std::string>();
  CLI::App* verify = app.add_subcommand("verify", "Check that a store is whole: every row against its digest");
  verify->footer("Example: wardwatch verify --store medway.gpkg");
  verify->add_option("--store", *path, "The store (GeoPackage)")->required();
  verify->callback([path, &exit_code] { exit_code = RunVerify(*path); });
}

}  // namespace server
