// What `wardwatch workstreams ...` can say.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace server {

struct WorkstreamFlags {
  std::string id;              // of `show`, `remove`; of `history`, where empty is all
  std::filesystem::path file;  // of `save`: JSON
  std::string author;
  std::string note;
  std::optional<int> base_revision;
};

}  // namespace server
