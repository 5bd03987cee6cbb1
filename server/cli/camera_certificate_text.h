// What stands beside every answer about cameras, as lines for the footer.
#pragma once

#include <string>
#include <vector>

#include "server/cli/context_footer.h"

namespace wardwatch::v1 {
class CameraCertificate;
class CameraNote;
class SiteLeftOut;
}  // namespace wardwatch::v1

namespace server {

// How good the choice is known to be, robustness, evidence by category, hours, privacy, precision, the next review, notes, and who may see it.
std::vector<LabelledLine> CertificateLines(const wardwatch::v1::CameraCertificate& certificate);
LabelledLine NoteLine(const wardwatch::v1::CameraNote& note);
LabelledLine LeftOutSiteLine(const wardwatch::v1::SiteLeftOut& left_out);

}  // namespace server
