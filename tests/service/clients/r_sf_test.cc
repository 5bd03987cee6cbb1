// R's sf against the gateway. Skipped where R or sf is not there.
#include <sys/wait.h>

#include <cstdlib>

#include "tests/service/running_gateway.h"
#include "tests/support/paths.h"

namespace service_test {
namespace {

TEST(RClient, ReadsCollectionsAndFilesWithSf) {
  if (std::system("Rscript --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "Rscript is not there (Debian: r-base-core, r-cran-sf)";
  const RunningGateway gateway;
  const int status =
      std::system(fmt::format("Rscript '{}/tests/service/clients/sf_layers.R' http://127.0.0.1:{} town 2>&1", WARDWATCH_REPOSITORY, gateway.server->http_port()).c_str());
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "sf is not there (Debian: r-cran-sf)";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace service_test
