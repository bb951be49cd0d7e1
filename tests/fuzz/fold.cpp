// Goal: no sequence of well signed operations, however senseless, crashes the fold, and its order plays no part.
// Method: libFuzzer decides kinds, entities, fields and what each author saw (structure-aware); the same operations are
// received in two orders and folded anew, and the rows must be the same.
#include "shared/oplog/kinds.h"
#include "tests/unit/shared/ledger/memory_store.h"

#include <algorithm>

namespace {
using namespace zhicha;
using namespace zhicha::test;

constexpr std::size_t kMostOperations = 24;

class Input {
public:
    Input(const std::uint8_t *data, std::size_t size) : m_left(data, size) {}
    std::uint8_t byte() {
        if (m_left.empty())
            return 0;
        const std::uint8_t value = m_left[0];
        m_left = m_left.subspan(1);
        return value;
    }
    [[nodiscard]] bool empty() const { return m_left.empty(); }

private:
    ByteView m_left;
};

Uuid idOf(std::uint8_t number) {
    Uuid id;
    id.bytes[0] = 1;
    id.bytes[15] = number % 6;
    return id;
}

cbor::Value valueOf(const FieldInfo &field, Input &in) {
    const std::uint8_t choice = in.byte();
    switch (field.type) {
    case FieldType::Text: {
        if (field.allowed.empty())
            return std::string(1, static_cast<char>('a' + choice % 3));
        std::string_view words = field.allowed;
        for (int i = choice % 4; i > 0 && words.find(' ') != std::string_view::npos; --i)
            words.remove_prefix(words.find(' ') + 1);
        return std::string(words.substr(0, words.find(' ')));
    }
    case FieldType::Int:
        return std::int64_t{choice % 8};
    case FieldType::Bool:
        return choice % 2 == 0;
    case FieldType::Day:
        return std::string("2026-11-2") + static_cast<char>('0' + choice % 10);
    case FieldType::Instant:
        return std::int64_t{1'795'482'000'000} + choice;
    case FieldType::Raw:
        return Bytes(32, choice);
    case FieldType::Hash: {
        Digest digest{};
        digest[0] = choice;
        return digest;
    }
    case FieldType::Id:
        return idOf(choice);
    case FieldType::IdList:
        return choice % 2 == 0 ? cbor::Array{} : cbor::Array{idOf(choice)};
    case FieldType::About:
        return cbor::Map{{"entity", idOf(choice)}};
    case FieldType::Heads:
    case FieldType::Map:
        return cbor::Map{};
    default:
        return cbor::Array{};
    }
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    Input in(data, size);
    TestClock clock;
    Uuid ledger;
    ledger.bytes[0] = 9;
    std::vector<TestDevice> devices;
    for (std::uint64_t seed = 1; seed <= 3; ++seed)
        devices.emplace_back(ledger, seed, clock);
    const auto facts = [&](MemoryStore &store) {
        DeviceFacts server;
        server.server = true;
        server.generation = 1;
        store.setFacts(devices[0].id(), server);
    };
    std::vector<MadeOperation> made;
    std::vector<Digest> digests;
    for (std::size_t i = 1; i < devices.size(); ++i) // one of them may be revoked again by what follows
        made.push_back(devices[0].make("device.enrol", devices[i].id(), devices[i].enrolFields(idOf(5))));
    while (!in.empty() && made.size() < kMostOperations) {
        const auto kinds = allKinds();
        const KindInfo &kind = kinds[in.byte() % kinds.size()];
        TestDevice &device = devices[in.byte() % devices.size()];
        const Uuid id = idOf(in.byte());
        cbor::Map fields;
        Base seen;
        for (const FieldInfo &field : kind.fields) {
            if (!field.required && in.byte() % 2 == 0)
                continue;
            fields[std::string(field.name)] = valueOf(field, in);
            if (!digests.empty() && in.byte() % 2 == 0)
                seen[std::string(field.name)] = {digests[in.byte() % digests.size()]};
        }
        std::erase_if(seen, [&](const auto &entry) {
            const FieldInfo *field = kind.field(entry.first);
            return field->merge != Merge::Latest && field->merge != Merge::Decided;
        });
        clock.advanceMs(in.byte());
        made.push_back(device.make(kind.name, id, std::move(fields), std::move(seen)));
        digests.push_back(made.back().d);
    }
    MemoryStore inOrder(ledger);
    MemoryStore reversed(ledger);
    facts(inOrder);
    facts(reversed);
    for (const MadeOperation &operation : made)
        (void)inOrder.receive({operation}).size();
    std::vector<MadeOperation> back(made.rbegin(), made.rend());
    (void)reversed.receive(back).size();
    ZHICHA_CHECK(inOrder.stateHash() == reversed.stateHash());
    const Digest before = inOrder.stateHash();
    inOrder.rebuild();
    ZHICHA_CHECK(inOrder.stateHash() == before);
    return 0;
}
