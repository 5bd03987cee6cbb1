// wardwatch.v1.WardService.
#pragma once

#include "server/call_frame.h"
#include "wardwatch/v1/ward_service.grpc.pb.h"

namespace server {

class WardServiceImpl final : public wardwatch::v1::WardService::CallbackService {
 public:
  explicit WardServiceImpl(CallParts& parts) : parts_(parts) {}
  grpc::ServerUnaryReactor* CompareWards(grpc::CallbackServerContext* context, const wardwatch::v1::CompareWardsRequest* request,
                                         wardwatch::v1::CompareWardsResponse* response) override;

 private:
  CallParts& parts_;
};

}  // namespace server
