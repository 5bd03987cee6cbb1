#include "geo/io/edit_store.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>
#include <stdexcept>
#include <system_error>

#include "geo/io/durable_file.h"
#include "geo/io/record_json.h"
#include "geo/io/store_layout.h"
#include "geo/types/sha256.h"

namespace geo {
namespace {

namespace layout = store_layout;

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

// Local to this file: what SQLite says becomes one STORE_WRITE at the boundary.
struct WriteFault : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Database {
 public:
  explicit Database(const std::filesystem::path& path) {
    sqlite3* raw = nullptr;
    const int status = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr);
    database_.reset(raw);
    if (status != SQLITE_OK) throw WriteFault("it cannot be opened");
  }
  // Nothing reads the file before it is complete, and it is synced as a whole.
  void run(const char* sql) {
    if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) throw WriteFault(sqlite3_errmsg(database_.get()));
  }
  std::unique_ptr<sqlite3_stmt, Close> prepare(const std::string& sql, std::initializer_list<std::string_view> texts) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &raw, nullptr) != SQLITE_OK) throw WriteFault(sqlite3_errmsg(database_.get()));
    std::unique_ptr<sqlite3_stmt, Close> statement(raw);
    int place = 0;
    for (const std::string_view text : texts) {
      sqlite3_bind_text64(raw, ++place, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    }
    return statement;
  }
  int changes() const { return sqlite3_changes(database_.get()); }

 private:
  std::unique_ptr<sqlite3, Close> database_;
};

std::string TextOf(sqlite3_stmt* row, int column) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
  return text == nullptr ? std::string() : std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(row, column)));
}

Result<DatasetRecord> ReadRecord(Database& database, const std::string& dataset) {
  const auto row = database.prepare(fmt::format("SELECT record, record_sha256, version FROM \"{}\" WHERE id = ?1", layout::kDatasets), {dataset});
  const int status = sqlite3_step(row.get());
  const auto damaged = [](const char* what) { return Fail(Error{ErrorCode::kDataLoss, "store", "STORE_DAMAGED", what}); };
  if (status == SQLITE_DONE) {
    return Fail(Error{ErrorCode::kNotFound, "dataset", "UNKNOWN_DATASET", fmt::format("the store no longer holds {}", dataset)});
  }
  if (status != SQLITE_ROW) return damaged("its datasets cannot be read");
  if (sqlite3_column_int(row.get(), 2) != layout::kVersion) return damaged("it was written by another version of this program; load it again");
  const std::string json = TextOf(row.get(), 0);
  if (Sha256Hex(json) != TextOf(row.get(), 1)) return damaged("a dataset's record does not match its digest");
  return DecodeRecordJson(json);
}

void WriteRecord(Database& database, const DatasetRecord& record) {
  const std::string json = EncodeRecordJson(record);
  const auto update = database.prepare(fmt::format("UPDATE \"{}\" SET record = ?1, record_sha256 = ?2 WHERE id = ?3", layout::kDatasets), {json, Sha256Hex(json), record.id});
  if (sqlite3_step(update.get()) != SQLITE_DONE || database.changes() != 1) throw WriteFault("its record cannot be written");
}

Result<void> EditCopy(const std::filesystem::path& path, const std::string& dataset, const WorkstreamEdit& edit) {
  Database database(path);
  database.run("PRAGMA journal_mode = OFF");
  database.run("PRAGMA synchronous = OFF");
  auto record = ReadRecord(database, dataset);
  if (!record) return Fail(record.error());
  if (auto applied = ApplyEdit(edit, *record); !applied) return applied;
  WriteRecord(database, *record);
  return {};
}

}  // namespace

Result<void> EditWorkstream(const std::filesystem::path& store, const std::string& dataset, const WorkstreamEdit& edit) {
  const auto fault = [&](const std::string& what) {
    return Fail(Error{ErrorCode::kInternal, "store", "STORE_WRITE", fmt::format("{} was not written, and stays as it was: {}; an edit needs room beside it for a copy", store.filename().string(), what)});
  };
  try {
    auto lock = StoreLock::Take(store);
    if (!lock) return Fail(lock.error());
    RemoveAbandonedSuccessors(store);
    if (!std::filesystem::is_regular_file(store)) {
      return Fail(Error{ErrorCode::kNotFound, "store", "NO_STORE", fmt::format("there is no store {}", store.filename().string())});
    }
    Successor successor(store);
    std::filesystem::copy_file(store, successor.path());
    if (auto edited = EditCopy(successor.path(), dataset, edit); !edited) return edited;
    return successor.publish();
  } catch (const std::filesystem::filesystem_error& caught) {
    return fault(caught.code().message());
  } catch (const std::exception& caught) {
    return fault(caught.what());
  }
}

}  // namespace geo
