// wardwatch.v1.IncidentService.
#pragma once

#include <atomic>

#include "server/call_frame.h"
#include "wardwatch/v1/incident_service.grpc.pb.h"

namespace server {

class IncidentServiceImpl final : public wardwatch::v1::IncidentService::CallbackService {
 public:
  explicit IncidentServiceImpl(CallParts& parts) : parts_(parts) {}
  grpc::ServerWriteReactor<wardwatch::v1::ListIncidentsResponse>* ListIncidents(grpc::CallbackServerContext* context,
                                                                                const wardwatch::v1::ListIncidentsRequest* request) override;

 private:
  CallParts& parts_;
  std::atomic<int> live_{0};
};

}  // namespace server
