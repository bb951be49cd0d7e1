#pragma once
// A second fold, slow and plain, written from the text of docs/FORMATS.md "Fold" and not from shared/ledger: it looks
// at all operations at once, derives authority from them first and then judges each entity by the sentences of the
// text.
#include "shared/ledger/fold.h"
#include "tests/support/ops/op_builder.h"

namespace zhicha::test {

/** What the test knows of an operation because it made it; the reference decodes nothing. */
struct KnownOperation {
    enum class Form { Good, Undecodable, NotInterpreted, Withheld, Bad };
    MadeOperation made;
    Form form = Form::Good;
    std::string kind;
    Uuid entity;
    std::int64_t estimateMs = 0;
    cbor::Map fields;
    Base base;
};

struct ReferenceWorld {
    Uuid office;                           ///< the server chain, after a restore the newest
    std::map<Uuid, std::int64_t> earlier;  ///< the server chains before it -> their generation
    std::map<Uuid, std::int64_t> disputes; ///< device -> first sequence of an undecided fork
    [[nodiscard]] bool isOffice(const Uuid &device) const { return device == office || earlier.contains(device); }
    /** Of two operations of the office the one that comes later holds: by generation, then by number. */
    [[nodiscard]] bool comesBefore(const KnownOperation &a, const KnownOperation &b) const;
};

struct ReferenceState {
    std::map<Uuid, EntityRow> rows;
    std::map<Digest, Ineffective> outcomes;
};

[[nodiscard]] ReferenceState referenceFold(const ReferenceWorld &world, const std::vector<KnownOperation> &operations);

} // namespace zhicha::test
