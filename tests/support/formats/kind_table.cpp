#include "tests/support/formats/kind_table.h"

#include "shared/oplog/kinds.h"

namespace zhicha {

namespace {
std::string_view typeName(FieldType type) {
    constexpr std::string_view kNames[] = {"text",   "int",   "bool",    "day",         "instant",   "raw",
                                           "digest", "id",    "id list", "digest list", "text list", "fix",
                                           "about",  "heads", "map",     "list"};
    return kNames[static_cast<std::size_t>(type)];
}

std::string_view roleName(IdRole role) {
    constexpr std::string_view kNames[] = {"birth", "put", "change", "derived", "target"};
    return kNames[static_cast<std::size_t>(role)];
}

std::string_view authorName(Author author) {
    constexpr std::string_view kNames[] = {"tablet", "server", "either"};
    return kNames[static_cast<std::size_t>(author)];
}

std::string fieldCell(const FieldInfo &field) {
    std::string cell = "`" + std::string(field.name);
    if (field.merge == Merge::Latest)
        cell += '~';
    if (field.merge == Merge::Decided)
        cell += '!';
    if (field.merge == Merge::Authority)
        cell += '*';
    if (!field.required)
        cell += '?';
    cell += "` " + std::string(typeName(field.type));
    if (field.allowed.empty())
        return cell;
    std::string words(field.allowed);
    for (std::size_t at = 0; (at = words.find(' ', at)) != std::string::npos; at += 2)
        words.replace(at, 1, ", ");
    return cell + " (" + words + ")";
}
} // namespace

std::string kindTable() {
    std::string table = "| kind | entity | number | id | chain | fields |\n|---|---|---|---|---|---|\n";
    for (const KindInfo &kind : allKinds()) {
        if (!kind.interpreted)
            continue;
        std::string fields;
        for (const FieldInfo &field : kind.fields)
            fields += (fields.empty() ? "" : "; ") + fieldCell(field);
        table += "| `" + std::string(kind.name) + "` | " + std::string(entityTypeName(kind.entity)) + " | " +
                 std::to_string(static_cast<int>(kind.entity)) + " | " + std::string(roleName(kind.idRole)) + " | " +
                 std::string(authorName(kind.author)) + " | " + fields + " |\n";
    }
    table += "\nReserved names, kept and shown as not yet interpreted:";
    for (const KindInfo &kind : allKinds())
        if (!kind.interpreted)
            table += " `" + std::string(kind.name) + "`";
    return table + "\n";
}

} // namespace zhicha
