#include "tests/repository/made_sample.h"
#include "tests/support/paths.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/support/scratch_folder.h"

namespace repository {

namespace fs = std::filesystem;

int RunMakeSample(const std::string& arguments) {
  const int status = std::system(fmt::format("cd '{}' && '{}' {} >/dev/null 2>&1", WARDWATCH_REPOSITORY, WARDWATCH_MAKE_SAMPLE, arguments).c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

const fs::path& MadeSample() {
  static const support::ScratchFolder folder;
  static const int status = RunMakeSample(fmt::format("'{}'", (folder.path() / "made").string()));
  static const fs::path made = folder.path() / "made";
  EXPECT_EQ(status, 0) << "make_sample failed";
  return made;
}

std::string ReadText(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

nlohmann::json ReadJson(const fs::path& path) { return nlohmann::json::parse(ReadText(path)); }

std::vector<CsvRow> ReadCsv(const fs::path& path) {
  const std::string text = ReadText(path);
  std::vector<std::vector<std::string>> records(1);
  std::string field;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') field += c;
      else if (i + 1 < text.size() && text[i + 1] == '"') field += text[i++];
      else quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',' || c == '\n') {
      records.back().push_back(std::move(field));
      field.clear();
      if (c == '\n') records.emplace_back();
    } else if (c != '\r') {
      field += c;
    }
  }
  records.pop_back();
  std::vector<CsvRow> rows;
  for (std::size_t r = 1; r < records.size(); ++r) {
    EXPECT_EQ(records[r].size(), records[0].size()) << path << " record " << r;
    CsvRow row;
    for (std::size_t c = 0; c < records[r].size(); ++c) row[records[0][c]] = std::move(records[r][c]);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace repository
