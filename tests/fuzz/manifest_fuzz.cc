// Any bytes as a manifest. File names are looked up in a folder that is not there, so that no input can find a file.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "geo/sources/manifest.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto manifest = geo::ParseManifest(text, "no-such-folder");
  // Every manifest names a file.
  if (manifest || manifest.error().reason.empty() || manifest.error().message.empty()) std::abort();
  return 0;
}
