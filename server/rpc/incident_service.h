// wardwatch.v1.IncidentService.
#pragma once

#include "server/stream_call.h"
#include "wardwatch/v1/incident_service.grpc.pb.h"

namespace server {

class IncidentServiceImpl final : public wardwatch::v1::IncidentService::CallbackService {
 public:
  explicit IncidentServiceImpl(CallParts& parts) : parts_(parts) {}
  grpc::ServerWriteReactor<wardwatch::v1::ListIncidentsResponse>* ListIncidents(grpc::CallbackServerContext* context,
                                                                                const wardwatch::v1::ListIncidentsRequest* request) override;

 private:
  CallParts& parts_;
  LiveStreams live_{limits::kLiveStreams};
};

}  // namespace server
