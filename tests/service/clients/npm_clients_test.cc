// Clients from npm against the gateway: @mapbox/vector-tile, MapLibre's style validator, connect-web, Spectral. Skipped where npm or its registry is not there.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>

#include "tests/service/running_gateway.h"
#include "tests/support/paths.h"
#include "tests/support/scratch_folder.h"
#include "wardwatch/v1/layer_service.pb.h"

namespace service_test {
namespace {

// A file after those that it imports.
void Add(const google::protobuf::FileDescriptor& file, std::set<std::string>& added, google::protobuf::FileDescriptorSet& out) {
  if (!added.insert(file.name()).second) return;
  for (int i = 0; i < file.dependency_count(); ++i) Add(*file.dependency(i), added, out);
  file.CopyTo(out.add_file());
}

TEST(NpmClients, ReadTilesStylesAndServices) {
  const RunningGateway gateway;
  const support::ScratchFolder folder;
  const auto path = folder.path() / "descriptors.bin";
  google::protobuf::FileDescriptorSet files;
  std::set<std::string> added;
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  for (const char* name : {"dataset", "hotspot", "incident", "layer", "ward"}) {
    Add(*pool->FindFileByName(fmt::format("wardwatch/v1/{}_service.proto", name)), added, files);
  }
  std::ofstream(path, std::ios::binary) << files.SerializeAsString();
  const int status = std::system(
      fmt::format("'{}/tests/service/clients/npm/run' http://127.0.0.1:{} '{}' town 2>&1", WARDWATCH_REPOSITORY, gateway.server->http_port(), path.string())
          .c_str());
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "npm, or its registry, is not there";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace service_test
