#include "server/http/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>

#include "geo/types/check.h"

namespace server::http {
namespace {

// Level 5: within 3 % of level 9's size on GeoJSON at a third of its time.
constexpr int kLevel = 5;
constexpr int kGzipWindow = 15 + 16;

class Deflate {
 public:
  Deflate() { WARDWATCH_CHECK(deflateInit2(&stream_, kLevel, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) == Z_OK, "zlib cannot begin"); }
  ~Deflate() { deflateEnd(&stream_); }
  Deflate(const Deflate&) = delete;
  Deflate& operator=(const Deflate&) = delete;

  void add(std::string_view text, bool last, std::string& out) {
    std::array<char, 16384> room;
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream_.avail_in = static_cast<uInt>(text.size());
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(room.data());
      stream_.avail_out = static_cast<uInt>(room.size());
      deflate(&stream_, last ? Z_FINISH : Z_NO_FLUSH);
      out.append(room.data(), room.size() - stream_.avail_out);
    } while (stream_.avail_out == 0);
  }

 private:
  z_stream stream_{};
};

class Compressed final : public BodySource {
 public:
  explicit Compressed(std::unique_ptr<BodySource> source) : source_(std::move(source)) {}
  geo::Result<bool> next(std::string& piece, const geo::StopSignal& stop) override {
    plain_.clear();
    const auto more = source_->next(plain_, stop);
    if (!more) return geo::Fail(more.error());
    deflate_.add(plain_, !*more, piece);
    return more;
  }

 private:
  std::unique_ptr<BodySource> source_;
  Deflate deflate_;
  std::string plain_;
};

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string Gzipped(std::string_view text) {
  std::string out;
  Deflate().add(text, true, out);
  return out;
}

bool TakesGzip(std::string_view accept) {
  bool any = false;
  while (!accept.empty()) {
    const std::string_view part = accept.substr(0, accept.find(','));
    accept.remove_prefix(std::min(part.size() + 1, accept.size()));
    std::string coding(Trimmed(part.substr(0, part.find(';'))));
    std::transform(coding.begin(), coding.end(), coding.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto weight = part.find("q=");
    const bool refused = weight != std::string_view::npos && std::strtod(std::string(part.substr(weight + 2)).c_str(), nullptr) <= 0;
    if (coding == "gzip" || coding == "x-gzip") return !refused;
    if (coding == "*") any = !refused;
  }
  return any;
}

std::unique_ptr<BodySource> GzippedSource(std::unique_ptr<BodySource> source) { return std::make_unique<Compressed>(std::move(source)); }

}  // namespace server::http
