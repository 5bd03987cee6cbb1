// QGIS without a screen against the gateway. Skipped where PyQGIS is not there: Debian's python3-qgis brings 160 packages, too many for a list that every
// machine installs.
#include <sys/wait.h>

#include <cstdlib>

#include "tests/service/running_gateway.h"
#include "tests/support/paths.h"

namespace service_test {
namespace {

TEST(QgisClient, OpensFeaturesTilesPicturesAndFiles) {
  const RunningGateway gateway;
  const int status = std::system(
      fmt::format("for python in python3 /usr/bin/python3; do $python -c 'import qgis.core' 2>/dev/null && "
                  "exec $python -B '{}/tests/service/clients/qgis_layers.py' http://127.0.0.1:{} town 2>&1; done; exit 77",
                  WARDWATCH_REPOSITORY, gateway.server->http_port())
          .c_str());
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "PyQGIS is not there (Debian: python3-qgis)";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace service_test
