// Files opened once, and gzip within bounds.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "geo/io/content_kind.h"
#include "geo/io/gdal_session.h"
#include "geo/io/gunzip.h"
#include "geo/io/regular_file.h"
#include "geo/types/sha256.h"
#include "tests/support/scratch_folder.h"

namespace {

constexpr std::int64_t kLimit = std::int64_t{1} << 30;

std::string Gzip(const std::string& text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  std::string in = text;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string Varied(std::size_t bytes) {
  std::string text;
  for (std::uint32_t i = 0, x = 1; i < bytes; ++i) {
    x = x * 1664525 + 1013904223;
    text += static_cast<char>('a' + (x >> 24) % 26);
  }
  return text;
}

TEST(Gunzip, UnpacksOneMemberAndSeveral) {
  const std::string text = Varied(300'000);
  EXPECT_EQ(geo::Gunzip(Gzip(text), "x.gz", kLimit).value(), text);
  EXPECT_EQ(geo::Gunzip(Gzip(text) + Gzip("tail"), "x.gz", kLimit).value(), text + "tail");
  EXPECT_EQ(geo::Gunzip(Gzip(""), "x.gz", kLimit).value(), "");
}

TEST(Gunzip, CutAtAnyByteIsRefused) {
  const std::string packed = Gzip(Varied(2000));
  for (std::size_t size = 2; size < packed.size(); ++size) {
    const auto cut = geo::Gunzip(packed.substr(0, size), "x.gz", kLimit);
    ASSERT_FALSE(cut) << size;
    EXPECT_EQ(cut.error().reason, "CUT_FILE") << size;
  }
}

TEST(Gunzip, DamageAndTrailingBytesAreRefused) {
  const std::string packed = Gzip(Varied(2000));
  EXPECT_EQ(geo::Gunzip(packed + "more", "x.gz", kLimit).error().reason, "BAD_GZIP");
  std::string spoilt = packed;
  spoilt[packed.size() - 6] = static_cast<char>(spoilt[packed.size() - 6] ^ 1);  // of the checksum
  EXPECT_EQ(geo::Gunzip(spoilt, "x.gz", kLimit).error().reason, "BAD_GZIP");
  EXPECT_EQ(geo::Gunzip("plain text", "x.gz", kLimit).error().reason, "NOT_GZIP");
}

TEST(Gunzip, F17_BombsAreRefusedByRatioAndBySize) {
  const std::string bomb = Gzip(std::string(64 << 20, 'x'));
  ASSERT_LT(bomb.size(), 100'000u);
  EXPECT_EQ(geo::Gunzip(bomb, "x.gz", kLimit).error().reason, "UNPACKS_TOO_LARGE");
  EXPECT_EQ(geo::Gunzip(Gzip(Varied(5000)), "x.gz", 4999).error().reason, "UNPACKS_TOO_LARGE");
  EXPECT_TRUE(geo::Gunzip(Gzip(Varied(5000)), "x.gz", 5000));
  // Small and very regular, as test data is.
  EXPECT_TRUE(geo::Gunzip(Gzip(std::string(4 << 20, 'x')), "x.gz", kLimit));
}

TEST(RegularFile, ReadsAndDigests) {
  const support::ScratchFolder folder;
  const auto read = geo::ReadRegularFile(folder.write("a", "abc"), "a", kLimit);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->bytes, "abc");
  EXPECT_EQ(read->sha256, geo::Sha256Hex("abc"));
}

TEST(RegularFile, F20_AnythingElseIsRefused) {
  const support::ScratchFolder folder;
  const auto reason = [](const std::filesystem::path& path, std::int64_t limit = kLimit) {
    const auto read = geo::ReadRegularFile(path, "a", limit);
    return read ? std::string("read") : read.error().reason;
  };
  const auto file = folder.write("file", "abc");
  EXPECT_EQ(reason(file), "read");
  EXPECT_EQ(reason(file, 2), "FILE_TOO_LARGE");
  EXPECT_EQ(reason(folder.path() / "none"), "NO_SUCH_FILE");
  EXPECT_EQ(reason(folder.path()), "NOT_A_REGULAR_FILE");
  EXPECT_EQ(reason("/dev/null"), "NOT_A_REGULAR_FILE");
  EXPECT_EQ(reason(folder.write("empty", "")), "EMPTY_FILE");
  std::filesystem::create_symlink(file, folder.path() / "link");
  EXPECT_EQ(reason(folder.path() / "link"), "NOT_A_REGULAR_FILE");
  ASSERT_EQ(mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(reason(folder.path() / "pipe"), "NOT_A_REGULAR_FILE");
}

TEST(RegularFile, F20_AFileThatChangesMeanwhileIsNeverHalfBelieved) {
  const support::ScratchFolder folder;
  const auto path = folder.write("file", std::string(8 << 20, 'a'));
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    for (char c = 'b'; !stop; c = c == 'y' ? 'b' : static_cast<char>(c + 1)) {
      const int fd = open(path.c_str(), O_WRONLY);
      const std::string block(1 << 20, c);
      for (int i = 0; i < 8; ++i) {
        if (write(fd, block.data(), block.size()) < 0) break;
      }
      close(fd);
    }
  });
  int refused = 0;
  for (int i = 0; i < 50; ++i) {
    const auto read = geo::ReadRegularFile(path, "file", kLimit);
    if (!read) {
      EXPECT_EQ(read.error().reason, "FILE_CHANGED");
      ++refused;
    } else {
      EXPECT_EQ(read->sha256, geo::Sha256Hex(read->bytes)) << "what is digested is what is parsed";
    }
  }
  stop = true;
  writer.join();
  EXPECT_GT(refused, 0);
}

TEST(ContentKind, IsToldByTheFirstBytes) {
  using geo::ContentKind;
  EXPECT_EQ(geo::SniffContent("\xEF\xBB\xBF \n{\"type\":1}"), ContentKind::kJsonObject);
  EXPECT_EQ(geo::SniffContent("Crime ID,Month\n"), ContentKind::kUnknown);
  EXPECT_EQ(geo::SniffContent("  <ogrvrtdatasource>"), ContentKind::kVirtualDataset);
  EXPECT_EQ(geo::SniffContent("<gml/>"), ContentKind::kXml);
  EXPECT_EQ(geo::SniffContent(std::string("SQLite format 3\0", 16)), ContentKind::kSqlite);
  EXPECT_EQ(geo::SniffContent("BZh,is,a,column\n"), ContentKind::kUnknown);
  EXPECT_EQ(geo::SniffContent("BZh91AY&SY......"), ContentKind::kOtherArchive);
}

TEST(GdalErrors, S11_PathsAndControlCharactersAreTakenOut) {
  EXPECT_EQ(geo::RedactedText("cannot open `/home/someone/secret.gpkg' now\n"), "cannot open `[path]' now ");
  EXPECT_LE(geo::RedactedText(std::string(5000, 'x')).size(), 160u);
}

}  // namespace
