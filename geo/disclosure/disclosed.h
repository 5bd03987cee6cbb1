// Disclosed<T>: an answer that has passed disclosure control. Encoders take nothing else, so an answer that skipped it does not compile.
#pragma once

#include <string>
#include <utility>

namespace geo {

// Who may see what. Analysts see exact counts and rows within their purpose. Public and partner roles arrive with access control; until then every caller is
// an analyst on a loopback address.
enum class Role : unsigned char { kAnalyst };

template <class T>
class Disclosed {
 public:
  const T& value() const { return value_; }
  const std::string& rule() const { return rule_; }  // what was done, in words: "analyst: exact counts"

 private:
  template <class U>
  friend Disclosed<U> Disclose(U answer, Role role);
  Disclosed(T value, std::string rule) : value_(std::move(value)), rule_(std::move(rule)) {}
  T value_;
  std::string rule_;
};

// The sole maker of Disclosed<T>.
template <class T>
Disclosed<T> Disclose(T answer, Role role) {
  switch (role) {
    case Role::kAnalyst:
      return Disclosed<T>(std::move(answer), "analyst: exact counts");
  }
  __builtin_unreachable();
}

}  // namespace geo
