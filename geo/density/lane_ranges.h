// Which points a tile of cells has near it. Included by lanes_*.cc alone, inside an anonymous namespace.
#pragma once

struct PointRange {
  std::uint32_t begin, end;
};

inline PointRange Within(const geo::GatherRow& row, std::ptrdiff_t first_bucket, std::ptrdiff_t end_bucket, PointRange of) {
  if (first_bucket < 0) first_bucket = 0;
  if (end_bucket > row.buckets) end_bucket = row.buckets;
  if (first_bucket >= end_bucket) return {of.begin, of.begin};
  PointRange range{row.begin[first_bucket], row.begin[end_bucket]};
  if (range.begin < of.begin) range.begin = of.begin;
  if (range.end > of.end) range.end = of.end;
  if (range.begin >= range.end) return {of.begin, of.begin};
  return range;
}

// The points of the buckets that are in reach of a tile, which begins at `column`, and of those that are in reach of it with all that is in them.
inline PointRange NearTile(const geo::GatherRow& row, std::ptrdiff_t column, std::ptrdiff_t wide, std::ptrdiff_t half, PointRange of) {
  if (half < 0) return {of.begin, of.begin};
  return Within(row, (column - half - row.west) >> row.shift, ((column + wide - 1 + half - row.west) >> row.shift) + 1, of);
}
inline PointRange WhollyNearTile(const geo::GatherRow& row, std::ptrdiff_t column, std::ptrdiff_t wide, std::ptrdiff_t whole, PointRange of) {
  const std::ptrdiff_t round_up = (std::ptrdiff_t{1} << row.shift) - 1;
  const std::ptrdiff_t first = (column + wide - 1 - whole - row.west + round_up) >> row.shift, end = (column + 1 + whole - row.west) >> row.shift;
  return first < end ? Within(row, first, end, of) : PointRange{of.begin, of.begin};
}
