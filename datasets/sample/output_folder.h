// The folder that the generator fills: each file whole or not at all, and the digest of each in SHA256SUMS, written last.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace sample {

class OutputFolder {
 public:
  explicit OutputFolder(std::filesystem::path folder);
  // `name` may hold one folder. Throws std::runtime_error with the name and the system's reason.
  void write(const std::string& name, std::string_view text);
  // A manifest or dictionary, as it stands; not part of SHA256SUMS, because people edit those.
  void copy(const std::filesystem::path& from);
  // SHA256SUMS in the form of sha256sum(1), by name. Present means complete.
  void finish();

 private:
  void put(const std::string& name, std::string_view text);
  std::filesystem::path folder_;
  std::map<std::string, std::string> digests_;
};

}  // namespace sample
