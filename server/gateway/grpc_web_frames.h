// The bytes of gRPC-Web: messages and trailers in frames of one byte of flags and four of length.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace server {

std::string FramedMessage(std::string_view message);
// `lines` as FormatTrailer makes them.
std::string FramedTrailers(std::string_view lines);
// "name: value\r\n"; control characters of the value are left out.
std::string FormatTrailer(std::string_view name, std::string_view value);
// As grpc-message is sent: all but printable ASCII, and '%', as %XX.
std::string PercentEncodedMessage(std::string_view text);

// The one message that a body holds. None for compressed ones, which could unfold to any size, for more than one, for a length that is not the body's.
std::optional<std::string_view> OneMessage(std::string_view body);

// "10S", "500m": at most eight digits and a unit (H M S m u n). At least 1 ms, at most a day.
std::optional<std::chrono::milliseconds> ParseGrpcTimeout(std::string_view text);

}  // namespace server
