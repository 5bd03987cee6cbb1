// Names of data files: a grammar that cannot leave its folder, and the look-up that proves it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "geo/sources/manifest.h"
#include "geo/types/result.h"

namespace geo {

// nullptr when `name` is relative, of [A-Za-z0-9._/ -], 1 to 256 bytes, without empty, "." or ".." parts; else why not. So no drive letter, URL, driver prefix,
// virtual file system or shell character can be written. `pattern` allows * and ? in the last part.
const char* FileNameFault(std::string_view name, bool pattern);

// Shell-like: * is any run, ? any one byte; a leading dot is matched only by a dot.
bool MatchesPattern(std::string_view name, std::string_view pattern);

// The one folder in which data files are looked up.
class FileRoot {
 public:
  explicit FileRoot(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // name and path set; the path has its links resolved.
  // Errors: kInvalidArgument BAD_FILE_NAME, OUTSIDE_ROOT (a link that leaves the folder), NOT_A_FILE (a folder, device, pipe); kNotFound NO_SUCH_FILE.
  Result<FileSpec> find(std::string_view name) const;
  // Every file that the pattern matches, in order of name; a name without * or ? is itself. kNotFound NO_SUCH_FILE when there is none;
  // kResourceExhausted TOO_MANY_FILES over 10,000.
  Result<std::vector<FileSpec>> match(std::string_view pattern) const;

 private:
  std::filesystem::path folder_;
};

inline constexpr std::size_t kMaxFilesPerSource = 10'000;

}  // namespace geo
