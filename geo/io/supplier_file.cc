#include "geo/io/supplier_file.h"

#include <fmt/format.h>

#include <utility>

#include "geo/io/gunzip.h"
#include "geo/io/regular_file.h"

namespace geo {
namespace {

Error WrongContent(const FileSpec& file, ContentKind kind, const char* expected) {
  return {ErrorCode::kInvalidArgument, file.name, "WRONG_CONTENT", fmt::format("{} is {}; {} is expected", file.name, DescribeContent(kind), expected)};
}

}  // namespace

Result<SupplierFile> ReadSupplierFile(const FileSpec& file, std::int64_t limit_bytes) {
  auto read = ReadRegularFile(file.path, file.name, limit_bytes);
  if (!read) return Fail(read.error());
  if (file.sha256 && *file.sha256 != read->sha256) {
    return Fail(Error{ErrorCode::kInvalidArgument, file.name, "DIGEST_MISMATCH",
                      fmt::format("{} has SHA-256 {}; the manifest says {}: fetch it again or correct the manifest", file.name, read->sha256, *file.sha256)});
  }
  if (!file.name.ends_with(".gz")) return SupplierFile{std::move(read->bytes), std::move(read->sha256)};
  auto text = Gunzip(read->bytes, file.name, limit_bytes);
  if (!text) return Fail(text.error());
  return SupplierFile{std::move(*text), std::move(read->sha256)};
}

Result<void> ExpectContent(const FileSpec& file, const std::string& text, ContentKind kind, const char* expected) {
  const ContentKind found = SniffContent(text);
  if (found != kind) return Fail(WrongContent(file, found, expected));
  return {};
}

Result<void> ExpectTable(const FileSpec& file, const std::string& text) {
  const ContentKind found = SniffContent(text);
  if (found != ContentKind::kUnknown && found != ContentKind::kJsonObject) return Fail(WrongContent(file, found, "a CSV table"));
  return {};
}

}  // namespace geo
