#include "tests/service/child_server.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>

#include "geo/io/store.h"
#include "geo/types/check.h"

extern char** environ;

namespace service_test {

using Clock = std::chrono::steady_clock;

Scratch::Scratch() {
  std::string pattern = (std::filesystem::temp_directory_path() / "wardwatch-service-XXXXXX").string();
  WARDWATCH_CHECK(mkdtemp(pattern.data()) != nullptr, "no folder {}", pattern);
  path_ = pattern;
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void StoreAt(const std::filesystem::path& path, geo::StoredDataset dataset) {
  dataset.record.content_sha256 = geo::ContentDigest(dataset);
  const auto written = geo::WriteStore(path, {std::move(dataset)});
  WARDWATCH_CHECK(written.has_value(), "{}", written.error().message);
}

ChildServer::ChildServer(const std::vector<std::string>& arguments) {
  std::vector<std::string> texts{WARDWATCHD};
  texts.insert(texts.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& text : texts) argv.push_back(text.data());
  argv.push_back(nullptr);
  int pipes[2];
  WARDWATCH_CHECK(pipe2(pipes, O_CLOEXEC) == 0, "no pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pipes[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, (scratch_ / "log").c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
  WARDWATCH_CHECK(posix_spawn(&pid_, WARDWATCHD, &actions, nullptr, argv.data(), environ) == 0, "cannot start {}", WARDWATCHD);
  posix_spawn_file_actions_destroy(&actions);
  close(pipes[1]);
  ReadPort(pipes[0]);
  close(pipes[0]);
}

void ChildServer::ReadPort(int pipe) {
  std::string line;
  const auto limit = Clock::now() + std::chrono::seconds(60);
  while (Clock::now() < limit) {
    pollfd waited{pipe, POLLIN, 0};
    if (poll(&waited, 1, 100) <= 0) continue;
    char byte = 0;
    if (read(pipe, &byte, 1) != 1) return;  // it ended
    if (byte == '\n') break;
    line += byte;
  }
  if (line.starts_with("listening on ")) port_ = std::atoi(line.c_str() + line.rfind(':') + 1);
}

ChildServer::~ChildServer() {
  if (exit_) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

void ChildServer::signal(int number) const { kill(pid_, number); }

std::optional<int> ChildServer::wait(std::chrono::milliseconds limit) {
  const auto end = Clock::now() + limit;
  while (!exit_) {
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) == pid_) {
      exit_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    } else if (Clock::now() >= end) {
      return std::nullopt;
    } else {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }
  return exit_;
}

std::string ChildServer::log() const {
  std::ifstream file(scratch_ / "log", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace service_test
