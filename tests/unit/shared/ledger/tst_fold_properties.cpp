// Goal: the rows are a function of the set of operations and of authority, and nobody's word disappears in a merge.
// Method: RapidCheck makes histories of two tablets, a stranger and the office; a second, plain fold written from the
// text says what the rows must be; the product folds the same operations in random order, batches and repetition.
#include "tests/unit/shared/ledger/memory_store.h"
#include "tests/unit/shared/ledger/random_history.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>
#include <random>

using namespace zhicha;
using namespace zhicha::test;

namespace {

// More than RapidCheck's 100, unless the caller says otherwise; a failure prints the line to set for a replay.
[[maybe_unused]] const int kMoreTests = setenv("RC_PARAMS", "max_success=300", 0);

/** Short at first and longer later, but each step from the whole of its range: at RapidCheck's growing size most kinds
 *  would never be played. */
rc::Gen<std::vector<Step>> histories() {
    using rc::gen::arbitrary;
    using rc::gen::set;
    const auto step = rc::gen::resize(rc::kNominalSize,
                                      rc::gen::build<Step>(set(&Step::actor, arbitrary<std::uint8_t>()),
                                                           set(&Step::action, arbitrary<std::uint8_t>()),
                                                           set(&Step::value, arbitrary<std::uint8_t>()),
                                                           set(&Step::seen, arbitrary<std::uint16_t>()),
                                                           set(&Step::twist, rc::gen::inRange<std::uint8_t>(0, 64))));
    return rc::gen::scale(0.4, rc::gen::container<std::vector<Step>>(step));
}

MemoryStore emptyStore(const History &history) {
    MemoryStore store(history.ledger);
    DeviceFacts office;
    office.server = office.enrolled = true;
    store.setFacts(history.world.office, office);
    return store;
}

/** Delivers in an order, in batches and with repetitions that the seed chooses; looks after each batch. */
template <typename Look>
void deliver(const History &history, std::uint64_t seed, MemoryStore &store, const Look &look) {
    std::mt19937_64 random(seed);
    std::vector<MadeOperation> queue;
    for (const KnownOperation &op : history.operations) {
        queue.push_back(op.made);
        if (random() % 4 == 0)
            queue.push_back(random() % 2 == 0 ? op.made : withoutBody(op.made));
    }
    std::shuffle(queue.begin(), queue.end(), random);
    const std::size_t disputedAt = queue.empty() ? 0 : random() % queue.size();
    bool disputed = false;
    for (std::size_t at = 0; at < queue.size();) {
        const std::size_t end = std::min(queue.size(), at + 1 + random() % 7);
        const auto first = queue.begin() + static_cast<std::ptrdiff_t>(at);
        store.receive({first, queue.begin() + static_cast<std::ptrdiff_t>(end)});
        at = end;
        if (!disputed && at > disputedAt) {
            disputed = true;
            for (const auto &[device, seq] : history.world.disputes)
                store.dispute(device, seq);
        }
        look();
    }
}

std::string describe(const History &history, const EntityRow &row) {
    std::string text = std::string(entityTypeName(row.type)) + " of " + std::to_string(history.operations.size()) + ":";
    for (const FieldRow &field : row.fields) {
        text += ' ' + field.name + "=";
        for (const cbor::Value &value : field.values)
            text += toHex(cbor::encode(value)) + '/';
        for (const Digest &d : field.writes)
            text += '<' + toHex(d).substr(0, 6);
    }
    return text;
}

void compareWithReference(const History &history, const MemoryStore &store) {
    const ReferenceState expected = referenceFold(history.world, history.operations);
    for (const auto &[id, row] : expected.rows) {
        const EntityRow *found = store.find(id);
        RC_ASSERT(static_cast<bool>(found));
        if (!(*found == row))
            RC_FAIL("expected " + describe(history, row) + "\nfound    " + describe(history, *found));
    }
    RC_ASSERT(store.rows().size() == expected.rows.size());
}

TEST(FoldProperties, inv3_stateHashDependsOnTheSetOnly) {
    EXPECT_TRUE(rc::check("any order, batching and repetition gives the reference's rows", [] {
        const History history = makeHistory(*histories());
        MemoryStore one = emptyStore(history);
        MemoryStore two = emptyStore(history);
        deliver(history, *rc::gen::arbitrary<std::uint64_t>(), one, [] {});
        deliver(history, *rc::gen::arbitrary<std::uint64_t>(), two, [] {});
        compareWithReference(history, one);
        RC_ASSERT(one.stateHash() == two.stateHash());
        RC_ASSERT(one.rows() == two.rows());
    }));
}

TEST(FoldProperties, inv4_incrementalFoldIsFullReplay) {
    EXPECT_TRUE(rc::check("after every batch the rows are those of a replay", [] {
        const History history = makeHistory(*histories());
        MemoryStore store = emptyStore(history);
        deliver(history, *rc::gen::arbitrary<std::uint64_t>(), store, [&] {
            MemoryStore replay = store;
            replay.rebuild();
            RC_ASSERT(replay.rows() == store.rows());
            RC_ASSERT(replay.stateHash() == store.stateHash());
        });
    }));
}

TEST(FoldProperties, everyOperationIsToldWhatBecameOfIt) {
    EXPECT_TRUE(rc::check("outcomes are the reference's, also when asked again", [] {
        const History history = makeHistory(*histories());
        MemoryStore store = emptyStore(history);
        deliver(history, *rc::gen::arbitrary<std::uint64_t>(), store, [] {});
        const Digest before = store.stateHash();
        std::vector<MadeOperation> all;
        for (const KnownOperation &op : history.operations)
            all.push_back(op.made);
        const auto outcomes = store.receive(all);
        const ReferenceState expected = referenceFold(history.world, history.operations);
        for (std::size_t i = 0; i < all.size(); ++i) {
            RC_LOG() << i << ' ' << history.operations[i].kind << ' ' << ineffectiveName(outcomes[i].reason) << '\n';
            RC_ASSERT(outcomes[i].reason == expected.outcomes.at(all[i].d));
        }
        RC_ASSERT(store.stateHash() == before);
    }));
}

TEST(FoldProperties, inv17_everyConflictIsVisible) {
    EXPECT_TRUE(rc::check("an effective value that no base names is shown", [] {
        const History history = makeHistory(*histories());
        MemoryStore store = emptyStore(history);
        deliver(history, *rc::gen::arbitrary<std::uint64_t>(), store, [] {});
        const ReferenceState expected = referenceFold(history.world, history.operations);
        std::set<std::pair<std::string, Digest>> named;
        for (const KnownOperation &op : history.operations)
            for (const auto &[field, seen] : op.base)
                for (const Digest &d : seen)
                    named.emplace(field, d);
        for (const KnownOperation &op : history.operations) {
            if (expected.outcomes.at(op.made.d) != Ineffective::No)
                continue;
            for (const auto &[name, seen] : op.base) {
                if (findKind(op.kind)->field(name)->merge != Merge::Decided || named.contains({name, op.made.d}))
                    continue;
                const EntityRow *row = store.find(op.entity);
                RC_ASSERT(static_cast<bool>(row));
                const FieldRow *field = row->field(name);
                RC_ASSERT(static_cast<bool>(field));
                RC_ASSERT(std::count(field->values.begin(), field->values.end(), op.fields.at(name)) == 1);
                RC_ASSERT(std::count(field->writes.begin(), field->writes.end(), op.made.d) == 1);
            }
        }
    }));
}

TEST(FoldProperties, inv16_evidenceNeverChanges) {
    EXPECT_TRUE(rc::check("facts are the birth's, and the bytes stored are those that were made", [] {
        const History history = makeHistory(*histories());
        MemoryStore store = emptyStore(history);
        deliver(history, *rc::gen::arbitrary<std::uint64_t>(), store, [] {});
        std::map<Digest, const KnownOperation *> byDigest;
        for (const KnownOperation &op : history.operations)
            byDigest[op.made.d] = &op;
        for (const auto &[id, row] : store.rows()) {
            if (!row.birth)
                continue;
            const KnownOperation &birth = *byDigest.at(*row.birth);
            for (const FieldInfo &field : findKind(birth.kind)->fields)
                if (field.merge == Merge::Fact && birth.fields.contains(field.name))
                    RC_ASSERT(*row.value(field.name) == birth.fields.find(field.name)->second);
        }
        for (const auto &[d, op] : store.operations()) {
            RC_ASSERT(op.bytes.digest() == d);
            RC_ASSERT(op.bytes.envelope == byDigest.at(d)->made.bytes.envelope);
        }
    }));
}

TEST(FoldProperties, theHistoriesReachEveryReasonAndManyConflicts) {
    // A property over histories in which nothing happens would hold for any fold.
    std::map<Ineffective, int> reasons;
    int contested = 0;
    EXPECT_TRUE(rc::check("what happens in the histories is counted", [&] {
        const History made = makeHistory(*histories());
        const ReferenceState state = referenceFold(made.world, made.operations);
        for (const auto &[d, reason] : state.outcomes)
            ++reasons[reason];
        for (const auto &[id, row] : state.rows)
            contested += row.contested() ? 1 : 0;
    }));
    EXPECT_GT(contested, 100);
    for (int i = 0; i <= static_cast<int>(Ineffective::AlreadyBorn); ++i)
        EXPECT_GT(reasons[static_cast<Ineffective>(i)], 20) << ineffectiveName(static_cast<Ineffective>(i));
}

TEST(FoldProperties, everyRowSurvivesItsBytes) {
    EXPECT_TRUE(rc::check("decodeRow(encodeRow(row)) == row", [] {
        const History history = makeHistory(*histories());
        MemoryStore store = emptyStore(history);
        deliver(history, *rc::gen::arbitrary<std::uint64_t>(), store, [] {});
        for (const auto &[id, row] : store.rows()) {
            const auto back = decodeRow(encodeRow(row));
            RC_ASSERT(back.has_value());
            RC_ASSERT(*back == row);
        }
    }));
}

} // namespace
