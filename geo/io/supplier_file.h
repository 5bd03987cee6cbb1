// A file that the manifest names: read once, digest compared, unpacked, and known to be of the kind that it claims.
#pragma once

#include <cstdint>
#include <string>

#include "geo/io/content_kind.h"
#include "geo/sources/manifest.h"
#include "geo/types/result.h"

namespace geo {

struct SupplierFile {
  std::string text;    // unpacked where the name ends in .gz
  std::string sha256;  // of the bytes on disk
};

// `limit_bytes` holds for the bytes on disk and for what they unpack to.
// Errors: those of ReadRegularFile and Gunzip; kInvalidArgument DIGEST_MISMATCH against the manifest.
Result<SupplierFile> ReadSupplierFile(const FileSpec& file, std::int64_t limit_bytes);

// kInvalidArgument WRONG_CONTENT unless `text` is of this kind: "wards.geojson is a virtual dataset (VRT); a GeoJSON document is expected".
Result<void> ExpectContent(const FileSpec& file, const std::string& text, ContentKind kind, const char* expected);
// The same for tables: anything that is recognisably no text is refused.
Result<void> ExpectTable(const FileSpec& file, const std::string& text);

}  // namespace geo
