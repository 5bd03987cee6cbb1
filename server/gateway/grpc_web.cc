#include "server/gateway/grpc_web.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/channel_arguments.h>
#include <grpcpp/support/client_callback.h>

#include <algorithm>
#include <cctype>
#include <charconv>

#include "server/gateway/base64.h"
#include "server/gateway/grpc_web_frames.h"
#include "server/http/problem.h"
#include "server/limits.h"

namespace server {
namespace {

constexpr std::string_view kBytesType = "application/grpc-web+proto", kTextType = "application/grpc-web-text+proto";

// How the frames travel, both ways: as they are, or in base64 for clients that cannot read bytes as they come.
enum class WebForm : std::uint8_t { kBytes, kText };

std::optional<WebForm> FormOf(std::string_view sent) {
  std::string lower(sent.substr(0, sent.find_first_of("; ")));
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  std::string_view content_type = lower;
  if (content_type.ends_with("+proto")) content_type.remove_suffix(6);
  if (content_type == "application/grpc-web") return WebForm::kBytes;
  if (content_type == "application/grpc-web-text") return WebForm::kText;
  return std::nullopt;
}

std::string Formed(std::string frames, WebForm form) { return form == WebForm::kText ? EncodedBase64(frames) : std::move(frames); }

http::Response Head(WebForm form) {
  http::Response head;
  head.content_type = form == WebForm::kText ? kTextType : kBytesType;
  head.cache_control = "no-store";
  return head;
}

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  if (!buffer.Dump(&slices).ok()) return {};
  std::string bytes;
  for (const grpc::Slice& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

std::string TrailersOf(const grpc::Status& status, const grpc::ClientContext& context) {
  std::string trailers = FormatTrailer("grpc-status", std::to_string(status.error_code()));
  if (!status.error_message().empty()) trailers += FormatTrailer("grpc-message", PercentEncodedMessage(status.error_message()));
  for (const auto& [name, value] : context.GetServerTrailingMetadata()) {
    const std::string_view key(name.data(), name.size());
    if (key == "retry-after-ms" || key.starts_with("wardwatch-")) trailers += FormatTrailer(key, {value.data(), value.size()});
  }
  return FramedTrailers(trailers);
}

// One call on its way through. Keeps itself alive from start() to OnDone.
class Relay final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>, public std::enable_shared_from_this<Relay> {
 public:
  Relay(std::shared_ptr<http::Exchange> exchange, std::function<void(int)> done, bool streaming, WebForm form)
      : exchange_(std::move(exchange)), done_(std::move(done)), streaming_(streaming), form_(form) {}

  void start(grpc::GenericStub& stub, const std::string& path, const std::string& message, std::optional<std::chrono::milliseconds> timeout) {
    self_ = shared_from_this();
    const grpc::Slice slice(message);
    request_ = grpc::ByteBuffer(&slice, 1);
    if (timeout) context_.set_deadline(std::chrono::system_clock::now() + *timeout);
    for (const auto& [name, value] : exchange_->request()->metadata) {
      if (name.starts_with("wardwatch-")) context_.AddMetadata(name, value);
    }
    exchange_->on_gone([weak = weak_from_this()] {
      if (const auto relay = weak.lock()) relay->context_.TryCancel();
    });
    stub.PrepareBidiStreamingCall(&context_, path, grpc::StubOptions(), this);
    AddHold();  // reads begin outside of these callbacks, when the client has taken the one before
    StartWriteLast(&request_, grpc::WriteOptions());
    StartRead(&response_);
    StartCall();
  }

  void OnReadDone(bool ok) override {
    if (!ok) return RemoveHold();
    std::string frame = FramedMessage(BytesOf(response_));
    response_.Clear();
    if (!streaming_) {
      whole_ += frame;
      return StartRead(&response_);
    }
    frame = Formed(std::move(frame), form_);
    if (begun_) return exchange_->write(std::move(frame), false, Next());
    begun_ = true;
    exchange_->begin(Head(form_), [self = shared_from_this(), frame = std::move(frame)](bool taken) mutable {
      taken ? self->exchange_->write(std::move(frame), false, self->Next()) : self->Next()(false);
    });
  }

  void OnDone(const grpc::Status& status) override {
    const std::string trailers = TrailersOf(status, context_);
    const auto taken = [done = std::move(done_)](bool) { done(200); };
    if (begun_) {
      exchange_->write(Formed(trailers, form_), true, taken);
    } else {
      http::Response response = Head(form_);
      response.body = http::MakeBytes(Formed(whole_ + trailers, form_));
      exchange_->reply(std::move(response), taken);
    }
    self_.reset();
  }

 private:
  http::Exchange::Taken Next() {
    return [self = shared_from_this()](bool taken) {
      if (!taken) self->context_.TryCancel();
      self->StartRead(&self->response_);
    };
  }

  const std::shared_ptr<http::Exchange> exchange_;
  std::function<void(int)> done_;
  const bool streaming_;
  const WebForm form_;
  grpc::ClientContext context_;
  grpc::ByteBuffer request_, response_;
  std::string whole_;
  bool begun_ = false;
  std::shared_ptr<Relay> self_;
};

http::Plan StatusOnly(WebForm form, grpc::StatusCode code, std::string_view message) {
  http::Plan plan;
  plan.method = "POST/grpc-web";
  http::Response response = Head(form);
  const std::string trailers = FormatTrailer("grpc-status", std::to_string(code)) + FormatTrailer("grpc-message", PercentEncodedMessage(message));
  response.body = http::MakeBytes(Formed(FramedTrailers(trailers), form));
  plan.now = std::move(response);
  return plan;
}

const google::protobuf::MethodDescriptor* MethodOf(const http::Target& target) {
  if (target.segments.size() != 2 || !target.parameters.empty()) return nullptr;
  return google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(target.segments[0] + "." + target.segments[1]);
}

}  // namespace

GrpcWeb::GrpcWeb(const std::string& address)
    : channel_([&] {
        grpc::ChannelArguments arguments;
        arguments.SetMaxReceiveMessageSize(limits::kResponseBytes);
        arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
        arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
        return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
      }()),
      stub_(channel_) {}

GrpcWeb::~GrpcWeb() = default;

bool GrpcWeb::Speaks(std::string_view content_type) { return FormOf(content_type).has_value(); }

std::string_view GrpcWeb::Spoken() { return "application/grpc-web+proto, application/grpc-web-text+proto"; }

bool GrpcWeb::Names(const http::Target& target) { return MethodOf(target) != nullptr; }

http::Plan GrpcWeb::plan(const std::shared_ptr<const http::Request>& request, const http::Admitted&) {
  const WebForm form = FormOf(request->content_type).value_or(WebForm::kBytes);
  const auto* method = MethodOf(request->target);
  if (method == nullptr || method->client_streaming()) return StatusOnly(form, grpc::StatusCode::UNIMPLEMENTED, "there is no such method here");
  const auto frames = form == WebForm::kText ? DecodedBase64(request->body) : std::optional(request->body);
  if (!frames) return StatusOnly(form, grpc::StatusCode::INVALID_ARGUMENT, "the body is not base64; send each piece with its padding");
  const auto message = OneMessage(*frames);
  if (!message) return StatusOnly(form, grpc::StatusCode::INVALID_ARGUMENT, "the body is not one uncompressed gRPC-Web message");
  std::optional<std::chrono::milliseconds> timeout;
  if (!request->grpc_timeout.empty()) {
    timeout = ParseGrpcTimeout(request->grpc_timeout);
    if (!timeout) return StatusOnly(form, grpc::StatusCode::INVALID_ARGUMENT, "grpc-timeout is malformed");
  }
  http::Plan plan;
  plan.method = "POST/grpc-web";
  plan.relay = [this, request, message = std::string(*message), timeout, form, streaming = method->server_streaming()](std::shared_ptr<http::Exchange> exchange,
                                                                                                                       std::function<void(int)> done) {
    const std::string path = fmt::format("/{}/{}", request->target.segments[0], request->target.segments[1]);
    std::make_shared<Relay>(std::move(exchange), std::move(done), streaming, form)->start(stub_, path, message, timeout);
  };
  return plan;
}

}  // namespace server
