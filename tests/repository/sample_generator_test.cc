// The generator writes the bytes that are on record, and says so when it cannot.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <sstream>

#include "geo/types/sha256.h"
#include "tests/repository/made_sample.h"
#include "tests/support/paths.h"
#include "tests/support/scratch_folder.h"

namespace repository {
namespace {

namespace fs = std::filesystem;

TEST(SampleGenerator, ReproducesTheDigestsOnRecord) {
  const fs::path& made = MadeSample();
  const std::string recorded = ReadText(fs::path(WARDWATCH_REPOSITORY) / "datasets/sample/made.sha256");
  EXPECT_EQ(ReadText(made / "SHA256SUMS"), recorded)
      << "the generator changed what it makes: if that is meant, copy SHA256SUMS over datasets/sample/made.sha256";
  std::istringstream lines(recorded);
  std::string digest, name;
  int files = 0;
  while (lines >> digest >> name) {
    EXPECT_EQ(geo::Sha256Hex(ReadText(made / name)), digest) << name;
    ++files;
  }
  EXPECT_EQ(files, 72 + 6 + 1 + 3 + 3 + 4 + 1);  // open months, police years, council, boundaries, populations, furniture, truth
}

TEST(SampleGenerator, RecordsEveryFileItWrites) {
  const std::string recorded = ReadText(MadeSample() / "SHA256SUMS");
  for (const auto& entry : fs::recursive_directory_iterator(MadeSample())) {
    const std::string name = fs::relative(entry.path(), MadeSample()).generic_string();
    if (!entry.is_regular_file() || entry.path().extension() == ".toml" || name == "SHA256SUMS") continue;
    EXPECT_NE(recorded.find("  " + name + "\n"), std::string::npos) << name;
  }
}

TEST(SampleGenerator, FailsWithAStatusWhenItCannotWriteOrRead) {
  const support::ScratchFolder scratch;
  const std::string folder = (scratch.path() / "out").string();
  EXPECT_EQ(RunMakeSample("/dev/null/out"), 1);
  EXPECT_EQ(RunMakeSample(fmt::format("'{}' no-such-datasets", folder)), 1);
  EXPECT_FALSE(fs::exists(scratch.path() / "out/SHA256SUMS")) << "SHA256SUMS means complete";
  EXPECT_EQ(RunMakeSample("--help"), 2);
  EXPECT_EQ(RunMakeSample("a b c"), 2);
}

}  // namespace
}  // namespace repository
