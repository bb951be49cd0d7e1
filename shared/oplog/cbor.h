#pragma once
// Deterministic CBOR (RFC 8949 §4.2.1), the subset that Zhicha writes: integers in int64, byte strings, text (valid
// UTF-8), arrays, maps with text keys, true, false, null. No floats, tags, undefined or indefinite lengths. Two equal
// values have equal bytes; bytes that are not the one right encoding are refused.
#include "shared/base/bytes.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"

#include <initializer_list>
#include <variant>

namespace zhicha::cbor {

inline constexpr int kMaxDepth = 16;

/** RFC 8949 §4.2.1: keys sort by their encoded bytes, which for text means shorter first, then bytewise. */
struct KeyOrder {
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const {
        return a.size() != b.size() ? a.size() < b.size() : a < b;
    }
};

class Value;
struct Member;
using Array = std::vector<Value>;

/** The members of a map, sorted by KeyOrder in one piece of memory: an operation has few, and most of what reading one
 *  costs is asking for memory. Behaves as std::map does, but for one thing: writing moves members, so that iterators
 * and references end with every insertion and erasure. */
class Map {
public:
    using iterator = std::vector<Member>::iterator;
    using const_iterator = std::vector<Member>::const_iterator;
    using value_type = Member;
    // Defined where a member is complete: clang asks for these within the class of what a member holds.
    Map();
    Map(const Map &other);
    Map(Map &&other) noexcept;
    Map &operator=(const Map &other);
    Map &operator=(Map &&other) noexcept;
    ~Map();
    Map(std::initializer_list<Member> members); ///< of two with one key the first stays
    [[nodiscard]] const_iterator begin() const { return m_members.begin(); }
    [[nodiscard]] const_iterator end() const { return m_members.end(); }
    [[nodiscard]] iterator begin() { return m_members.begin(); }
    [[nodiscard]] iterator end() { return m_members.end(); }
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] bool empty() const { return m_members.empty(); }
    [[nodiscard]] const_iterator find(std::string_view key) const;
    [[nodiscard]] iterator find(std::string_view key);
    [[nodiscard]] bool contains(std::string_view key) const { return find(key) != end(); }
    [[nodiscard]] const Value &at(std::string_view key) const; ///< the key must be there
    [[nodiscard]] Value &at(std::string_view key);
    Value &operator[](std::string_view key); ///< null if it was not there
    std::pair<iterator, bool> emplace(std::string_view key, Value value);
    void insert(const_iterator from, const_iterator to);
    /** For a reader that has checked the order: `key` comes after all that are there. */
    void append(std::string_view key, Value value);
    void reserve(std::size_t count);
    std::size_t erase(std::string_view key);
    iterator erase(const_iterator at);
    void clear();
    bool operator==(const Map &other) const;

private:
    std::vector<Member> m_members;
};

/** One value of any allowed type. Small and copyable; used for operation fields, not for bulk data. */
class Value {
public:
    Value() = default;                                                           ///< null
    Value(std::int64_t number) : m_data(number) {}                               // NOLINT: implicit by design
    Value(int number) : m_data(std::int64_t{number}) {}                          // NOLINT
    Value(bool flag) : m_data(flag) {}                                           // NOLINT
    Value(std::string text) : m_data(std::move(text)) {}                         // NOLINT
    Value(std::string_view text) : m_data(std::string(text)) {}                  // NOLINT
    Value(const char *text) : m_data(std::string(text)) {}                       // NOLINT
    Value(Bytes bytes) : m_data(std::move(bytes)) {}                             // NOLINT
    Value(const Digest &digest) : m_data(Bytes(digest.begin(), digest.end())) {} // NOLINT
    Value(const Uuid &id) : m_data(Bytes(id.bytes.begin(), id.bytes.end())) {}   // NOLINT
    Value(Array array) : m_data(std::move(array)) {}                             // NOLINT
    Value(Map map) : m_data(std::move(map)) {}                                   // NOLINT

