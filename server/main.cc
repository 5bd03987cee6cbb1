// wardwatchd: flags and configuration to options, store to snapshot, serve, exit code. The only reader of argv.
#include <signal.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "geo/io/edit_store.h"
#include "geo/io/store.h"
#include "server/limits.h"
#include "server/rpc/wardwatch_server.h"
#include "server/server_options.h"

namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;

struct Flags {
  std::string store, listen, config, http;
  int threads = 0;
  bool log_json = false;
};

int Complain(const geo::Error& error, int code) {
  const bool named = error.field.empty() || error.message.starts_with(error.field);
  std::fprintf(stderr, "wardwatchd: %s%s%s\n", named ? "" : error.field.c_str(), named ? "" : " ", error.message.c_str());
  return code;
}

// What the flags said; the file fills in the rest.
server::ConfigFile GivenBy(const CLI::App& app, const Flags& flags) {
  server::ConfigFile given;
  if (app.count("--store") > 0) given.store = flags.store;
  if (app.count("--listen") > 0) given.listen = flags.listen;
  if (app.count("--http") > 0) given.http = flags.http;
  if (app.count("--threads") > 0) given.threads = flags.threads;
  if (app.count("--log-json") > 0) given.log_json = flags.log_json;
  return given;
}

geo::Result<server::ServerOptions> ReadOptions(const server::ConfigFile& given, const std::string& config) {
  server::ConfigFile file;
  if (!config.empty()) {
    auto read = server::ReadConfig(config);
    if (!read) return geo::Fail(read.error());
    file = std::move(*read);
  }
  server::ServerOptions options = server::Merge(given, file);
  if (auto sound = server::CheckOptions(options); !sound) return geo::Fail(sound.error());
  return options;
}

// Where reloads report; null until the server has started. Shared, for the load outlives the frame that made it.
using LogOfReloads = std::shared_ptr<std::atomic<server::RequestLog*>>;

// Every load takes the configuration anew: a bad one refuses the reload rather than the next start, and another `store` is served.
server::SnapshotStore::Load LoadFrom(const server::ServerOptions& running, const server::ConfigFile& given, const std::string& config,
                                     const LogOfReloads& log) {
  const int threads = running.threads > 0 ? running.threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  return [running, given, config, log, threads]() -> geo::Result<std::shared_ptr<const geo::Snapshot>> {
    const auto told = ReadOptions(given, config);
    if (!told) return geo::Fail(told.error());
    std::string keys;
    for (const std::string& key : server::KeysForRestart(running, *told)) keys += (keys.empty() ? "" : ", ") + key;
    if (server::RequestLog* open = log->load(); open != nullptr && !keys.empty()) open->event("restart_needed", {{"keys", keys}}, true);
    auto stored = geo::ReadStore(told->store);
    if (!stored) return geo::Fail(stored.error());
    return geo::BuildSnapshot(std::move(*stored), threads);
  };
}

// Into the store that a reload would read. None where the server listens beyond this machine: it knows no callers apart yet.
server::StoreEdit EditOf(const server::ServerOptions& running, const server::ConfigFile& given, const std::string& config) {
  if (!server::IsLoopback(running.listen) || (!running.http.empty() && !server::IsLoopback(running.http))) return nullptr;
  return [given, config](const std::string& dataset, const geo::WorkstreamEdit& edit) -> geo::Result<void> {
    const auto told = ReadOptions(given, config);
    if (!told) return geo::Fail(told.error());
    return geo::EditWorkstream(told->store, dataset, edit);
  };
}

sigset_t ServerSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  return signals;
}

// Signals are waited for on a thread, not handled: nothing of ours runs inside a handler.
class SignalThread {
 public:
  explicit SignalThread(server::WardwatchServer& server) : server_(server), thread_([this] { Run(); }) {}
  ~SignalThread() {
    ending_ = true;
    pthread_kill(thread_.native_handle(), SIGHUP);
    thread_.join();
  }
  void wait_for_stop() { stop_.get_future().wait(); }

