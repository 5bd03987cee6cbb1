#include "geo/sources/duplicates.h"

#include <algorithm>
#include <cstddef>
#include <tuple>

namespace geo {
namespace {

struct Entry {
  RowDigest reference;
  RowDigest content;
  std::uint32_t file;
  std::uint32_t row;
  friend auto operator<=>(const Entry&, const Entry&) = default;
};

bool InFileOrder(const Entry& a, const Entry& b) { return std::tie(a.file, a.row) < std::tie(b.file, b.row); }

// [begin, end) share a reference and are sorted by content, then file and row.
void JudgeGroup(std::span<const Entry> group, RepeatedReference policy, Duplicates& out) {
  if (group.size() < 2) return;
  const Entry& first = *std::min_element(group.begin(), group.end(), InFileOrder);
  const bool conflict = group.front().content != group.back().content;
  std::int64_t left = 0;
  for (std::size_t i = 0; i < group.size(); ++i) {
    const bool copy = i > 0 && group[i].content == group[i - 1].content;
    if (copy) {
      out.dropped.push_back({group[i].file, group[i].row, "DUPLICATE_ROW", first.file, first.row});
    } else if (conflict && policy == RepeatedReference::kRefuse) {
      out.dropped.push_back({group[i].file, group[i].row, "CONFLICTING_REFERENCE", first.file, first.row});
    } else {
      ++left;
    }
  }
  if (left > 1) out.repeated_references += left;
}

}  // namespace

Duplicates FindDuplicates(std::span<const ParsedRows> files, RepeatedReference policy) {
  std::vector<Entry> entries;
  for (std::size_t file = 0; file < files.size(); ++file) {
    const ParsedRows& rows = files[file];
    for (std::size_t row = 0; row < rows.reference.size(); ++row) {
      if (rows.reference[row] == RowDigest{}) continue;
      entries.push_back({rows.reference[row], rows.content[row], static_cast<std::uint32_t>(file), static_cast<std::uint32_t>(row)});
    }
  }
  std::sort(entries.begin(), entries.end());
  Duplicates out;
  for (std::size_t begin = 0; begin < entries.size();) {
    std::size_t end = begin + 1;
    while (end < entries.size() && entries[end].reference == entries[begin].reference) ++end;
    JudgeGroup(std::span(entries).subspan(begin, end - begin), policy, out);
    begin = end;
  }
  std::sort(out.dropped.begin(), out.dropped.end(), [](const DroppedRow& a, const DroppedRow& b) { return std::tie(a.file, a.row) < std::tie(b.file, b.row); });
  return out;
}

}  // namespace geo
