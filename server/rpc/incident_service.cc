#include "server/rpc/incident_service.h"

#include "server/codec/incident_codec.h"
#include "server/stream_call.h"

namespace server {
namespace v1 = ::wardwatch::v1;

grpc::ServerWriteReactor<v1::ListIncidentsResponse>* IncidentServiceImpl::ListIncidents(grpc::CallbackServerContext* context,
                                                                                        const v1::ListIncidentsRequest* request) {
  const auto open = [](IncidentCall&& call, geo::Disclosed<IncidentListing>&& listing) { return IncidentChunks(std::move(call), std::move(listing)); };
  return RunStream<v1::ListIncidentsRequest, v1::ListIncidentsResponse>(parts_, context, "IncidentService.ListIncidents", request, live_, DecodeListIncidents,
                                                                        ComputeIncidents, open);
}

}  // namespace server
