#include "datasets/sample/output_folder.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "geo/types/sha256.h"

namespace sample {

namespace fs = std::filesystem;

OutputFolder::OutputFolder(fs::path folder) : folder_(std::move(folder)) {
  fs::create_directories(folder_);
  fs::remove(folder_ / "SHA256SUMS");
}

void OutputFolder::put(const std::string& name, std::string_view text) {
  const fs::path path = folder_ / name;
  fs::create_directories(path.parent_path());
  const fs::path partial = path.string() + ".part";
  std::ofstream out(partial, std::ios::binary);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (!out) throw std::runtime_error(fmt::format("cannot write {}: {}", partial.string(), std::strerror(errno)));
  fs::rename(partial, path);
}

void OutputFolder::write(const std::string& name, std::string_view text) {
  put(name, text);
  digests_[name] = geo::Sha256Hex(text);
}

void OutputFolder::copy(const fs::path& from) {
  std::ifstream in(from, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in || text.empty())
    throw std::runtime_error(fmt::format("cannot read {}: run from the root of the repository, or name the datasets folder", from.string()));
  put(from.filename().string(), text);
}

void OutputFolder::finish() {
  std::string sums;
  for (const auto& [name, digest] : digests_) sums += fmt::format("{}  {}\n", digest, name);
  put("SHA256SUMS", sums);
}

}  // namespace sample
