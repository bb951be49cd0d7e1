// Whether a body fits its kind: what the table says of each field, and what it cannot say.
#include "shared/base/instant.h"
#include "shared/oplog/kinds.h"

#include <algorithm>

namespace zhicha {

namespace {
using enum FieldType;

bool isOneOf(std::string_view words, std::string_view word) {
    for (std::size_t at = 0; at <= words.size();) {
        const std::size_t end = std::min(words.find(' ', at), words.size());
        if (words.substr(at, end - at) == word)
            return true;
        at = end + 1;
    }
    return false;
}

template <typename Predicate>
bool isListOf(const cbor::Value &value, Predicate fits) {
    return value.array() != nullptr && std::all_of(value.array()->begin(), value.array()->end(), fits);
}

bool isId(const cbor::Value &value) {
    return value.uuid().has_value();
}

/** {t, lat, lon, accuracy_mm?, age_ms, source, flags[]}, always WGS-84. */
bool isFix(const cbor::Value &value) {
    const cbor::Map *map = value.map();
    if (map == nullptr)
        return false;
    for (const std::string_view key : {"t", "lat", "lon", "age_ms"})
        if (const auto it = map->find(key); it == map->end() || it->second.integer() == nullptr)
            return false;
    const auto within = [&](std::string_view key, std::int64_t limit) {
        const std::int64_t number = *map->find(key)->second.integer();
        return number >= -limit && number <= limit;
    };
    const auto source = map->find("source");
    return within("lat", 900'000'000) && within("lon", 1'800'000'000) && source != map->end() &&
           source->second.text() != nullptr;
}

/** {device (16 bytes as hex text): [seq, h]}. */
bool isHeads(const cbor::Value &value) {
    if (value.map() == nullptr)
        return false;
    return std::all_of(value.map()->begin(), value.map()->end(), [](const auto &pair) {
        const cbor::Array *head = pair.second.array();
        return pair.first.size() == 32 && head != nullptr && head->size() == 2 && (*head)[0].integer() != nullptr &&
               (*head)[1].digest().has_value();
    });
}

bool fits(const FieldInfo &field, const cbor::Value &value) {
    switch (field.type) {
    case Text:
        return value.text() != nullptr && (field.allowed.empty() || isOneOf(field.allowed, *value.text()));
    case Int:
    case Instant:
        return value.integer() != nullptr;
    case Bool:
        return value.boolean() != nullptr;
    case Day:
        return value.text() != nullptr && isDay(*value.text());
    case Raw:
        return value.bytes() != nullptr;
    case Hash:
        return value.digest().has_value();
    case Id:
        return isId(value);
    case IdList:
        return isListOf(value, isId);
    case DigestList:
        return isListOf(value, [](const cbor::Value &v) { return v.digest().has_value(); });
    case TextList:
        return isListOf(value, [](const cbor::Value &v) { return v.text() != nullptr; });
    case Fix:
        return isFix(value);
    case About:
        return value.map() != nullptr && value.map()->contains("entity") && isId(value.map()->find("entity")->second);
    case Heads:
        return isHeads(value);
    case Map:
        return value.map() != nullptr;
    case List:
        return value.array() != nullptr;
    }
    return false;
}

/** What a table of fields cannot say. */
std::optional<std::string> extraProblem(const KindInfo &kind, const cbor::Map &fields) {
    if (kind.name == "answer.give" && !fields.contains("value") && !fields.contains("note"))
        return "an answer needs a value or a note";
    if (kind.name == "attestation.say") {
        const std::int64_t clause = *fields.find("clause")->second.integer();
        if (clause < 1 || clause > 6)
            return "clause: 1 to 6";
    }
    if (kind.name == "check.start" && !fields.contains("arrival") && !fields.contains("no_fix_reason"))
        return "a check starts with an arrival or a reason why there is no fix";
    if (kind.name == "track.append" && fields.find("points")->second.array()->size() > 600)
        return "points: at most 600";
    return std::nullopt;
}
} // namespace

std::optional<std::string> bodyProblem(const KindInfo &kind, const cbor::Map &fields) {
    for (const FieldInfo &field : kind.fields) {
        const auto it = fields.find(field.name);
        if (it == fields.end()) {
            if (field.required)
                return std::string(field.name) + ": missing";
            continue;
        }
        // A value that may be absent may also be cleared again.
        const bool cleared = it->second.isNull() && !field.required && field.merge != Merge::Fact;
        if (!cleared && !fits(field, it->second))
            return std::string(field.name) + ": not what this field takes";
    }
    return extraProblem(kind, fields);
}

} // namespace zhicha
