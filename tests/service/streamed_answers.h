// Streams read to their end, in the order that the contract promises.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/codec/answer_context.h"
#include "tests/service/running_server.h"

namespace service_test {

// Called for each progress, before the next piece is read.
using OnProgress = std::function<void(const v1::Progress&)>;

struct WatchedHotspots {
  std::vector<v1::Progress> progress;
  std::optional<v1::FindHotspotsResponse> answer;
  grpc::Status status;
};

inline WatchedHotspots Watch(Clients& clients, grpc::ClientContext& context, const v1::FindHotspotsRequest& question, const OnProgress& on_progress = {}) {
  v1::WatchHotspotsRequest request;
  *request.mutable_question() = question;
  const auto reader = clients.hotspots->WatchHotspots(&context, request);
  WatchedHotspots watched;
  v1::WatchHotspotsResponse piece;
  while (reader->Read(&piece)) {
    EXPECT_FALSE(watched.answer.has_value()) << "a piece after the answer";
    if (piece.has_answer()) watched.answer = piece.answer();
    if (!piece.has_progress()) continue;
    watched.progress.push_back(piece.progress());
    if (on_progress) on_progress(piece.progress());
  }
  watched.status = reader->Finish();
  return watched;
}

struct StreamedSurface {
  std::vector<v1::Progress> progress;
  v1::SurfaceHeader header;
  std::vector<double> values;
  std::vector<bool> shown;
  std::optional<v1::AnswerContext> context;
  std::string hash;   // of the pieces read, made anew
  std::string bytes;  // of all pieces but progress
  grpc::Status status;
};

inline StreamedSurface ReadSurface(Clients& clients, grpc::ClientContext& context, const v1::ComputeSurfaceRequest& request,
                                   const OnProgress& on_progress = {}) {
  const auto reader = clients.hotspots->ComputeSurface(&context, request);
  StreamedSurface surface;
  geo::Sha256 hash;
  bool begun = false;
  v1::ComputeSurfaceResponse piece;
  while (reader->Read(&piece)) {
    EXPECT_FALSE(surface.context.has_value()) << "a piece after the context";
    if (piece.has_progress()) {
      EXPECT_FALSE(begun) << "progress after the header";
      surface.progress.push_back(piece.progress());
      if (on_progress) on_progress(piece.progress());
      continue;
    }
    surface.bytes += server::DeterministicBytes(piece);
    if (piece.has_header()) {
      EXPECT_FALSE(begun) << "a second header";
      surface.header = piece.header();
      begun = true;
    }
    if (piece.has_rows()) {
      EXPECT_EQ(static_cast<std::size_t>(piece.rows().first_row()) * static_cast<std::size_t>(surface.header.columns()), surface.values.size());
      for (int i = 0; i < piece.rows().values_size(); ++i) {
        surface.values.push_back(piece.rows().values(i));
        const std::string& bits = piece.rows().shown();
        surface.shown.push_back(bits.empty() || (static_cast<unsigned char>(bits[static_cast<std::size_t>(i) / 8]) >> (i % 8) & 1) != 0);
      }
    }
    if (piece.has_context()) {
      surface.context = piece.context();
      piece.mutable_context()->clear_answer_hash();
    }
    hash.update(server::DeterministicBytes(piece));
  }
  surface.hash = hash.hex();
  surface.status = reader->Finish();
  return surface;
}

}  // namespace service_test
