// GDAL on a short lead: four drivers, no network, no plug-ins, and its error text in our hands.
#pragma once

#include <string>
#include <string_view>

#include "geo/types/result.h"

namespace geo {

// Registers GeoJSON, TopoJSON, GeoPackage and Shapefile and nothing else, and turns off every way for GDAL to reach a network, a plug-in or a neighbouring
// file. Thread-safe; the work is done once in a process.
void PrepareGdal();

// While it lives, GDAL's messages of this thread are collected here instead of going to stderr. They may quote file contents and paths, so
// the text is stripped of paths and control characters and cut before anyone sees it.
class GdalErrors {
 public:
  GdalErrors();
  GdalErrors(const GdalErrors&) = delete;
  GdalErrors& operator=(const GdalErrors&) = delete;
  ~GdalErrors();
  bool failed() const { return failed_; }            // an error, not only a warning
  const std::string& text() const { return text_; }  // the first error, else the first warning, else empty
  void add(bool error, const char* message);

 private:
  bool failed_ = false;
  std::string text_;
};

// Paths out, control characters out, at most 160 bytes.
std::string RedactedText(std::string_view message);

// Bytes that GDAL may open under a name of its own in memory, for as long as this lives. Nothing on disk is opened by GDAL.
class MemoryFile {
 public:
  // `name` is a plain file name: it shares a private folder with the other files of the same `folder`. The bytes must outlive this object.
  MemoryFile(const std::string& folder, const std::string& name, std::string_view bytes);
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile();
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace geo
