// make_sample [OUT [DATASETS]]: writes the sample of the fictional authority of Tidewick into OUT (default datasets/sample/made), with the manifests,
// dictionaries and weights of DATASETS (default datasets) beside it, so that `wardwatch load OUT/manifest.toml` needs nothing else. The same bytes on every run.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <filesystem>

#include "datasets/sample/write_incidents.h"
#include "datasets/sample/write_places.h"

namespace sample {
namespace {

void Make(const std::filesystem::path& folder, const std::filesystem::path& datasets) {
  OutputFolder out(folder);
  for (const char* paper :
       {"sample/manifest.toml", "sample/manifest-open.toml", "sample/tidewick-police.toml", "sample/tidewick-council.toml", "sample/tidewick-harm-2025.toml", "sample/tidewick-workstreams.toml", "sample/tidewick-camera-evidence.toml",
        "dictionaries/police-uk.toml"}) {
    out.copy(datasets / paper);
  }
  const Land land;
  const WardMap now = WardsFrom2023(land), before = WardsBefore2023(land);
  const Settlement settlement(land);
  const IncidentHistory history = DrawHistory(land, settlement, now);
  WriteBoundaries(land, now, before, out);
  WritePopulations(settlement, now, before, out);
  WritePolice(history.police, settlement, out);
  WriteCouncil(history.council, settlement, out);
  WriteOpen(history.police, settlement, LayLsoas(before, settlement.residents(kLastYear)), out);
  const Furniture furniture = LayFurniture();
  WriteFurniture(furniture, out);
  WriteTruth(history, now, furniture, out);
  out.finish();
  fmt::print("{}: {} police and {} council records, {} snap points, {} buildings, {} lamp columns\n", folder.string(), history.police.size(),
             history.council.size(), settlement.snap_points().size(), furniture.buildings.size(), furniture.columns.size());
}

}  // namespace
}  // namespace sample

int main(int argc, char** argv) {
  if (argc > 3 || (argc > 1 && argv[1][0] == '-')) {
    fmt::print(stderr, "usage: make_sample [OUT [DATASETS]]   (default: datasets/sample/made datasets)\n");
    return 2;
  }
  try {
    sample::Make(argc > 1 ? argv[1] : "datasets/sample/made", argc > 2 ? argv[2] : "datasets");
  } catch (const std::exception& failure) {
    fmt::print(stderr, "make_sample: {}\n", failure.what());
    return 1;
  }
  return 0;
}
