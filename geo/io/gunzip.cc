#include "geo/io/gunzip.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <new>

namespace geo {
namespace {

class Inflater {
 public:
  // 16 + MAX_WBITS: gzip framing only, no raw or zlib streams.
  Inflater() { ready_ = inflateInit2(&stream_, 16 + MAX_WBITS) == Z_OK; }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() {
    if (ready_) inflateEnd(&stream_);
  }
  bool ready() const { return ready_; }
  z_stream& stream() { return stream_; }

 private:
  z_stream stream_{};
  bool ready_ = false;
};

Error Refused(const std::string& name, const char* reason, std::string what) {
  return {ErrorCode::kInvalidArgument, name, reason, fmt::format("{} {}", name, what)};
}

constexpr std::size_t kMaxStep = 1u << 30;  // zlib counts in unsigned int

}  // namespace

bool IsGzip(std::string_view bytes) { return bytes.size() >= 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b'; }

Result<std::string> Gunzip(std::string_view bytes, const std::string& name, std::int64_t limit_bytes) {
  if (!IsGzip(bytes)) return Fail(Refused(name, "NOT_GZIP", "ends in .gz but is not gzip"));
  const auto allowed = static_cast<std::size_t>(std::min(limit_bytes, std::max<std::int64_t>(kFreeBytes, static_cast<std::int64_t>(bytes.size()) * kMaxRatio)));
  Inflater inflater;
  if (!inflater.ready()) return Fail(Error{ErrorCode::kInternal, name, "ZLIB", "zlib cannot start"});
  z_stream& stream = inflater.stream();
  try {
    std::string text;
    std::size_t used = 0, filled = 0;
    text.resize(std::min(allowed + 1, bytes.size() * 6 + 4096));
    while (true) {
      if (filled == text.size()) {
        if (filled > allowed) {
          return Fail(Refused(name, "UNPACKS_TOO_LARGE",
                              fmt::format("unpacks to more than {} bytes, from {}; unpack it first if it is genuine", allowed, bytes.size())));
        }
        text.resize(std::min(allowed + 1, text.size() * 2));
      }
      const std::size_t in_step = std::min(bytes.size() - used, kMaxStep);
      const std::size_t out_step = std::min(text.size() - filled, kMaxStep);
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + used));  // zlib reads only; its C signature lacks the const
      stream.avail_in = static_cast<uInt>(in_step);
      stream.next_out = reinterpret_cast<Bytef*>(text.data() + filled);
      stream.avail_out = static_cast<uInt>(out_step);
      const int status = inflate(&stream, Z_NO_FLUSH);
      used += in_step - stream.avail_in;
      filled += out_step - stream.avail_out;
      if (status == Z_STREAM_END) {
        if (used == bytes.size()) break;
        if (!IsGzip(bytes.substr(used))) return Fail(Refused(name, "BAD_GZIP", fmt::format("has {} bytes after its end", bytes.size() - used)));
        inflateReset(&stream);
      } else if (status == Z_BUF_ERROR || (status == Z_OK && used == bytes.size() && stream.avail_out != 0)) {
        return Fail(Refused(name, "CUT_FILE", "is cut: the gzip data ends too early"));
      } else if (status != Z_OK) {
        return Fail(Refused(name, "BAD_GZIP", fmt::format("is damaged: {}", stream.msg != nullptr ? stream.msg : "bad gzip data")));
      }
    }
    text.resize(filled);
    if (filled > allowed) return Fail(Refused(name, "UNPACKS_TOO_LARGE", fmt::format("unpacks to {} bytes; the limit is {}", filled, allowed)));
    return text;
  } catch (const std::bad_alloc&) {
    return Fail(Error{ErrorCode::kResourceExhausted, name, "OUT_OF_MEMORY", fmt::format("no memory to unpack {}", name)});
  }
}

}  // namespace geo
