#pragma once
// The operations, chains and runs from which tests/vectors is made. Every "random" byte is SHA-256 of a label, so the
// same labels give the same bytes on every machine and in every language.
#include "shared/oplog/receipt.h"

namespace zhicha::samples {

[[nodiscard]] Digest seeded(std::string_view label); ///< SHA-256 of the label
[[nodiscard]] Uuid sampleId(std::string_view label); ///< seeded(label) in the form of a UUIDv7
[[nodiscard]] SigningKey sampleKey(std::string_view label);
[[nodiscard]] Uuid sampleLedger();

/** A body with every field of the kind, each of the right type; `check` and what else names an entity are sampleIds. */
[[nodiscard]] cbor::Map sampleFields(const KindInfo &kind);
/** The base that such a body needs: an empty list for the first merged field, one digest for the next, and so on. */
[[nodiscard]] Base sampleBase(const KindInfo &kind, const cbor::Map &fields);
/** Derived where the kind wants it. */
[[nodiscard]] Uuid sampleEntity(const KindInfo &kind, const cbor::Map &fields);
[[nodiscard]] Envelope sampleEnvelope(const KindInfo &kind, const cbor::Map &fields, std::int64_t seq);
[[nodiscard]] Body sampleBody(const cbor::Map &fields, std::int64_t seq);
/** Aborts if the operation does not encode: then the table of kinds and sampleFields disagree. */
[[nodiscard]] OperationBytes sampleOperation(const KindInfo &kind, std::int64_t seq);
[[nodiscard]] OperationBytes sampleNote(std::int64_t seq, const std::string &text = "note"); ///< a small check.note

/** The tablet whose chain the samples are: its device id, key and h(0). */
[[nodiscard]] Uuid sampleDevice();
[[nodiscard]] Digest sampleStart();
/** A signed run of `count` notes, the first with number `first`; the chain before it is made of notes as well. */
[[nodiscard]] Run sampleRun(std::int64_t first, std::int64_t count);
/** Signs whatever the elements are, chained onto `before`. */
[[nodiscard]] Run runOf(std::int64_t first, const Digest &before, std::vector<RunElement> elements);
[[nodiscard]] RunElement elementOf(const OperationBytes &operation);

/** Leaf number `index` of the sample log. */
[[nodiscard]] Leaf sampleLeaf(std::int64_t index);

} // namespace zhicha::samples
