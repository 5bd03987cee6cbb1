#include "geo/io/gdal_session.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_vsi.h>
#include <gdal_priv.h>

#include <mutex>

// GDAL exports one registration per driver but declares those of vector drivers in no public header.
extern "C" {
void RegisterOGRGeoJSON();
void RegisterOGRTopoJSON();
void RegisterOGRGeoPackage();
void RegisterOGRShape();
}

namespace geo {
namespace {

constexpr std::size_t kMaxMessageBytes = 160;

void CPL_STDCALL Collect(CPLErr kind, CPLErrorNum /*number*/, const char* message) {
  if (kind != CE_Warning && kind != CE_Failure && kind != CE_Fatal) return;
  static_cast<GdalErrors*>(CPLGetErrorHandlerUserData())->add(kind != CE_Warning, message);
}

}  // namespace

void PrepareGdal() {
  static std::once_flag once;
  std::call_once(once, [] {
    CPLSetConfigOption("GDAL_DRIVER_PATH", "disable");
    CPLSetConfigOption("OGR_DRIVER_PATH", "disable");
    CPLSetConfigOption("GDAL_DISABLE_READDIR_ON_OPEN", "EMPTY_DIR");
    CPLSetConfigOption("CPL_VSIL_CURL_ALLOWED_FILENAME", "none");
    CPLSetConfigOption("GDAL_HTTP_PROXY", "none.invalid");
    CPLSetConfigOption("PROJ_NETWORK", "OFF");
    CPLSetConfigOption("OGR_SQLITE_LOAD_EXTENSIONS", "");
    CPLSetConfigOption("GDAL_PAM_ENABLED", "NO");
    CPLSetConfigOption("SHAPE_RESTORE_SHX", "NO");
    CPLSetConfigOption("OGR_GEOJSON_MAX_OBJ_SIZE", "200");
    CPLSetConfigOption("CPL_DEBUG", "OFF");
    // OGR streams tables from a thread of its own, which no handler of ours is set on: what that thread meets shows in the count of rows and the digest.
    CPLSetErrorHandler(CPLQuietErrorHandler);
    RegisterOGRGeoJSON();
    RegisterOGRTopoJSON();
    RegisterOGRGeoPackage();
    RegisterOGRShape();
  });
}

GdalErrors::GdalErrors() { CPLPushErrorHandlerEx(Collect, this); }

GdalErrors::~GdalErrors() {
  CPLPopErrorHandler();
  CPLErrorReset();
}

void GdalErrors::add(bool error, const char* message) {
  if (failed_ || (!error && !text_.empty())) return;
  failed_ = error;
  text_ = RedactedText(message);
}

std::string RedactedText(std::string_view message) {
  std::string text;
  for (std::size_t i = 0; i < message.size() && text.size() < kMaxMessageBytes;) {
    const unsigned char c = static_cast<unsigned char>(message[i]);
    if (c == '/') {
      // A path ends at a space or a quote; its last part says enough.
      std::size_t end = message.find_first_of(" '\"`,;:)", i);
      if (end == std::string_view::npos) end = message.size();
      text += "[path]";
      i = end;
      continue;
    }
    text += c < 0x20 || c == 0x7F ? ' ' : static_cast<char>(c);
    ++i;
  }
  return text;
}

MemoryFile::MemoryFile(const std::string& folder, const std::string& name, std::string_view bytes) : path_("/vsimem/" + folder + "/" + name) {
  // GDAL takes a non-const pointer but every use here is read-only.
  auto* data = reinterpret_cast<GByte*>(const_cast<char*>(bytes.data()));
  if (VSILFILE* file = VSIFileFromMemBuffer(path_.c_str(), data, static_cast<vsi_l_offset>(bytes.size()), FALSE)) VSIFCloseL(file);
}

MemoryFile::~MemoryFile() { VSIUnlink(path_.c_str()); }

}  // namespace geo
