// What a file is by its first bytes, whatever its name says.
#pragma once

#include <string_view>

namespace geo {

enum class ContentKind : unsigned char {
  kUnknown,
  kJsonObject,
  kSqlite,
  kShapefile,
  kGzip,
  kZip,
  kTar,
  kOtherArchive,  // bzip2, xz, zstd, 7z, rar
  kVirtualDataset,
  kXml,
  kExecutable,
};

// Looks at the first 512 bytes only.
ContentKind SniffContent(std::string_view bytes);
// "a zip archive", "a virtual dataset (VRT)": to end the sentence "is ...".
const char* DescribeContent(ContentKind kind);

}  // namespace geo
