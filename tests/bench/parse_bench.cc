// How fast is a police.uk file read? Rows per second on one core, from text in memory; each row of the table checks its rows before it times them.
#include <benchmark/benchmark.h>

#include <string>

#include "geo/sources/csv_reader.h"
#include "geo/sources/number_text.h"
#include "geo/sources/parsed_rows.h"
#include "geo/sources/text_check.h"
#include "tests/support/shared_file.h"

namespace {

constexpr std::int64_t kRows2022 = 200'945;

// The twelve months of Kent 2022 as one file of 200,945 rows and 42 MB; empty where the real data is not beside the checkout.
const std::string& Year() {
  static const std::string text = [] {
    std::string out;
    for (int month = 1; support::HasSharedData() && month <= 12; ++month) {
      const std::string file =
          support::ReadSharedFile("kent-street/2022-" + std::string(month < 10 ? "0" : "") + std::to_string(month) + "-kent-street.csv.gz");
      out += out.empty() ? file : file.substr(file.find('\n') + 1);
    }
    return out;
  }();
  return text;
}

geo::CategoryDictionary Dictionary() {
  geo::CategoryDictionary out;
  out.id = "types";
  for (const char* word :
       {"Anti-social behaviour", "Bicycle theft", "Burglary", "Criminal damage and arson", "Drugs", "Other crime", "Other theft", "Possession of weapons",
        "Public order", "Robbery", "Shoplifting", "Theft from the person", "Vehicle crime", "Violence and sexual offences"}) {
    out.categories.push_back({word, word, true});
    out.entries.push_back({word, word, {}, {}});
  }
  return out;
}

void BM_ParseRows(benchmark::State& state) {
  const std::string& text = Year();
  const geo::CategoryDictionary dictionary = Dictionary();
  const geo::SourceSpec source;
  for (auto _ : state) {
    geo::PlaceTable places;
    const auto rows = geo::ParseRows(text, source, dictionary, dictionary.categories, geo::DayOf(2023, 1, 31), places);
    if (!rows || rows->rows_in != kRows2022 || rows->x.size() != kRows2022) {
      state.SkipWithError(text.empty() ? "the real data is not beside this checkout" : "wrong rows");
      return;
    }
    benchmark::DoNotOptimize(rows->x.data());
  }
  state.counters["rows/s"] = benchmark::Counter(static_cast<double>(kRows2022), benchmark::Counter::kIsIterationInvariantRate);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(BM_ParseRows)->Unit(benchmark::kMillisecond);

// The part that splits, alone.
void BM_SplitRecords(benchmark::State& state) {
  const std::string& text = Year();
  for (auto _ : state) {
    auto reader = geo::CsvReader::Open(text);
    std::int64_t records = 0;
    std::size_t fields = 0;
    geo::CsvRecord record;
    while (reader && reader->next(record)) {
      ++records;
      fields += record.fields.size();
    }
    if (records != kRows2022 + 1 || fields != (kRows2022 + 1) * 12) {
      state.SkipWithError(text.empty() ? "the real data is not beside this checkout" : "wrong records");
      return;
    }
  }
  state.counters["rows/s"] = benchmark::Counter(static_cast<double>(kRows2022), benchmark::Counter::kIsIterationInvariantRate);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(BM_SplitRecords)->Unit(benchmark::kMillisecond);

void BM_CheckText(benchmark::State& state) {
  const std::string& text = Year();
  for (auto _ : state) {
    const auto mark = geo::CheckText(text);
    if (!mark || *mark != 0) {
      state.SkipWithError(text.empty() ? "the real data is not beside this checkout" : "refused");
      return;
    }
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(BM_CheckText)->Unit(benchmark::kMillisecond);

void BM_ReadNumber(benchmark::State& state) {
  for (auto _ : state) {
    const geo::NumberText number = geo::ReadNumber("51.260972");
    if (number.value != 51.260972) state.SkipWithError("wrong number");
    benchmark::DoNotOptimize(number);
  }
}
BENCHMARK(BM_ReadNumber);

}  // namespace

BENCHMARK_MAIN();
