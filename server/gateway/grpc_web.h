// gRPC-Web: browsers call the same services, over this listener, through a channel inside the process.
#pragma once

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/server.h>

#include <memory>
#include <string>
#include <string_view>

#include "server/http/application.h"

namespace server {

// Thread-safe.
class GrpcWeb {
 public:
  // Of a server that has started, and outlives this.
  explicit GrpcWeb(grpc::Server& server);
  ~GrpcWeb();

  // application/grpc-web, +proto, and -text of both.
  static bool Speaks(std::string_view content_type);
  // POST /wardwatch.v1.Service/Method: a relay of the call. Every other path is a 404.
  http::Plan plan(const std::shared_ptr<const http::Request>& request, const http::Admitted& admitted);

 private:
  const std::shared_ptr<grpc::Channel> channel_;
  grpc::GenericStub stub_;
};

}  // namespace server
