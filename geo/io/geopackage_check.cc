#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>
#include <optional>

#include "geo/io/boundary_container.h"
#include "geo/io/gdal_session.h"

namespace geo {
namespace {

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

// The first column of the first row, "" when there is none; nullopt on an error.
std::optional<std::string> FirstText(sqlite3* database, const char* sql) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(database, sql, -1, &raw, nullptr) != SQLITE_OK) return std::nullopt;
  const std::unique_ptr<sqlite3_stmt, CloseDatabase> statement(raw);
  const int status = sqlite3_step(raw);
  if (status == SQLITE_DONE) return std::string();
  if (status != SQLITE_ROW) return std::nullopt;
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(raw, 0));
  return text == nullptr ? std::string() : std::string(text);
}

}  // namespace

Result<void> CheckGeoPackage(std::string_view bytes, const std::string& name) {
  const auto refuse = [&](const char* reason, const std::string& what) {
    return Fail(Error{ErrorCode::kInvalidArgument, name, reason, fmt::format("{} {}", name, what)});
  };
  if (bytes.size() < 100) return refuse("DAMAGED_FILE", "is too short for a GeoPackage");
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(":memory:", &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, nullptr);
  const std::unique_ptr<sqlite3, CloseDatabase> database(raw);
  if (opened != SQLITE_OK) return Fail(Error{ErrorCode::kInternal, name, "SQLITE", "SQLite cannot start"});
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_limit(raw, SQLITE_LIMIT_ATTACHED, 0);
  // SQLite does not write to a database that it was given read-only; its C signature lacks the const.
  auto* data = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));
  if (sqlite3_deserialize(raw, "main", data, static_cast<sqlite3_int64>(bytes.size()), static_cast<sqlite3_int64>(bytes.size()), SQLITE_DESERIALIZE_READONLY) !=
      SQLITE_OK) {
    return refuse("DAMAGED_FILE", "is not a sound SQLite database");
  }
  const auto view = FirstText(raw, "SELECT name FROM sqlite_master WHERE type = 'view' LIMIT 1");
  if (!view) return refuse("DAMAGED_FILE", "is not a sound SQLite database");
  if (!view->empty())
    return refuse("HOSTILE_SCHEMA", fmt::format("holds a view (\"{}\"); export the boundaries as a plain table", RedactedText(view->substr(0, 60))));
  const auto virtual_table =
      FirstText(raw, "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%' AND sql NOT LIKE '%USING rtree(%' LIMIT 1");
  if (!virtual_table) return refuse("DAMAGED_FILE", "is not a sound SQLite database");
  if (!virtual_table->empty()) return refuse("HOSTILE_SCHEMA", fmt::format("holds a virtual table (\"{}\")", RedactedText(virtual_table->substr(0, 60))));
  const auto check = FirstText(raw, "PRAGMA quick_check(1)");
  if (!check || *check != "ok") return refuse("DAMAGED_FILE", "is damaged: SQLite's own check fails");
  return {};
}

}  // namespace geo
