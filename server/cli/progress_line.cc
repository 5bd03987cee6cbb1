#include "server/cli/progress_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "server/cli/text_width.h"
#include "wardwatch/v1/hotspot_service.pb.h"

namespace server {

void ProgressLine::show(const wardwatch::v1::Progress& progress) {
  if (!write_) return;
  const double share = std::isfinite(progress.share()) ? std::clamp(progress.share(), 0.0, 1.0) : 0;
  std::string line = fmt::format("wardwatch: {} {:.0f} %", CutToWidth(Printable(progress.stage()), 40, ""), std::floor(100 * share));
  if (progress.has_value() && progress.has_bound()) line += fmt::format(", {:.1f} so far of at most {:.1f}", progress.value(), progress.bound());
  if (line == shown_) return;
  shown_ = std::move(line);
  write_("\r\x1b[K" + shown_);
}

void ProgressLine::clear() {
  if (shown_.empty()) return;
  shown_.clear();
  write_("\r\x1b[K");
}

}  // namespace server
