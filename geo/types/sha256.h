// SHA-256 (FIPS 180-4) through libcrypto: digests of files, datasets and answers.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace geo {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void update(std::string_view bytes);
  std::string hex();  // 64 lower-case digits; the object is spent after this

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

std::string Sha256Hex(std::string_view bytes);

}  // namespace geo
