// include = "name.toml": a part of the manifest in a file of its own.
#include <fmt/format.h>

#include "geo/sources/manifest_parts.h"
#include "geo/sources/read_text_file.h"

namespace geo {

std::optional<TomlValue> ReadInclude(TableReader& reader, const std::string& name, ManifestContext& context) {
  if (FileNameFault(name, false) != nullptr || name.find('/') != std::string::npos || !name.ends_with(".toml")) {
    reader.refuse("include", "BAD_FILE_NAME", "expected a bare name that ends in .toml, found beside the manifest or in ../dictionaries");
    return std::nullopt;
  }
  const auto refuse = [&](const Error& error) {
    context.faults.add(error.code, reader.path_of("include"), error.reason.c_str(), fmt::format("\"{}\": {}", name, error.message), reader.line());
  };
  Result<std::string> text = ReadTextFile(context.folder / name, kMaxTomlBytes);
  if (!text && text.error().code == ErrorCode::kNotFound) text = ReadTextFile(context.folder / ".." / "dictionaries" / name, kMaxTomlBytes);
  if (!text) return refuse(text.error()), std::nullopt;
  context.hashed += fmt::format("\n{}:{}\n", name, text->size()) + *text;
  auto tree = ParseToml(*text);
  if (!tree) return refuse(tree.error()), std::nullopt;
  return std::move(*tree);
}

}  // namespace geo
