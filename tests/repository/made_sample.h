// The sample, made once per test program in a folder of its own that goes when the program ends.
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace repository {

// The folder. Fails the calling test and returns an empty path when the generator fails.
const std::filesystem::path& MadeSample();

// Exit status of make_sample with these arguments, run from the root of the repository; its output is discarded.
int RunMakeSample(const std::string& arguments);

std::string ReadText(const std::filesystem::path& path);
nlohmann::json ReadJson(const std::filesystem::path& path);

// Rows of a CSV as column name -> field: RFC 4180, written for these tests alone so that they do not lean on the reader under test.
using CsvRow = std::map<std::string, std::string>;
std::vector<CsvRow> ReadCsv(const std::filesystem::path& path);

}  // namespace repository
