// Where the next page begins: opaque to clients, bound to the request and to the snapshot.
#pragma once

#include <cstddef>
#include <string>

#include "geo/types/result.h"
#include "server/codec/answer_context.h"

namespace server {

struct PageTicket {
  std::string request_digest;
  std::string snapshot;
};

struct PageWindow {
  std::size_t offset = 0;
  std::size_t size = 0;
  PageTicket ticket;
};

// The checksum in a token finds damage and mix-ups; it is not a secret. A forged token reaches nothing that the same caller could not ask for with a larger
// page, and without a key of the process the same question gives the same bytes from every server and tokens survive a restart.
std::string FormatPageToken(const PageTicket& ticket, std::size_t offset);
// Empty is the first page. Errors: kInvalidArgument BAD_PAGE_TOKEN, TOKEN_OF_ANOTHER_REQUEST; kFailedPrecondition SNAPSHOT_CHANGED.
geo::Result<std::size_t> ParsePageToken(const std::string& token, const PageTicket& ticket);

// 0 is `otherwise`; more than `most` is clamped. Error: kInvalidArgument when negative.
geo::Result<std::size_t> DecodePageSize(std::int32_t sent, int otherwise, int most);

// The digest covers everything that decides the answer: not the page and not the purpose.
template <class Request>
std::string RequestDigest(Request request) {
  request.clear_page_token();
  request.clear_page_size();
  if constexpr (requires { request.clear_caller(); }) request.clear_caller();
  return geo::Sha256Hex(request.GetTypeName() + '\n' + DeterministicBytes(request)).substr(0, 32);
}

template <class Request>
geo::Result<PageWindow> DecodePage(const Request& request, const std::string& snapshot, int otherwise, int most) {
  PageWindow page;
  const auto size = DecodePageSize(request.page_size(), otherwise, most);
  if (!size) return geo::Fail(size.error());
  page.size = *size;
  page.ticket = {RequestDigest(request), snapshot};
  const auto offset = ParsePageToken(request.page_token(), page.ticket);
  if (!offset) return geo::Fail(offset.error());
  page.offset = *offset;
  return page;
}

}  // namespace server