    [[nodiscard]] bool isNull() const { return m_data.index() == 0; }
    /** Each answers nullptr if the value is of another type. */
    [[nodiscard]] const std::int64_t *integer() const { return std::get_if<std::int64_t>(&m_data); }
    [[nodiscard]] const bool *boolean() const { return std::get_if<bool>(&m_data); }
    [[nodiscard]] const std::string *text() const { return std::get_if<std::string>(&m_data); }
    [[nodiscard]] const Bytes *bytes() const { return std::get_if<Bytes>(&m_data); }
    [[nodiscard]] const Array *array() const { return std::get_if<Array>(&m_data); }
    [[nodiscard]] const Map *map() const { return std::get_if<Map>(&m_data); }
    [[nodiscard]] Map *map() { return std::get_if<Map>(&m_data); }
    [[nodiscard]] std::optional<Uuid> uuid() const { return bytes() ? uuidFromBytes(*bytes()) : std::nullopt; }
    [[nodiscard]] std::optional<Digest> digest() const { return bytes() ? fixedBytes<32>(*bytes()) : std::nullopt; }
    bool operator==(const Value &) const = default;

private:
    std::variant<std::monostate, std::int64_t, bool, std::string, Bytes, Array, Map> m_data;
};

struct Member {
    std::string first;
    Value second;
    bool operator==(const Member &) const = default;
};

/** Appends encodings to a buffer. The caller keeps map keys in order (Value does it by itself). Threads: one. */
class Writer {
public:
    explicit Writer(Bytes &out) : m_out(out) {}
    Writer &integer(std::int64_t value);
    Writer &bytes(ByteView value);
    Writer &text(std::string_view value);
    Writer &array(std::size_t count); ///< then `count` values
    Writer &map(std::size_t count);   ///< then `count` times key (text) and value, in KeyOrder
    Writer &boolean(bool value);
    Writer &null();
    Writer &value(const Value &value);

private:
    void head(std::uint8_t major, std::uint64_t argument);
    Bytes &m_out;
};

/** Pulls values from bytes, refusing every form that is not the deterministic one. After the first error every call
 *  fails, so that a caller may check once at the end. Views point into the bytes given. Threads: one. */
class Reader {
public:
    explicit Reader(ByteView bytes) : m_rest(bytes) {}
    std::int64_t integer();
    ByteView bytes();
    std::string_view text();
    std::size_t array(); ///< number of elements; never more than bytes left
    std::size_t map();   ///< number of pairs
    bool boolean();
    void null();
    [[nodiscard]] bool nextIsNull() const { return !m_rest.empty() && m_rest[0] == 0xf6; }
    [[nodiscard]] bool nextIsBytes() const { return !m_rest.empty() && m_rest[0] >> 5 == 2; }
    /** Reads a map key and demands that it comes after the last one in KeyOrder ("" before the first). */
    std::string_view key(std::string_view last);
    template <std::size_t N>
    std::array<std::uint8_t, N> fixed() {
        const auto value = fixedBytes<N>(bytes());
        if (!value)
            breakOff("a byte string has the wrong length");
        return value.value_or(std::array<std::uint8_t, N>{});
    }
    Value value(int depth = 0);
    void breakOff(const char *why);
    [[nodiscard]] bool ok() const { return m_why == nullptr; }
    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }
    [[nodiscard]] ByteView rest() const { return m_rest; }
    /** Fine only if nothing failed and nothing is left. */
    [[nodiscard]] Status finish() const;

private:
    std::uint64_t head(std::uint8_t major);
    ByteView take(std::uint64_t count);
    ByteView m_rest;
    const char *m_why = nullptr;
};

[[nodiscard]] Bytes encode(const Value &value);
[[nodiscard]] Result<Value> decode(ByteView bytes); ///< BadEncoding

} // namespace zhicha::cbor
