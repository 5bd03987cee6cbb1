// The record reader against a second one that goes byte by byte, and against libcsv (Robert Gamble) where it is installed.
#include "geo/sources/csv_reader.h"

#include <gtest/gtest.h>

#include <random>

#ifdef WARDWATCH_HAS_LIBCSV
#include <csv.h>
#endif

#include "tests/support/shared_file.h"

namespace geo {
namespace {

struct Outcome {
  std::vector<std::vector<std::string>> records;  // a record with a bad quote is {"!"}
  std::string fault;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome ReadFast(const std::string& text) {
  Outcome out;
  auto reader = CsvReader::Open(text);
  if (!reader) return {{}, reader.error().reason};
  CsvRecord record;
  while (reader->next(record)) {
    if (record.bad_quote) out.records.push_back({"!"});
    else out.records.emplace_back(record.fields.begin(), record.fields.end());
  }
  if (reader->fault()) out.fault = reader->fault()->reason;
  return out;
}

// RFC 4180 as a table of states; a text that CheckText has passed, without a byte order mark. Limits are not its business.
class SlowReader {
 public:
  explicit SlowReader(const std::string& text) : text_(text) {}
  Outcome read() {
    for (at_ = 0; at_ < text_.size() && out_.fault.empty(); ++at_) step(text_[at_]);
    if (out_.fault.empty() && state_ == State::kQuoted) out_.fault = "UNCLOSED_QUOTE";
    return out_;
  }

 private:
  enum class State { kFieldStart, kPlain, kQuoted, kAfterQuote };

  void step(char c) {
    switch (state_) {
      case State::kQuoted:
        if (c == '"') state_ = State::kAfterQuote;
        else if (c != '\r') field_ += c;  // CheckText leaves no CR without its LF
        return;
      case State::kFieldStart:
        if (c == '"') {
          state_ = State::kQuoted;
          return;
        }
        break;
      case State::kAfterQuote:
        if (c == '"') {
          field_ += '"';
          state_ = State::kQuoted;
          return;
        }
        if (c != ',' && c != '\n' && c != '\r') bad_ = true;
        break;
      case State::kPlain:
        break;
    }
    if (c == ',') return end_field();
    if (c == '\n') return end_record();
    if (c == '\r') return;
    if (c == '"') bad_ = true;
    field_ += c;
    state_ = State::kPlain;
  }

  void end_field() {
    record_.push_back(field_);
    field_.clear();
    state_ = State::kFieldStart;
  }

  void end_record() {
    end_field();
    const int kind = at_ > 0 && text_[at_ - 1] == '\r' ? 2 : 1;
    if (kind_ != 0 && kind_ != kind) {
      out_.fault = "MIXED_LINE_ENDS";
      return;
    }
    kind_ = kind;
    out_.records.push_back(bad_ ? std::vector<std::string>{"!"} : record_);
    record_.clear();
    bad_ = false;
  }

