#include "geo/sources/file_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "geo/sources/text_check.h"

namespace geo {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxNameBytes = 256;

bool IsWild(char c) { return c == '*' || c == '?'; }

bool IsNameByte(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '/' || c == ' ' || c == '-';
}

tl::unexpected<Error> Refuse(ErrorCode code, const char* reason, std::string_view name, std::string_view why) {
  return Fail({code, "", reason, fmt::format("file \"{}\": {}", Excerpt(name), why)});
}

bool LiesWithin(const fs::path& path, const fs::path& root) {
  const auto [root_end, rest] = std::mismatch(root.begin(), root.end(), path.begin(), path.end());
  return root_end == root.end() && rest != path.end();
}

}  // namespace

const char* FileNameFault(std::string_view name, bool pattern) {
  if (name.empty()) return "the name is empty";
  if (name.size() > kMaxNameBytes) return "the name has over 256 bytes";
  if (name.front() == '/') return "an absolute name; write it relative to the data folder";
  const std::size_t last_part = name.rfind('/') == std::string_view::npos ? 0 : name.rfind('/') + 1;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (IsNameByte(name[i]) || (pattern && IsWild(name[i]) && i >= last_part)) continue;
    return pattern ? "only letters, digits, . _ / - and space, and * or ? in the last part" : "only letters, digits, . _ / - and space";
  }
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    const std::string_view part = name.substr(begin, end - begin);
    if (part.empty() || part == "." || part == "..") return "an empty part, \".\" or \"..\"";
    begin = end + 1;
  }
  return nullptr;
}

bool MatchesPattern(std::string_view name, std::string_view pattern) {
  if (!name.empty() && name.front() == '.' && (pattern.empty() || pattern.front() != '.')) return false;
  std::size_t n = 0;
  std::size_t p = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = n;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

Result<FileSpec> FileRoot::find(std::string_view name) const {
  if (const char* fault = FileNameFault(name, false)) return Refuse(ErrorCode::kInvalidArgument, "BAD_FILE_NAME", name, fault);
  std::error_code failure;
  const fs::path root = fs::canonical(folder_, failure);
  if (failure) return Refuse(ErrorCode::kNotFound, "NO_SUCH_FILE", name, "the data folder is not there");
  const fs::path path = fs::canonical(root / fs::path(name), failure);
  if (failure) return Refuse(ErrorCode::kNotFound, "NO_SUCH_FILE", name, "there is no such file in the data folder");
  if (!LiesWithin(path, root)) return Refuse(ErrorCode::kInvalidArgument, "OUTSIDE_ROOT", name, "a link that leaves the data folder");
  if (!fs::is_regular_file(path, failure) || failure) return Refuse(ErrorCode::kInvalidArgument, "NOT_A_FILE", name, "not a regular file");
  FileSpec out;
  out.name = std::string(name);
  out.path = path;
  return out;
}

Result<std::vector<FileSpec>> FileRoot::match(std::string_view pattern) const {
  if (const char* fault = FileNameFault(pattern, true)) return Refuse(ErrorCode::kInvalidArgument, "BAD_FILE_NAME", pattern, fault);
  std::vector<FileSpec> out;
  if (std::none_of(pattern.begin(), pattern.end(), IsWild)) {
    auto file = find(pattern);
    if (!file) return Fail(file.error());
    out.push_back(std::move(*file));
    return out;
  }
  const std::size_t slash = pattern.rfind('/');
  const std::string_view folder = slash == std::string_view::npos ? std::string_view() : pattern.substr(0, slash + 1);
  const std::string_view last = pattern.substr(folder.size());
  std::vector<std::string> names;
  std::error_code failure;
  for (fs::directory_iterator entry(folder_ / fs::path(folder), failure), end; !failure && entry != end; entry.increment(failure)) {
    std::string name = entry->path().filename().string();
    if (MatchesPattern(name, last)) names.push_back(std::string(folder) + name);
    if (names.size() > kMaxFilesPerSource) return Refuse(ErrorCode::kResourceExhausted, "TOO_MANY_FILES", pattern, "it matches over 10,000 files");
  }
  if (names.empty()) return Refuse(ErrorCode::kNotFound, "NO_SUCH_FILE", pattern, "it matches no file in the data folder");
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    auto file = find(name);
    if (!file) return Fail(file.error());
    out.push_back(std::move(*file));
  }
  return out;
}

}  // namespace geo
