// wardwatch.v1.AdminService.
#pragma once

#include "server/call_frame.h"
#include "server/runtime/reload_thread.h"
#include "wardwatch/v1/admin_service.grpc.pb.h"

namespace server {

class AdminServiceImpl final : public wardwatch::v1::AdminService::CallbackService {
 public:
  AdminServiceImpl(CallParts& parts, ReloadThread& reloads) : parts_(parts), reloads_(reloads) {}
  grpc::ServerUnaryReactor* Reload(grpc::CallbackServerContext* context, const wardwatch::v1::ReloadRequest* request,
                                   wardwatch::v1::ReloadResponse* response) override;
  grpc::ServerUnaryReactor* GetStatus(grpc::CallbackServerContext* context, const wardwatch::v1::GetStatusRequest* request,
                                      wardwatch::v1::GetStatusResponse* response) override;

 private:
  CallParts& parts_;
  ReloadThread& reloads_;
};

}  // namespace server
