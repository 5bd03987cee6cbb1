// HTTP by hand over a socket: tests send what no client library would.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace support {

struct RawResponse {
  int status = 0;                              // 0: none came
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;                            // chunks put together
  bool whole = false;                          // as long as it said it would be
  std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
  }
};

// A connection of one test.
class RawHttp {
 public:
  explicit RawHttp(int port, int receive_buffer = 0) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receive_buffer > 0) ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~RawHttp() { close(); }
  RawHttp(RawHttp&& other) noexcept : fd_(std::exchange(other.fd_, -1)), connected_(other.connected_), buffer_(std::move(other.buffer_)) {}
  RawHttp(const RawHttp&) = delete;
  RawHttp& operator=(const RawHttp&) = delete;
  RawHttp& operator=(RawHttp&& other) noexcept {
    close();
    fd_ = std::exchange(other.fd_, -1);
    connected_ = other.connected_;
    buffer_ = std::move(other.buffer_);
    return *this;
  }

  bool connected() const { return connected_; }
  int fd() const { return fd_; }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  // Whether the other side closes within the limit; what it sends meanwhile is kept.
  bool closed_within(std::chrono::milliseconds limit) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (std::chrono::steady_clock::now() < until) {
      if (const auto more = Fill(until); more && *more == 0) return true;
    }
    return false;
  }
  // Whether a byte of an answer comes within the limit; it is left to be read.
  bool begins(std::chrono::milliseconds limit) const {
    pollfd waited{fd_, POLLIN, 0};
    char byte = 0;
    return ::poll(&waited, 1, static_cast<int>(limit.count())) > 0 && ::recv(fd_, &byte, 1, MSG_PEEK) == 1;
  }
  // The next response; `head`: of a HEAD request, without a body.
  RawResponse read(std::chrono::milliseconds limit = std::chrono::seconds(10), bool head = false) {
    const auto until = std::chrono::steady_clock::now() + limit;
    RawResponse response;
    while (buffer_.find("\r\n\r\n") == std::string::npos) {
      const auto more = Fill(until);
      if (!more || *more == 0) return response;
    }
    ParseHead(response);
    if (response.status == 100) return read(limit, head);
    if (head || response.status == 204 || response.status == 304) {
      response.whole = true;
    } else if (response.header("transfer-encoding") == "chunked") {
      response.whole = ReadChunks(response, until);
    } else {
      const auto length = static_cast<std::size_t>(std::strtoull(response.header("content-length").c_str(), nullptr, 10));
      response.whole = FillTo(length, until);
      response.body = buffer_.substr(0, length);
      buffer_.erase(0, length);
    }
    return response;
  }
  RawResponse get(const std::string& target, const std::string& headers = "", const std::string& method = "GET") {
    send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    return read(std::chrono::seconds(20), method == "HEAD");
  }
  // Reads what is there, at most so many bytes.
  std::size_t take(std::size_t most) {
    std::string room(most, '\0');
    const auto got = ::recv(fd_, room.data(), most, MSG_DONTWAIT);
    return got > 0 ? static_cast<std::size_t>(got) : 0;
  }

 private:
  // Bytes read; 0 at the end; nullopt when the time is up.
  std::optional<std::size_t> Fill(std::chrono::steady_clock::time_point until) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
    pollfd waited{fd_, POLLIN, 0};
    if (left <= 0 || ::poll(&waited, 1, static_cast<int>(left)) <= 0) return std::nullopt;
    char room[65536];
    const auto got = ::recv(fd_, room, sizeof room, 0);
    if (got <= 0) return 0;
    buffer_.append(room, static_cast<std::size_t>(got));
    return static_cast<std::size_t>(got);
  }
  bool FillTo(std::size_t length, std::chrono::steady_clock::time_point until) {
    while (buffer_.size() < length) {
      const auto more = Fill(until);
      if (!more || *more == 0) return false;
    }
    return true;
  }
  void ParseHead(RawResponse& response) {
    const auto end = buffer_.find("\r\n\r\n");
    std::string_view head = std::string_view(buffer_).substr(0, end);
    response.status = std::atoi(std::string(head.substr(9, 3)).c_str());
    while (!head.empty()) {
      const auto line_end = std::min(head.find("\r\n"), head.size());
      const std::string_view line = head.substr(0, line_end);
      head.remove_prefix(std::min(line_end + 2, head.size()));
      const auto colon = line.find(": ");
      if (colon == std::string_view::npos) continue;
      std::string name(line.substr(0, colon));
      std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      response.headers[name] = std::string(line.substr(colon + 2));
    }
    buffer_.erase(0, end + 4);
  }
  bool ReadChunks(RawResponse& response, std::chrono::steady_clock::time_point until) {
    while (true) {
      while (buffer_.find("\r\n") == std::string::npos) {
        const auto more = Fill(until);
        if (!more || *more == 0) return false;
      }
      const auto line = buffer_.find("\r\n");
      const auto size = static_cast<std::size_t>(std::strtoull(buffer_.substr(0, line).c_str(), nullptr, 16));
      if (!FillTo(line + 2 + size + 2, until)) return false;
      response.body += buffer_.substr(line + 2, size);
      buffer_.erase(0, line + 2 + size + 2);
      if (size == 0) return true;
    }
  }

  int fd_ = -1;
  bool connected_ = false;
  std::string buffer_;
};

}  // namespace support
