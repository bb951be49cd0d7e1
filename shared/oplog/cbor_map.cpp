#include "shared/base/error.h"
#include "shared/oplog/cbor.h"

#include <algorithm>

namespace zhicha::cbor {

namespace {
template <typename Members>
auto placeOf(Members &members, std::string_view key) {
    return std::lower_bound(members.begin(), members.end(), key, [](const Member &member, std::string_view wanted) {
        return KeyOrder()(member.first, wanted);
    });
}

template <typename Members>
auto search(Members &members, std::string_view key) {
    const auto place = placeOf(members, key);
    return place != members.end() && place->first == key ? place : members.end();
}
} // namespace

Map::Map() = default;
Map::Map(const Map &other) = default;
Map::Map(Map &&other) noexcept = default;
Map &Map::operator=(const Map &other) = default;
Map &Map::operator=(Map &&other) noexcept = default;
Map::~Map() = default;

Map::Map(std::initializer_list<Member> members) {
    m_members.reserve(members.size());
    for (const Member &member : members)
        emplace(member.first, member.second);
}

std::size_t Map::size() const {
    return m_members.size();
}

Map::const_iterator Map::find(std::string_view key) const {
    return search(m_members, key);
}

Map::iterator Map::find(std::string_view key) {
    return search(m_members, key);
}

const Value &Map::at(std::string_view key) const {
    const auto found = find(key);
    ZHICHA_CHECK(found != end());
    return found->second;
}

Value &Map::at(std::string_view key) {
    const auto found = find(key);
    ZHICHA_CHECK(found != end());
    return found->second;
}

Value &Map::operator[](std::string_view key) {
    return emplace(key, Value()).first->second;
}

std::pair<Map::iterator, bool> Map::emplace(std::string_view key, Value value) {
    const auto place = placeOf(m_members, key);
    if (place != m_members.end() && place->first == key)
        return {place, false};
    return {m_members.insert(place, Member{std::string(key), std::move(value)}), true};
}

void Map::insert(const_iterator from, const_iterator to) {
    for (; from != to; ++from)
        emplace(from->first, from->second);
}

void Map::append(std::string_view key, Value value) {
    m_members.push_back(Member{std::string(key), std::move(value)});
}

void Map::reserve(std::size_t count) {
    m_members.reserve(count);
}

std::size_t Map::erase(std::string_view key) {
    const auto found = find(key);
    if (found == m_members.end())
        return 0;
    m_members.erase(found);
    return 1;
}

Map::iterator Map::erase(const_iterator at) {
    return m_members.erase(at);
}

void Map::clear() {
    m_members.clear();
}

bool Map::operator==(const Map &other) const {
    return m_members == other.m_members;
}

} // namespace zhicha::cbor
