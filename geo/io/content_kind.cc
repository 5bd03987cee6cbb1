#include "geo/io/content_kind.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace geo {
namespace {

using namespace std::string_view_literals;

ContentKind SniffText(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  const auto first = head.find_first_not_of(" \t\r\n\f\v"sv);
  if (first == std::string_view::npos) return ContentKind::kUnknown;
  head.remove_prefix(first);
  if (head.front() == '{') return ContentKind::kJsonObject;
  if (head.front() != '<') return ContentKind::kUnknown;
  std::string upper(head);
  std::transform(upper.begin(), upper.end(), upper.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return upper.find("VRT") != std::string::npos ? ContentKind::kVirtualDataset : ContentKind::kXml;
}

}  // namespace

ContentKind SniffContent(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 512);
  if (head.starts_with("\x1f\x8b"sv)) return ContentKind::kGzip;
  if (head.starts_with("PK\x03\x04"sv) || head.starts_with("PK\x05\x06"sv) || head.starts_with("PK\x07\x08"sv)) return ContentKind::kZip;
  if (head.size() >= 262 && head.substr(257, 5) == "ustar"sv) return ContentKind::kTar;
  if (head.starts_with("BZh"sv) && head.size() >= 10 && head.substr(4, 6) == "1AY&SY"sv) return ContentKind::kOtherArchive;
  for (const auto magic : {"\xFD"
                           "7zXZ\0"sv,
                           "\x28\xB5\x2F\xFD"sv, "7z\xBC\xAF\x27\x1C"sv, "Rar!\x1A"sv}) {
    if (head.starts_with(magic)) return ContentKind::kOtherArchive;
  }
  if (head.starts_with("SQLite format 3\0"sv)) return ContentKind::kSqlite;
  if (head.starts_with("\0\0\x27\x0A"sv)) return ContentKind::kShapefile;
  if (head.starts_with("\x7F"
                       "ELF"sv))
    return ContentKind::kExecutable;
  return SniffText(head);
}

const char* DescribeContent(ContentKind kind) {
  switch (kind) {
    case ContentKind::kUnknown:
      return "neither JSON, GeoPackage nor Shapefile";
    case ContentKind::kJsonObject:
      return "a JSON document";
    case ContentKind::kSqlite:
      return "an SQLite database";
    case ContentKind::kShapefile:
      return "a Shapefile";
    case ContentKind::kGzip:
      return "gzip data";
    case ContentKind::kZip:
      return "a zip archive";
    case ContentKind::kTar:
      return "a tar archive";
    case ContentKind::kOtherArchive:
      return "a compressed archive";
    case ContentKind::kVirtualDataset:
      return "a virtual dataset (VRT)";
    case ContentKind::kXml:
      return "an XML document";
    case ContentKind::kExecutable:
      return "a program";
  }
  return "of no known kind";
}

}  // namespace geo
