// Chains, runs, signatures, the tree, checkpoints and key notes.
#include "tests/support/formats/vectors.h"

#include "shared/crypto/digest.h"
#include "shared/oplog/key_note.h"

namespace zhicha::vectors {

using samples::sampleKey;
using samples::sampleLedger;

namespace {
Json digestsJson(const std::vector<Digest> &digests) {
    Json list = Json::array();
    for (const Digest &d : digests)
        list.push_back(toHex(d));
    return list;
}

Json runJson(std::string_view name, const Run &run) {
    Json elements = Json::array();
    for (const RunElement &element : run.elements)
        elements.push_back({{"form", !element.operation        ? "digest"
                                     : element.operation->body ? "whole"
                                                               : "withheld"},
                            {"d", toHex(element.d)}});
    return {{"name", name},
            {"bytes", toHex(*encodeRun(run))},
            {"first", run.bounds.first},
            {"last", run.bounds.last},
            {"before", toHex(run.bounds.before)},
            {"h", toHex(run.bounds.h)},
            {"signed_content", toHex(runSignedContent(run.bounds))},
            {"signature", toHex(run.signature)},
            {"elements", elements}};
}

Run mixedRun() {
    OperationBytes withheld = samples::sampleNote(2);
    withheld.body.reset();
    return samples::runOf(1, samples::sampleStart(),
                          {samples::elementOf(samples::sampleNote(1)),
                           samples::elementOf(withheld),
                           {std::nullopt, samples::sampleNote(3).digest()},
                           samples::elementOf(OperationBytes::of(Bytes{0xff}, Bytes{0x00}))});
}

/** Runs that decode or verify wrongly if a reader is careless. */
Json refusedRuns() {
    const Run good = samples::sampleRun(1, 3);
    Json list = Json::array();
    const auto add = [&](std::string_view why, const Run &run) {
        list.push_back({{"why", why}, {"bytes", toHex(*encodeRun(run))}});
    };
    Run run = good;
    run.elements.pop_back();
    add("last operation removed", run);
    run = good;
    run.elements.erase(run.elements.begin());
    add("first operation removed", run);
    run = good;
    std::swap(run.elements[0], run.elements[1]);
    add("two operations swapped", run);
    run = good;
    run.elements.insert(run.elements.begin() + 1, samples::elementOf(samples::sampleNote(9)));
    add("an operation inserted", run);
    run = good;
    run.bounds.before[0] ^= 1;
    add("another head before", run);
    run = good;
    run.bounds.first = 2;
    add("another first number (signature)", run);
    run = good;
    run.bounds.device = samples::sampleId("another device");
    add("another device (signature)", run);
    run = good;
    run.bounds.ledger = samples::sampleId("another ledger");
    add("another ledger (signature)", run);
    run = good;
    run.bounds.suite = 2;
    add("another suite (signature)", run);
    run = good;
    run.signature[63] ^= 0x10;
    add("signature changed", run);
    run = good;
    run.signature = sampleKey("another key").signFor("run", runSignedContent(run.bounds));
    add("signed by another key", run);
    run = good;
    run.signature = sampleKey("device key").signFor("keys", runSignedContent(run.bounds));
    add("signed for another purpose", run);
    return list;
}
} // namespace

Json chainVectors() {
    std::vector<Digest> operations;
    std::vector<Digest> heads{samples::sampleStart()};
    for (std::int64_t seq = 1; seq <= 4; ++seq) {
        operations.push_back(samples::sampleNote(seq).digest());
        heads.push_back(chainNext(heads.back(), operations.back()));
    }
    return {{"ledger", toText(sampleLedger())},          {"suite", 1},
            {"device", toText(samples::sampleDevice())}, {"public_key", toHex(sampleKey("device key").publicKey())},
            {"operations", digestsJson(operations)},     {"heads", digestsJson(heads)}};
}

Json runVectors() {
    return {{"public_key", toHex(sampleKey("device key").publicKey())},
            {"runs", Json::array({runJson("three notes from the start", samples::sampleRun(1, 3)),
                                  runJson("one note later on", samples::sampleRun(4, 1)),
                                  runJson("whole, withheld, digest alone, undecodable", mixedRun())})},
            {"refused", refusedRuns()}};
}

Json signatureVectors() {
    const SigningKey key = sampleKey("device key");
    const Bytes content = cbor::encode(cbor::Array{sampleLedger(), "content"});
    Json purposes = Json::array();
    for (const char *purpose : {"run", "keys", "enrol", "session", "join"})
        purposes.push_back({{"purpose", purpose}, {"signature", toHex(key.signFor(purpose, content))}});
    return {{"seed", toHex(key.seed())},
            {"public_key", toHex(key.publicKey())},
            {"content", toHex(content)},
            {"purposes", purposes}};
}

Json treeVectors() {
    constexpr std::int64_t kSize = 11;
    MemoryMerkleNodes nodes;
    Json leaves = Json::array();
    std::vector<Digest> roots{*merkleRoot(nodes, 0)};
    for (std::int64_t i = 0; i < kSize; ++i) {
        const Leaf leaf = samples::sampleLeaf(i);
        (void)merkleAppend(nodes, i, leafHash(leaf));
        roots.push_back(*merkleRoot(nodes, i + 1));
        leaves.push_back({{"device", toText(leaf.device)},
                          {"first", leaf.first},
                          {"last", leaf.last},
                          {"h", toHex(leaf.h)},
                          {"log", leaf.log},
                          {"received_at", leaf.receivedAtMs},
                          {"data", toHex(encodeLeaf(leaf))},
                          {"hash", toHex(leafHash(leaf))}});
    }
    Json receipts = Json::array();
    for (std::int64_t i = 0; i < kSize; ++i) {
        const Receipt receipt{samples::sampleLeaf(i), i, *inclusionProof(nodes, i, kSize)};
        receipts.push_back({{"bytes", toHex(cbor::encode(receiptValue(receipt)))},
                            {"index", i},
                            {"proof", digestsJson(receipt.proof)}});
    }
    Json consistency = Json::array();
    for (std::int64_t from = 0; from <= kSize; ++from)
        consistency.push_back(
            {{"from", from}, {"to", kSize}, {"proof", digestsJson(*consistencyProof(nodes, from, kSize))}});
    return {{"ledger", toText(sampleLedger())}, {"size", kSize},        {"leaves", leaves},
            {"roots", digestsJson(roots)},      {"receipts", receipts}, {"consistency", consistency}};
}

Json checkpointVectors() {
    MemoryMerkleNodes nodes;
    for (std::int64_t i = 0; i < 11; ++i)
        (void)merkleAppend(nodes, i, leafHash(samples::sampleLeaf(i)));
    const SigningKey key = sampleKey("log key");
    const Checkpoint checkpoint{sampleLedger(), 2, 11, *merkleRoot(nodes, 11), 1'795'482'600'000};
    const std::string note = signCheckpoint(checkpoint, key);
    Json refused = Json::array();
    const auto replaced = [&](std::string_view why, std::string_view what, std::string_view with) {
        std::string bad = note;
        bad.replace(bad.find(what), what.size(), with);
        refused.push_back({{"why", why}, {"note", bad}});
    };
    replaced("another size", "\n11\n", "\n12\n");
    replaced("size with a leading zero", "\n11\n", "\n011\n");
    replaced("another generation", "/2\n", "/3\n");
    replaced("another time", "time 1795482600000", "time 1795482600001");
    replaced("no time", "time 1795482600000\n", "");
    replaced("another line", "time 1795482600000\n", "time 1795482600000\nmore\n");
    replaced("no empty line", "\n\n", "\n");
    replaced("carriage returns", "\n11\n", "\r\n11\r\n");
    replaced("a hyphen for the dash", "\xe2\x80\x94", "-");
    refused.push_back({{"why", "a line that is no signature"}, {"note", note + "more\n"}});
    refused.push_back({{"why", "no line feed at the end"}, {"note", note.substr(0, note.size() - 1)}});
    refused.push_back(
        {{"why", "signed by another key"}, {"note", signCheckpoint(checkpoint, sampleKey("another key"))}});
    const std::string witness = "\xe2\x80\x94 witness.example " + toBase64(Bytes(68, 7)) + "\n";
    return {{"ledger", toText(sampleLedger())},
            {"public_key", toHex(key.publicKey())},
            {"generation", 2},
            {"size", 11},
            {"root", toHex(checkpoint.root)},
            {"time", checkpoint.timeMs},
            {"accepted", Json::array({note, note + witness})},
            {"refused", refused}};
}

Json keyNoteVectors() {
    const SigningKey root = sampleKey("root key");
    KeyNote note;
    note.ledger = sampleLedger();
    note.name = "县直查台账";
    note.serial = 3;
    note.issuedAtMs = 1'795'482'000'000;
    note.generation = 2;
    note.logKey = sampleKey("log key").publicKey();
    note.serverDevice = samples::sampleId("server device");
    note.serverKey = sampleKey("server key").publicKey();
    note.sealingKey = samples::seeded("sealing key");
    note.tlsKeys = {samples::seeded("tls 1"), samples::seeded("tls 2")};
    note.past = {{1, sampleKey("old log key").publicKey(), samples::sampleId("old server device"),
                  sampleKey("old server key").publicKey()}};
    const Bytes bytes = signKeyNote(note, root);
    Json refused = Json::array();
    const auto flipped = [&](std::string_view why, std::size_t at) {
        Bytes bad = bytes;
        bad[at] ^= 1;
        refused.push_back({{"why", why}, {"bytes", toHex(bad)}});
    };
    flipped("root key changed", 10);
    flipped("payload changed", 100);
    flipped("signature changed", bytes.size() - 1);
    refused.push_back(
        {{"why", "signed by another root"}, {"bytes", toHex(signKeyNote(note, sampleKey("another root")))}});
    refused.push_back({{"why", "cut off"}, {"bytes", toHex(ByteView(bytes).first(bytes.size() - 1))}});
    return {{"fingerprint", toHex(fingerprintOf(root.publicKey()))},
            {"root_key", toHex(root.publicKey())},
            {"bytes", toHex(bytes)},
            {"note",
             {{"ledger", toText(note.ledger)},
              {"name", note.name},
              {"serial", note.serial},
              {"issued_at", note.issuedAtMs},
              {"generation", note.generation},
              {"log_key", toHex(note.logKey)},
              {"server_device", toText(note.serverDevice)},
              {"server_key", toHex(note.serverKey)},
              {"sealing_key", toHex(note.sealingKey)},
              {"tls_keys", digestsJson(note.tlsKeys)},
              {"past", Json::array({{{"generation", note.past[0].generation},
                                     {"log_key", toHex(note.past[0].logKey)},
                                     {"server_device", toText(note.past[0].serverDevice)},
                                     {"server_key", toHex(note.past[0].serverKey)}}})}}},
            {"refused", refused}};
}

std::vector<std::pair<std::string, std::string>> allFiles() {
    const std::pair<const char *, Json (*)()> makers[] = {
        {"cbor.json", cborVectors},        {"operations.json", operationVectors},
        {"ids.json", idVectors},           {"chain.json", chainVectors},
        {"runs.json", runVectors},         {"signatures.json", signatureVectors},
        {"tree.json", treeVectors},        {"checkpoint.json", checkpointVectors},
        {"key_note.json", keyNoteVectors},
    };
    std::vector<std::pair<std::string, std::string>> files;
    for (const auto &[name, make] : makers)
        files.emplace_back(name, make().dump(1) + "\n");
    return files;
}

} // namespace zhicha::vectors
