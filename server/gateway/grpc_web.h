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

  // application/grpc-web, application/grpc-web-text (the same frames in base64), and +proto of both.
  static bool Speaks(std::string_view content_type);
  static std::string_view Spoken();
  // Whether the target is "/wardwatch.v1.Service/Method" of a method that there is.
  static bool Names(const http::Target& target);
  // POST /wardwatch.v1.Service/Method: a relay of the call; UNIMPLEMENTED for every other path.
  http::Plan plan(const std::shared_ptr<const http::Request>& request, const http::Admitted& admitted);

 private:
  const std::shared_ptr<grpc::Channel> channel_;
  grpc::GenericStub stub_;
};

}  // namespace server
