// Operations: one of every kind, and those that do not decode or have no effect.
#include "tests/support/formats/vectors.h"

namespace zhicha::vectors {

using cbor::Array;
using cbor::Map;
using cbor::Value;

Json envelopeJson(const Envelope &envelope) {
    Json base = Json::object();
    for (const auto &[field, seen] : envelope.base) {
        base[field] = Json::array();
        for (const Digest &d : seen)
            base[field].push_back(toHex(d));
    }
    const OperationTime &time = envelope.time;
    Json json{{"device", toText(envelope.device)},
              {"seq", envelope.seq},
              {"kind", envelope.kind},
              {"id", toText(envelope.id)},
              {"base", std::move(base)},
              {"anchor",
               {{"generation", envelope.anchor.generation},
                {"size", envelope.anchor.size},
                {"root", toHex(envelope.anchor.root)}}},
              {"t",
               {{"wall", time.wallMs},
                {"offset_min", time.offsetMin},
                {"est", time.estimateMs},
                {"mono_us", time.monotonicUs},
                {"boot", time.boot}}}};
    if (time.gnssMs)
        json["t"]["gnss"] = *time.gnssMs;
    if (envelope.actor)
        json["actor"] = toText(*envelope.actor);
    return json;
}

namespace {
Json operationJson(const OperationBytes &operation) {
    const Envelope envelope = *decodeEnvelope(operation.envelope);
    const Body body = *decodeBody(*operation.body);
    return {{"kind", envelope.kind},
            {"envelope", toHex(operation.envelope)},
            {"body", toHex(*operation.body)},
            {"d", toHex(operation.digest())},
            {"body_digest", toHex(operation.bodyDigest)},
            {"decoded",
             {{"envelope", envelopeJson(envelope)}, {"salt", toHex(body.salt)}, {"fields", valueJson(body.fields)}}}};
}

/** The envelope and body of a small finding as plain maps, to be bent. */
struct Bent {
    Map envelope;
    Value body;
};

Bent plainFinding() {
    const KindInfo &kind = *findKind("finding.record");
    const OperationBytes operation = samples::sampleOperation(kind, 5);
    return {*cbor::decode(operation.envelope)->map(), *cbor::decode(*operation.body)};
}

template <typename Change>
Json bent(std::string_view why, Change change) {
    Bent finding = plainFinding();
    change(finding);
    return {
        {"why", why}, {"envelope", toHex(cbor::encode(finding.envelope))}, {"body", toHex(cbor::encode(finding.body))}};
}

Map &mapIn(Map &map, const std::string &key, Map &keep) {
    keep = *map[key].map();
    return keep;
}

Json undecodableVectors() {
    const auto inTime = [](Bent &b, const std::string &key, std::optional<Value> value) {
        Map time;
        mapIn(b.envelope, "t", time);
        time.erase(key);
        if (value)
            time[key] = *value;
        b.envelope["t"] = time;
    };
    Json list = Json::array();
    list.push_back(bent("unknown key in the envelope", [](Bent &b) { b.envelope["later"] = 1; }));
    list.push_back(bent("unknown key in t", [&](Bent &b) { inTime(b, "later", Value(1)); }));
    list.push_back(bent("t without boot", [&](Bent &b) { inTime(b, "boot", std::nullopt); }));
    list.push_back(
        bent("offset_min past 32 bits", [&](Bent &b) { inTime(b, "offset_min", Value(std::int64_t{1} << 31)); }));
    for (const char *key : {"t", "id", "seq", "kind", "anchor", "device"})
        list.push_back(bent(std::string("envelope without ") + key, [&](Bent &b) { b.envelope.erase(key); }));
    list.push_back(bent("seq 0", [](Bent &b) { b.envelope["seq"] = 0; }));
    list.push_back(bent("id of 15 bytes", [](Bent &b) { b.envelope["id"] = Bytes(15); }));
    list.push_back(bent("actor that is null", [](Bent &b) { b.envelope["actor"] = Value(); }));
    list.push_back(bent("empty base", [](Bent &b) { b.envelope["base"] = Map{}; }));
    list.push_back(bent("base with the same digest twice", [](Bent &b) {
        b.envelope["base"] = Map{{"text", Array{samples::seeded("a"), samples::seeded("a")}}};
    }));
    list.push_back(bent("base with an empty field name", [](Bent &b) { b.envelope["base"] = Map{{"", Array{}}}; }));
    list.push_back(bent("anchor without root", [](Bent &b) {
        b.envelope["anchor"] = Map{{"size", 1}, {"generation", 1}};
    }));
    list.push_back(bent("body with a salt of 15 bytes", [](Bent &b) { b.body = Array{Bytes(15), Map{}}; }));
    list.push_back(bent("body of three parts", [](Bent &b) { b.body = Array{Bytes(16), Map{}, 1}; }));
    list.push_back(bent("fields that are no map", [](Bent &b) { b.body = Array{Bytes(16), Array{}}; }));
    return list;
}

Json ineffectiveVectors() {
    const auto field = [](Bent &b, const std::string &key, std::optional<Value> value) {
        Array parts = *b.body.array();
        Map fields = *parts[1].map();
        fields.erase(key);
        if (value)
            fields[key] = *value;
        b.body = Array{parts[0], fields};
    };
    Json list = Json::array();
    list.push_back(bent("kind that nobody knows", [](Bent &b) { b.envelope["kind"] = "finding.later"; }));
    list.push_back(bent("reserved kind", [](Bent &b) { b.envelope["kind"] = "draw.commit"; }));
    list.push_back(bent("required field missing", [&](Bent &b) { field(b, "text", std::nullopt); }));
    list.push_back(bent("word that is not allowed", [&](Bent &b) { field(b, "severity", Value("grave")); }));
    list.push_back(bent("text where an id belongs", [&](Bent &b) { field(b, "check", Value("c1")); }));
    list.push_back(bent("null in a required field", [&](Bent &b) { field(b, "text", Value()); }));
    list.push_back(bent("null in a fact", [&](Bent &b) { field(b, "fix", Value()); }));
    list.push_back(bent("base lacks a field that is written", [](Bent &b) {
        b.envelope["base"] = Map{{"item", Array{}}, {"text", Array{}}};
    }));
    list.push_back(bent("base names a field that is not written", [&](Bent &b) { field(b, "item", std::nullopt); }));
    list.push_back(bent("base names a fact", [](Bent &b) {
        b.envelope["base"] = Map{{"item", Array{}}, {"text", Array{}}, {"severity", Array{}}, {"check", Array{}}};
    }));
    list.push_back(bent("no base at all", [](Bent &b) { b.envelope.erase("base"); }));
    list.push_back(bent("answer under an id that is not derived", [](Bent &b) {
        const OperationBytes answer = samples::sampleOperation(*findKind("answer.give"), 5);
        b.envelope = *cbor::decode(answer.envelope)->map();
        b.body = *cbor::decode(*answer.body);
        b.envelope["id"] = samples::sampleId("other");
    }));
    return list;
}

Json tolerantVectors() {
    Json list = Json::array();
    list.push_back(bent("unknown key in the body", [](Bent &b) {
        Array parts = *b.body.array();
        Map fields = *parts[1].map();
        fields["later"] = Array{1, "kept"};
        b.body = Array{parts[0], fields};
    }));
    list.push_back(bent("optional decided field cleared with null", [](Bent &b) {
        Array parts = *b.body.array();
        Map fields = *parts[1].map();
        fields["item"] = Value();
        b.body = Array{parts[0], fields};
    }));
    return list;
}
} // namespace

Json operationVectors() {
    Json operations = Json::array();
    std::int64_t seq = 0;
    for (const KindInfo &kind : allKinds())
        if (kind.interpreted)
            operations.push_back(operationJson(samples::sampleOperation(kind, ++seq)));
    return {{"ledger", toText(samples::sampleLedger())},
            {"operations", std::move(operations)},
            {"fine_all_the_same", tolerantVectors()},
            {"undecodable", undecodableVectors()},
            {"without_effect", ineffectiveVectors()}};
}

Json idVectors() {
    const Uuid ledger = samples::sampleLedger();
    const Uuid check = samples::sampleId("check");
    const Uuid item = samples::sampleId("item");
    Json codes = Json::array();
    for (const auto &[type, code] :
         {std::pair{"unit", "u1"}, {"site", "s1"}, {"item", "督〔2026〕7号"}, {"person", "p1"}, {"unit", "s1"}})
        codes.push_back({{"type", type}, {"code", code}, {"id", toText(derivedId(ledger, type, code))}});
    Json answers = Json::array();
    for (const char *question : {"carried_out", "rectified", "satisfied"}) {
        answers.push_back(
            {{"item", toText(item)}, {"question", question}, {"id", toText(answerId(ledger, check, item, question))}});
        answers.push_back({{"item", nullptr},
                           {"question", question},
                           {"id", toText(answerId(ledger, check, std::nullopt, question))}});
    }
    Json attestations = Json::array();
    for (std::int64_t clause = 1; clause <= 6; ++clause)
        attestations.push_back({{"clause", clause}, {"id", toText(attestationId(ledger, check, clause))}});
    return {{"ledger", toText(ledger)},
            {"codes", codes},
            {"check", toText(check)},
            {"answers", answers},
            {"attestations", attestations}};
}

} // namespace zhicha::vectors
