// gRPC-Web: browsers call the same services, over this listener, through a channel to the gRPC server's own port.
#pragma once

#include <grpcpp/generic/generic_stub.h>

#include <memory>
#include <string>
#include <string_view>

#include "server/http/application.h"

namespace server {

// Thread-safe.
class GrpcWeb {
 public:
  // `address` of a server that has started, and outlives this: HOST:PORT.
  explicit GrpcWeb(const std::string& address);
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