 private:
  void Run() {
    const sigset_t signals = ServerSignals();
    bool stopping = false;
    while (true) {
      int signal = 0;
      if (sigwait(&signals, &signal) != 0) continue;
      if (ending_) return;
      if (signal == SIGHUP) {
        server_.request_reload();
      } else if (!stopping) {
        stopping = true;
        stop_.set_value();
      } else {
        // The second one: at once. Nothing is lost but answers and an edit under way, which leaves the store as it was or as it is to be.
        server_.log().event("stopped", {{"cut_off", "at the second signal"}});
        server_.log().flush();
        std::_Exit(0);
      }
    }
  }

  server::WardwatchServer& server_;
  std::promise<void> stop_;
  std::atomic<bool> ending_{false};
  std::thread thread_;
};

int Serve(const server::ServerOptions& options, const server::ConfigFile& given, const std::string& config) {
  using server::RequestLog;
  const auto log = std::make_shared<std::atomic<RequestLog*>>(nullptr);
  const auto form = options.log_json ? RequestLog::Form::kJson : RequestLog::Form::kText;
  auto started = server::WardwatchServer::Start({options.listen,
                                                 options.threads,
                                                 0,
                                                 form,
                                                 LoadFrom(options, given, config, log),
                                                 {},
                                                 EditOf(options, given, config),
                                                 options.http,
                                                 options.public_url,
                                                 options.cors_origins,
                                                 options.allow_remote});
  if (!started) return Complain(started.error(), kFailed);
  server::WardwatchServer& wardwatch = **started;
  log->store(&wardwatch.log());
  const std::string host = options.listen.substr(0, options.listen.rfind(':'));
  std::printf("listening on %s:%d\n", host.c_str(), wardwatch.port());
  if (wardwatch.http_port() != 0) std::printf("http on %s:%d\n", options.http.substr(0, options.http.rfind(':')).c_str(), wardwatch.http_port());
  std::fflush(stdout);

  std::optional<SignalThread> signals(std::in_place, wardwatch);
  signals->wait_for_stop();
  wardwatch.drain(server::limits::kDrain);
  // A reload cannot be interrupted and has no effect any more; waiting for it would hold up the exit. An edit before it is whole in the store, or not at all.
  if (wardwatch.reloading()) std::_Exit(0);
  signals.reset();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("wardwatchd: answers questions about incidents, hotspots and wards over gRPC and HTTP, from a store that `wardwatch load` wrote.");
  Flags flags;
  app.add_option("--store", flags.store, "The store to serve")->type_name("FILE.gpkg");
  app.add_option("--listen", flags.listen, "Where to listen; port 0 takes any free one (default 127.0.0.1:50051)")->type_name("HOST:PORT");
  app.add_option("--http", flags.http, "Where the HTTP gateway listens (default: nowhere)")->type_name("HOST:PORT");
  app.add_option("--config", flags.config, "Configuration; flags win over it")->type_name("FILE.toml");
  app.add_option("--threads", flags.threads, "Workers (default: one per core)")->type_name("N")->check(CLI::Range(1, server::limits::kMaxThreads));
  app.add_flag("--log-json", flags.log_json, "One JSON object a line on stderr instead of key=value");
  app.set_version_flag("--version", WARDWATCH_VERSION);
  app.footer("SIGHUP reads the configuration and the store again; SIGTERM ends after the requests under way, a second one at once.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : kUsage;
  }
  // Before any thread is made, so that all of them inherit it.
  const sigset_t waited = ServerSignals();
  pthread_sigmask(SIG_BLOCK, &waited, nullptr);
  signal(SIGPIPE, SIG_IGN);
  const server::ConfigFile given = GivenBy(app, flags);
  const auto options = ReadOptions(given, flags.config);
  if (!options) return Complain(options.error(), kUsage);
  return Serve(*options, given, flags.config);
}
