#include "server/cli/interrupt.h"

#include <pthread.h>

#include <utility>

namespace server {
namespace {

constexpr int kWake = SIGUSR2;  // ends the watcher

bool Ignored(int signal) {
  struct sigaction current {};
  return sigaction(signal, nullptr, &current) == 0 && current.sa_handler == SIG_IGN;
}

}  // namespace

Interrupt::Interrupt(std::function<void()> act) {
  sigset_t watched;
  sigemptyset(&watched);
  sigaddset(&watched, kWake);
  for (const int signal : {SIGINT, SIGTERM}) {
    if (!Ignored(signal)) sigaddset(&watched, signal);
  }
  pthread_sigmask(SIG_BLOCK, &watched, &before_);
  watcher_ = std::thread([watched, act = std::move(act)] {
    for (int signal = 0; sigwait(&watched, &signal) == 0 && signal != kWake;) act();
  });
}

Interrupt::~Interrupt() {
  pthread_kill(watcher_.native_handle(), kWake);
  watcher_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace server
