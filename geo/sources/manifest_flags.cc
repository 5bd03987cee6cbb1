// [[flags]], [sources.flags] and `location_role`: what rows may be besides their category, and whose place their position is.
#include <fmt/format.h>

#include <algorithm>

#include "geo/incidents/incident_columns.h"
#include "geo/sources/manifest_parts.h"
#include "geo/sources/text_check.h"

namespace geo {
namespace {

void ReadWords(TableReader& reader, FlagColumn& out, const char* yes, const char* no) {
  reader.required("column", out.column);
  reader.optional_words(yes, out.yes);
  reader.optional_words(no, out.no);
  reader.finish();
  if (reader.faults().first) return;
  if (out.yes.empty()) return reader.refuse(yes, "MISSING_KEY", "the words of the column that mean yes");
  for (const std::string& word : out.yes) {
    if (std::find(out.no.begin(), out.no.end(), word) == out.no.end()) continue;
    return reader.refuse(no, "NOT_TOGETHER", fmt::format("\"{}\" means both", Excerpt(word)));
  }
}

FlagColumn ReadOne(TableReader& table, const TomlField& field, bool csv) {
  FlagColumn flag;
  flag.flag = field.key;
  if (field.value.kind == TomlValue::Kind::kBoolean) {
    table.optional_boolean(field.key, flag.always);
    return flag;
  }
  const TomlValue* words = table.table(field.key);
  if (words == nullptr) return flag;  // of another type: told by finish()
  TableReader reader(*words, table.path_of(field.key), table.faults());
  if (!csv) {
    reader.refuse("column", "UNKNOWN_KEY", "only a csv source has columns of its own; say true or false for all rows");
    return flag;
  }
  ReadWords(reader, flag, "yes", "no");
  return flag;
}

void ReadSourceFlags(TableReader& reader, const std::vector<Flag>& flags, SourceSpec& out) {
  const TomlValue* table = reader.table("flags");
  if (table == nullptr) return;
  TableReader item(*table, reader.path_of("flags"), reader.faults());
  for (const TomlField& field : table->fields) {
    const bool known = std::any_of(flags.begin(), flags.end(), [&](const Flag& flag) { return flag.id == field.key; });
    if (!known) return item.refuse(field.key, "UNKNOWN_FLAG", fmt::format("no [[flags]] entry has the id \"{}\"", Excerpt(field.key)));
    out.flags.push_back(ReadOne(item, field, out.format == SourceFormat::kCsv));
  }
  item.finish();
}

void ReadLocationRole(TableReader& reader, SourceSpec& out) {
  const TomlValue* value = reader.find("location_role");
  if (value == nullptr) return;
  FlagColumn role;
  role.flag = kComplainantFlag;
  role.drops_position = true;
  if (value->kind == TomlValue::Kind::kString) {
    if (value->string == "incident") return;
    role.always = true;
    if (value->string != "complainant") reader.refuse("location_role", "UNKNOWN_VALUE", "expected \"incident\", \"complainant\" or {column, complainant, incident}");
  } else if (const TomlValue* table = reader.table("location_role")) {
    TableReader words(*table, reader.path_of("location_role"), reader.faults());
    if (out.format != SourceFormat::kCsv) return words.refuse("column", "UNKNOWN_KEY", "only a csv source has columns of its own");
    ReadWords(words, role, "complainant", "incident");
  }
  out.flags.push_back(std::move(role));
}

}  // namespace

FlagColumn ReadYesNo(TableReader& reader, const char* key, bool otherwise) {
  FlagColumn told;
  told.flag = key;
  told.always = otherwise;
  const TomlValue* value = reader.find(key);
  if (value == nullptr) return told;
  if (value->kind == TomlValue::Kind::kBoolean) {
    told.always = value->boolean;
  } else if (value->kind != TomlValue::Kind::kTable) {
    reader.refuse(key, "WRONG_TYPE", "expected true, false or {column, yes, no}");
  } else {
    TableReader words(*value, reader.path_of(key), reader.faults());
    ReadWords(words, told, "yes", "no");
  }
  return told;
}

void ReadFlags(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out) {
  for (std::size_t i = 0; i < tables.size() && !context.faults.first; ++i) {
    TableReader reader(tables[i], ItemPath("flags", i), context.faults);
    Flag flag;
    reader.required("id", flag.id);
    CheckId(reader, "id", flag.id);
    reader.required("title", flag.title);
    reader.finish();
    if (context.faults.first) return;
    if (flag.id == kComplainantFlag) return reader.refuse("id", "RESERVED", "this flag follows from a source's `location_role`; name another");
    if (i + 1 >= kMaxFlags) return reader.refuse("", "TOO_MANY", fmt::format("over {} flags", kMaxFlags - 1));
    const bool repeated = std::any_of(out.flags.begin(), out.flags.end(), [&](const Flag& other) { return other.id == flag.id; });
    if (repeated) return reader.refuse("id", "REPEATED_ID", fmt::format("flag \"{}\" appears twice", flag.id));
    out.flags.push_back(std::move(flag));
  }
  std::sort(out.flags.begin(), out.flags.end(), [](const Flag& a, const Flag& b) { return a.id < b.id; });
}

void ReadFlagsOfSource(TableReader& reader, const Manifest& manifest, SourceSpec& out) {
  ReadSourceFlags(reader, manifest.flags, out);
  if (!reader.faults().first) ReadLocationRole(reader, out);
}

void NumberFlags(Manifest& out) {
  const auto tells_roles = [](const SourceSpec& source) {
    return std::any_of(source.flags.begin(), source.flags.end(), [](const FlagColumn& flag) { return flag.drops_position; });
  };
  if (std::any_of(out.sources.begin(), out.sources.end(), tells_roles)) {
    out.flags.push_back({kComplainantFlag, "At the home of the one who reported it"});
    std::sort(out.flags.begin(), out.flags.end(), [](const Flag& a, const Flag& b) { return a.id < b.id; });
  }
  for (SourceSpec& source : out.sources) {
    for (FlagColumn& column : source.flags) {
      const auto found = std::find_if(out.flags.begin(), out.flags.end(), [&](const Flag& flag) { return flag.id == column.flag; });
      column.bit = static_cast<std::uint8_t>(found - out.flags.begin());
    }
    std::sort(source.flags.begin(), source.flags.end(), [](const FlagColumn& a, const FlagColumn& b) { return a.bit < b.bit; });
  }
}

}  // namespace geo