  const std::string& text_;
  std::size_t at_ = 0;
  State state_ = State::kFieldStart;
  int kind_ = 0;
  bool bad_ = false;
  std::string field_;
  std::vector<std::string> record_;
  Outcome out_;
};

std::string RandomText(std::mt19937_64& random) {
  // Pieces rather than bytes, so that quotes meet commas and line ends often.
  static const char* const kPieces[] = {"a", "bc", ",", ",", ",", "\"", "\"", "\"\"", "\n", "\n", "\",\"", "\"\n\"", "\"\n", "\xC3\xA9", " ", "\r\n"};
  const bool crlf = random() % 3 == 0;
  std::string out;
  for (std::size_t i = random() % 40; i > 0; --i) {
    const std::string piece = kPieces[random() % (std::size(kPieces) - (random() % 8 == 0 ? 0 : 1))];
    for (const char c : piece) out += c == '\n' && crlf && !out.ends_with('\r') ? "\r\n" : std::string(1, c);
  }
  return out + (crlf ? "\r\n" : "\n");
}

TEST(CsvReaderOracle, TwoReadersAgreeOnHostileText) {
  constexpr std::uint64_t kSeed = 20240502;
  std::mt19937_64 random(kSeed);
  int whole = 0;
  for (int i = 0; i < 200'000; ++i) {
    const std::string text = RandomText(random);
    const Outcome fast = ReadFast(text);
    const Outcome slow = SlowReader(text).read();
    ASSERT_EQ(fast.fault, slow.fault) << "seed " << kSeed << " case " << i << ": " << testing::PrintToString(text);
    ASSERT_EQ(fast.records, slow.records) << "seed " << kSeed << " case " << i << ": " << testing::PrintToString(text);
    whole += fast.fault.empty();
  }
  EXPECT_GT(whole, 20'000);
}

TEST(CsvReaderOracle, TwoReadersAgreeOnRealFiles) {
  if (!support::HasSharedData()) GTEST_SKIP() << "the real data is not beside this checkout";
  for (const char* name : {"kent-street/2019-01-kent-street.csv.gz", "kent-street/2022-08-kent-street.csv.gz",
                           "northumbria-stop-search/2020-05-northumbria-stop-and-search.csv.gz", "trafford-cctv/trafford_cctv_cameras.csv"}) {
    const std::string text = support::ReadSharedFile(name);
    const Outcome fast = ReadFast(text);
    ASSERT_EQ(fast.fault, "") << name;
    ASSERT_GT(fast.records.size(), 10U) << name;
    EXPECT_EQ(fast, SlowReader(text).read()) << name;
  }
}

#ifdef WARDWATCH_HAS_LIBCSV
struct LibcsvOutcome {
  std::vector<std::vector<std::string>> records;
  std::vector<std::string> record;
  bool strict_fault = false;
};

LibcsvOutcome ReadLibcsv(const std::string& text) {
  LibcsvOutcome out;
  csv_parser parser;
  csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL | CSV_APPEND_NULL);
  csv_set_space_func(&parser, [](unsigned char) { return 0; });  // spaces are text
  const auto field = [](void* data, std::size_t size, void* self) {
    static_cast<LibcsvOutcome*>(self)->record.emplace_back(static_cast<const char*>(data), size);
  };
  const auto row = [](int, void* self) {
    auto& outcome = *static_cast<LibcsvOutcome*>(self);
    if (outcome.record.empty()) outcome.record.emplace_back();
    outcome.records.push_back(std::move(outcome.record));
    outcome.record.clear();
  };
  const std::size_t read = csv_parse(&parser, text.data(), text.size(), field, row, &out);
  out.strict_fault = read != text.size() || csv_fini(&parser, field, row, &out) != 0;
  csv_free(&parser);
  return out;
}

// libcsv stops at the first bad quote, so the records before it are compared. LF only: it reports CR LF as two line ends.
TEST(CsvReaderOracle, LibcsvAgrees) {
  constexpr std::uint64_t kSeed = 7;
  std::mt19937_64 random(kSeed);
  int compared = 0;
  for (int i = 0; i < 100'000; ++i) {
    std::string text = RandomText(random);
    std::erase(text, '\r');
    const Outcome ours = ReadFast(text);
    const LibcsvOutcome theirs = ReadLibcsv(text);
    const auto bad = std::find(ours.records.begin(), ours.records.end(), std::vector<std::string>{"!"});
    const bool any_fault = bad != ours.records.end() || !ours.fault.empty();
    ASSERT_EQ(any_fault, theirs.strict_fault) << "seed " << kSeed << " case " << i << ": " << testing::PrintToString(text);
    const std::vector<std::vector<std::string>> good(ours.records.begin(), bad);
    ASSERT_EQ(good, theirs.records) << "seed " << kSeed << " case " << i << ": " << testing::PrintToString(text);
    compared += static_cast<int>(good.size());
  }
  EXPECT_GT(compared, 100'000);
}
#else
TEST(CsvReaderOracle, LibcsvAgrees) { GTEST_SKIP() << "libcsv-dev is not installed; the byte-by-byte reader is compared all the same"; }
#endif

}  // namespace
}  // namespace geo
