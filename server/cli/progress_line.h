// One line on a terminal that says how far long work is, and goes when it is done.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace wardwatch::v1 {
class Progress;
}  // namespace wardwatch::v1

namespace server {

class ProgressLine {
 public:
  using Write = std::function<void(std::string_view)>;
  // Without a `write` nothing is ever shown: standard error is no terminal.
  explicit ProgressLine(Write write) : write_(std::move(write)) {}
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const wardwatch::v1::Progress& progress);
  // Takes the line away, so that something else can be written.
  void clear();

 private:
  Write write_;
  std::string shown_;
};

}  // namespace server
