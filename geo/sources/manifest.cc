#include "geo/sources/manifest.h"

#include <fmt/format.h>

#include <exception>
#include <utility>

#include "geo/sources/local_clock.h"
#include "geo/sources/manifest_parts.h"
#include "geo/sources/read_text_file.h"
#include "geo/sources/text_check.h"
#include "geo/types/sha256.h"

namespace geo {
namespace {

constexpr std::int64_t kMaxRetentionMonths = 1200;
constexpr std::size_t kMaxFiles = 60'000;  // incidents hold a file's index in 16 bits

void ReadDataset(TableReader& top, Manifest& out) {
  const TomlValue* table = top.table("dataset");
  if (table == nullptr) return top.refuse("dataset", "MISSING_KEY", "a manifest opens with [dataset]");
  TableReader reader(*table, "dataset", top.faults());
  reader.required("id", out.dataset_id);
  CheckId(reader, "id", out.dataset_id);
  reader.required("title", out.title);
  reader.optional("publisher", out.publisher);
  reader.optional("licence", out.licence);
  reader.required_day("as_at", out.as_at);
  reader.optional("time_zone", out.time_zone);
  std::optional<std::int64_t> months;
  reader.optional_integer("retention_months", months, 1, kMaxRetentionMonths);
  if (months) out.retention_months = static_cast<int>(*months);
  reader.finish();
  if (top.faults().first) return;
  if (const auto clock = LocalClock::Open(out.time_zone, out.time_zone); !clock) reader.refuse("time_zone", "BAD_TIME_ZONE", clock.error().message);
}

void ReadTop(const TomlValue& tree, ManifestContext& context, Manifest& out) {
  TableReader top(tree, "", context.faults);
  ReadDataset(top, out);
  const auto& dictionaries = top.tables("dictionaries");
  const auto& sources = top.tables("sources");
  const auto& vintages = top.tables("vintages");
  const auto& breaks = top.tables("breaks");
  const auto& weights = top.tables("weights");
  const auto& flags = top.tables("flags");
  const auto& time_windows = top.tables("time_windows");
  const auto& workstreams = top.tables("workstreams");
  const auto& camera_models = top.tables("camera_models");
  const auto& evidence = top.tables("camera_evidence");
  const auto& monitored = top.tables("monitored_hours");
  const StreetTables street{top.tables("cameras"), top.tables("camera_sites"), top.tables("buildings"), top.tables("protected_places")};
  top.finish();
  if (sources.empty()) top.refuse("sources", "MISSING_KEY", "a manifest has at least one [[sources]]");
  if (context.faults.first) return;
  ReadDictionaries(dictionaries, context, out);
  if (context.faults.first) return;
  ReadFlags(flags, context, out);
  if (context.faults.first) return;
  ReadSources(sources, context, out);
  if (context.faults.first) return;
  UniteCategories(context, out);
  ReadVintages(vintages, context, out);
  ReadBreaks(breaks, context, out);
  ReadWeights(weights, context, out);
  ReadTimeWindows(time_windows, context, out);
  if (context.faults.first) return;
  ReadWorkstreams(workstreams, context, out);
  ReadCameraModels(camera_models, context, out);
  ReadCameraEvidence(evidence, context, out);
  ReadMonitoredHours(monitored, context, out);
  if (context.faults.first) return;
  ReadStreet(street, context, out);
  std::size_t files = 0;
  for (const SourceSpec& source : out.sources) files += source.files.size();
  if (files > kMaxFiles) top.refuse("sources", "TOO_MANY_FILES", fmt::format("{} files; at most {}", files, kMaxFiles));
}

Result<Manifest> Parse(std::string_view toml, const std::filesystem::path& folder, const std::filesystem::path& data_root) {
  try {
    const auto tree = ParseToml(toml);
    if (!tree) return Fail(tree.error());
    TomlFaults faults;
    ManifestContext context{folder, FileRoot(data_root), faults, std::string(toml)};
    Manifest out;
    ReadTop(*tree, context, out);
    if (faults.first) return Fail(std::move(*faults.first));
    out.sha256 = Sha256Hex(context.hashed);
    return out;
  } catch (const std::exception& fault) {
    return Fail({ErrorCode::kInternal, "", "MANIFEST_FAILED", fault.what()});
  }
}

}  // namespace

Result<Manifest> ReadManifest(const std::filesystem::path& path, const std::filesystem::path& data_root) {
  const auto text = ReadTextFile(path, kMaxTomlBytes);
  if (!text) {
    Error error = text.error();
    error.message = fmt::format("manifest \"{}\": {}", Excerpt(path.filename().string()), error.message);
    return Fail(std::move(error));
  }
  std::filesystem::path folder = path.parent_path();
  if (folder.empty()) folder = ".";
  return Parse(*text, folder, data_root.empty() ? folder : data_root);
}

Result<Manifest> ParseManifest(std::string_view toml, const std::filesystem::path& folder) { return Parse(toml, folder, folder); }

}  // namespace geo
