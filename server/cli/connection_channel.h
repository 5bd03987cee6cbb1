// The stubs of a connection and how it calls them: for the connection's own files alone.
#pragma once

#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

#include "server/cli/connection.h"
#include "wardwatch/v1/admin_service.grpc.pb.h"
#include "wardwatch/v1/dataset_service.grpc.pb.h"
#include "wardwatch/v1/hotspot_service.grpc.pb.h"
#include "wardwatch/v1/incident_service.grpc.pb.h"
#include "wardwatch/v1/placement_service.grpc.pb.h"
#include "wardwatch/v1/planning_service.grpc.pb.h"
#include "wardwatch/v1/ward_service.grpc.pb.h"

namespace server {

// After how long the server asks to be called again; nothing where it does not ask.
std::optional<std::chrono::milliseconds> RetryAfter(const grpc::ClientContext& context);

struct Connection::Channel {
  std::string server;
  std::chrono::milliseconds timeout;
  std::shared_ptr<grpc::Channel> grpc;
  std::unique_ptr<wardwatch::v1::AdminService::Stub> admin;
  std::unique_ptr<wardwatch::v1::DatasetService::Stub> datasets;
  std::unique_ptr<wardwatch::v1::HotspotService::Stub> hotspots;
  std::unique_ptr<wardwatch::v1::IncidentService::Stub> incidents;
  std::unique_ptr<wardwatch::v1::WardService::Stub> wards;
  std::unique_ptr<wardwatch::v1::PlanningService::Stub> planning;
  std::unique_ptr<wardwatch::v1::PlacementService::Stub> placement;
  static constexpr bool kNothing = false;
  bool answered = false;  // this server answered before: a later silence is a deadline, not a wrong address
  std::mutex mutex;       // of the three below
  std::condition_variable stopped;
  bool interrupted = false;
  grpc::ClientContext* under_way = nullptr;

  geo::Error error_of(const grpc::Status& status, const grpc::ClientContext& context) const;

  static geo::Error Interrupted() { return {geo::ErrorCode::kCancelled, "", kInterrupted, "stopped"}; }

  // Notes the call under way, or that none is. False once interrupted.
  bool enter(grpc::ClientContext* context) {
    const std::lock_guard lock(mutex);
    under_way = interrupted ? nullptr : context;
    return !interrupted;
  }

  // `attempt` makes the call with the context it is given. It is made again once, if the server says after what time and nothing was handed over yet.
  template <class Attempt>
  geo::Result<void> call(const Attempt& attempt, const bool& handed_over = kNothing) {
    for (bool last = false;; last = true) {
      grpc::ClientContext context;
      context.set_deadline(std::chrono::system_clock::now() + timeout);
      if (!enter(&context)) return geo::Fail(Interrupted());
      const grpc::Status status = attempt(context);
      if (!enter(nullptr)) return geo::Fail(Interrupted());
      if (status.ok()) {
        answered = true;
        return {};
      }
      const auto wait = RetryAfter(context);
      const bool again = !last && !handed_over && status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED && wait && *wait <= timeout;
      if (!again) return geo::Fail(error_of(status, context));
      std::unique_lock lock(mutex);
      stopped.wait_for(lock, *wait, [this] { return interrupted; });
    }
  }

  // A stream of pieces; an Error from `take` ends it and is returned.
  template <class Piece, class Open, class Take>
  geo::Result<void> stream(const Open& open, const Take& take) {
    geo::Result<void> taken;
    bool handed_over = false;
    auto called = call(
        [&](grpc::ClientContext& context) {
          const auto reader = open(&context);
          Piece piece;
          while (taken && reader->Read(&piece)) {
            handed_over = true;
            taken = take(piece);
            if (!taken) context.TryCancel();
          }
          return reader->Finish();
        },
        handed_over);
    return taken ? called : taken;
  }

  // A stream of progress and, last, one answer. Error: kInternal BAD_STREAM for one that ends without it.
  template <class Piece, class Answer, class Open>
  geo::Result<Answer> watch(const Open& open, Answer* (Piece::*part)(), bool (Piece::*has)() const, const TakeProgress& progress) {
    std::optional<Answer> answer;
    auto watched = stream<Piece>(open, [&](Piece& piece) -> geo::Result<void> {
      if (piece.has_progress() && progress) progress(piece.progress());
      if ((piece.*has)()) answer = std::move(*(piece.*part)());
      return {};
    });
    if (!watched) return geo::Fail(watched.error());
    if (!answer) return geo::Fail({geo::ErrorCode::kInternal, "", "BAD_STREAM", "the server ended the stream without an answer"});
    return std::move(*answer);
  }

  template <class Response, class Stub, class Request>
  geo::Result<Response> unary(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*), const Request& request) {
    Response response;
    auto called = call([&](grpc::ClientContext& context) { return (stub.*method)(&context, request, &response); });
    if (!called) return geo::Fail(called.error());
    return response;
  }

  // Follows next_page_token and appends `items` of each page to those of the first.
  template <class Response, class Stub, class Request, class Items>
  geo::Result<Response> pages(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*), Request& request, const Items& items) {
    return more_pages(unary(stub, method, request), stub, method, request, items);
  }

  // The same from a first page on that is already here.
  template <class Response, class Stub, class Request, class Items>
  geo::Result<Response> more_pages(geo::Result<Response> whole, Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                   Request& request, const Items& items) {
    while (whole && !whole->next_page_token().empty()) {
      request.set_page_token(whole->next_page_token());
      auto page = unary(stub, method, request);
      if (!page) return geo::Fail(page.error());
      if (page->next_page_token() == request.page_token()) {
        return geo::Fail({geo::ErrorCode::kInternal, "page_token", "PAGES_DO_NOT_END", "the server sent the same page token twice"});
      }
      items(*whole)->MergeFrom(*items(*page));
      whole->set_next_page_token(page->next_page_token());
    }
    return whole;
  }
};

}  // namespace server
