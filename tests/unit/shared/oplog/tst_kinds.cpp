// Goal: the table of kinds is coherent, and a body fits its kind exactly when every field does.
// Method: walks over the whole table; bodies made from the table are broken field by field.
#include "shared/oplog/kinds.h"
#include "tests/support/formats/samples.h"

#include <gtest/gtest.h>

#include <set>

namespace zhicha {
namespace {

using cbor::Array;
using cbor::Map;
using cbor::Value;

TEST(Kinds, namesAreUniqueAndFound) {
    std::set<std::string_view> names;
    for (const KindInfo &kind : allKinds()) {
        EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
        EXPECT_EQ(findKind(kind.name), &kind);
    }
    EXPECT_EQ(findKind("finding.later"), nullptr);
    EXPECT_EQ(findKind(""), nullptr);
}

TEST(Kinds, fieldNamesOfOneKindAreUniqueAndNotEmpty) {
    for (const KindInfo &kind : allKinds()) {
        std::set<std::string_view> names;
        for (const FieldInfo &field : kind.fields) {
            EXPECT_FALSE(field.name.empty()) << kind.name;
            EXPECT_TRUE(names.insert(field.name).second) << kind.name << " " << field.name;
        }
        EXPECT_EQ(kind.field("no such field"), nullptr);
    }
}

TEST(Kinds, authorityIsWrittenOnServerChainsOnly) {
    for (const KindInfo &kind : allKinds())
        for (const FieldInfo &field : kind.fields)
            EXPECT_EQ(field.merge == Merge::Authority, kind.author == Author::Server) << kind.name << " " << field.name;
}

TEST(Kinds, oneFieldOfAnEntityMergesInOneWay) {
    struct Use {
        const KindInfo &kind;
        const FieldInfo &field;
    };
    std::map<std::pair<EntityType, std::string_view>, std::vector<Use>> uses;
    for (const KindInfo &kind : allKinds())
        for (const FieldInfo &field : kind.fields)
            if (field.name != "reason") // belongs to the operation, not to the entity
                uses[{kind.entity, field.name}].push_back({kind, field});
    for (const auto &[place, all] : uses)
        for (const Use &use : all)
            for (const Use &other : all) {
                // Two kinds that each bear an entity never meet in one: a feedback and its answer.
                if (use.kind.idRole == IdRole::Birth && other.kind.idRole == IdRole::Birth)
                    continue;
                EXPECT_EQ(use.field.merge, other.field.merge)
                    << use.kind.name << " " << other.kind.name << " " << use.field.name;
            }
}

TEST(Kinds, decidedAndLatestFieldsAreExactlyThoseOfTheDesign) {
    std::set<std::string> decided;
    std::set<std::string> latest;
    for (const KindInfo &kind : allKinds())
        for (const FieldInfo &field : kind.fields) {
            const std::string name = std::string(entityTypeName(kind.entity)) + "." + std::string(field.name);
            if (field.merge == Merge::Decided)
                decided.insert(name);
            if (field.merge == Merge::Latest)
                latest.insert(name);
        }
    EXPECT_EQ(decided, (std::set<std::string>{"check.site", "check.items", "answer.value", "attestation.said",
                                              "finding.item", "finding.severity", "finding.text", "unknown.void"}));
    EXPECT_EQ(latest, (std::set<std::string>{"answer.note", "attestation.note", "photo.to", "photo.rank"}));
}

TEST(Kinds, whatIsBornAsEvidenceNamesItsCheck) {
    bool found = true;
    for (const KindInfo &kind : allKinds())
        if (kind.entity >= EntityType::CheckNumber && kind.entity <= EntityType::Finding &&
            kind.idRole != IdRole::Change)
            found = found && kind.field("check") != nullptr;
    EXPECT_TRUE(found);
}

TEST(Kinds, entityTypesHaveDistinctNames) {
    std::set<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(EntityType::Withholding); ++i)
        EXPECT_TRUE(names.insert(entityTypeName(static_cast<EntityType>(i))).second) << i;
}

TEST(Kinds, numbersOfEntityTypesNeverMove) {
    EXPECT_EQ(static_cast<int>(EntityType::Person), 7);
    EXPECT_EQ(static_cast<int>(EntityType::Check), 17);
    EXPECT_EQ(static_cast<int>(EntityType::Photo), 31);
    EXPECT_EQ(static_cast<int>(EntityType::Feedback), 36);
    EXPECT_EQ(static_cast<int>(EntityType::Extension), 37);
    EXPECT_EQ(static_cast<int>(EntityType::Ranking), 44);
    EXPECT_EQ(static_cast<int>(EntityType::PaperReceipt), 46);
    EXPECT_EQ(static_cast<int>(EntityType::RequestStep), 48);
    EXPECT_EQ(static_cast<int>(EntityType::OrderStep), 50);
    EXPECT_EQ(static_cast<int>(EntityType::Withholding), 52);
}

TEST(KindBodies, aFullBodyFitsEveryKind) {
    for (const KindInfo &kind : allKinds()) {
        if (!kind.interpreted)
            continue;
        EXPECT_EQ(bodyProblem(kind, samples::sampleFields(kind)), std::nullopt) << kind.name;
    }
}

TEST(KindBodies, requiredFieldsAreRequiredAndOthersAreNot) {
    for (const KindInfo &kind : allKinds())
        for (const FieldInfo &field : kind.fields) {
            Map fields = samples::sampleFields(kind);
            fields.erase(std::string(field.name));
            EXPECT_EQ(bodyProblem(kind, fields).has_value(), field.required) << kind.name << " " << field.name;
        }
}

TEST(KindBodies, aValueOfAnotherTypeIsRefused) {
    const Value others[] = {5, true, "some words", Bytes{1, 2, 3}, Array{Array{}}, Map{{"other", 1}}};
    for (const KindInfo &kind : allKinds())
        for (const FieldInfo &field : kind.fields) {
            int accepted = 0;
            for (const Value &other : others) {
                Map fields = samples::sampleFields(kind);
                fields[std::string(field.name)] = other;
                accepted += bodyProblem(kind, fields) ? 0 : 1;
            }
            EXPECT_LE(accepted, 1) << kind.name << " " << field.name;
        }
}

TEST(KindBodies, onlyWhatMayBeAbsentAndMayChangeIsClearedByNull) {
    for (const KindInfo &kind : allKinds())
        for (const FieldInfo &field : kind.fields) {
            Map fields = samples::sampleFields(kind);
            fields[std::string(field.name)] = Value();
            const bool clearable = !field.required && field.merge != Merge::Fact;
            EXPECT_EQ(!bodyProblem(kind, fields).has_value(), clearable) << kind.name << " " << field.name;
        }
}

TEST(KindBodies, onlyTheWordsOfTheTableAreAllowed) {
    for (const KindInfo &kind : allKinds())
        for (const FieldInfo &field : kind.fields) {
            if (field.allowed.empty())
                continue;
            for (const std::string &word : {std::string(), std::string(" "), std::string(field.allowed) + "x",
                                            std::string(field.allowed), std::string("YES")}) {
                if (word == field.allowed && word.find(' ') == std::string::npos)
                    continue;
                Map fields = samples::sampleFields(kind);
                fields[std::string(field.name)] = word;
                EXPECT_TRUE(bodyProblem(kind, fields)) << kind.name << " " << field.name << " '" << word << "'";
            }
        }
}

TEST(KindBodies, unknownKeysAreFine) {
    Map fields = samples::sampleFields(*findKind("finding.record"));
    fields["later"] = Map{{"anything", 1}};
    EXPECT_EQ(bodyProblem(*findKind("finding.record"), fields), std::nullopt);
}

TEST(KindBodies, whatTheTableCannotSayIsCheckedToo) {
    const auto without = [](const char *kind, std::initializer_list<const char *> names) {
        Map fields = samples::sampleFields(*findKind(kind));
        for (const char *name : names)
            fields.erase(name);
        return bodyProblem(*findKind(kind), fields).has_value();
    };
    EXPECT_FALSE(without("answer.give", {"value"}));
    EXPECT_FALSE(without("answer.give", {"note"}));
    EXPECT_TRUE(without("answer.give", {"value", "note"}));
    EXPECT_FALSE(without("check.start", {"arrival"}));
    EXPECT_FALSE(without("check.start", {"no_fix_reason"}));
    EXPECT_TRUE(without("check.start", {"arrival", "no_fix_reason"}));
    for (const std::int64_t clause : {std::int64_t{0}, std::int64_t{7}, std::int64_t{-1}}) {
        Map fields = samples::sampleFields(*findKind("attestation.say"));
        fields["clause"] = clause;
        EXPECT_TRUE(bodyProblem(*findKind("attestation.say"), fields)) << clause;
    }
    Map track = samples::sampleFields(*findKind("track.append"));
    track["points"] = Array(600, Value(1));
    EXPECT_FALSE(bodyProblem(*findKind("track.append"), track));
    track["points"] = Array(601, Value(1));
    EXPECT_TRUE(bodyProblem(*findKind("track.append"), track));
}

TEST(KindBodies, aFixStandsOnTheEarth) {
    const KindInfo &kind = *findKind("photo.add");
    const auto withFix = [&](const std::string &key, std::optional<Value> value) {
        Map fields = samples::sampleFields(kind);
        Map fix = *fields["fix"].map();
        fix.erase(key);
        if (value)
            fix[key] = *value;
        fields["fix"] = fix;
        return !bodyProblem(kind, fields).has_value();
    };
    EXPECT_TRUE(withFix("lat", Value(std::int64_t{-900'000'000})));
    EXPECT_FALSE(withFix("lat", Value(std::int64_t{900'000'001})));
    EXPECT_TRUE(withFix("lon", Value(std::int64_t{1'800'000'000})));
    EXPECT_FALSE(withFix("lon", Value(std::int64_t{-1'800'000'001})));
    EXPECT_FALSE(withFix("lat", Value(std::numeric_limits<std::int64_t>::min())));
    EXPECT_TRUE(withFix("accuracy_mm", std::nullopt));
    for (const char *key : {"t", "lat", "lon", "age_ms", "source"})
        EXPECT_FALSE(withFix(key, std::nullopt)) << key;
}

TEST(KindBodies, headsNameDevicesByThirtyTwoHexDigits) {
    const KindInfo &kind = *findKind("check.sign");
    const auto withHeads = [&](Value heads) {
        Map fields = samples::sampleFields(kind);
        fields["upto"] = std::move(heads);
        return !bodyProblem(kind, fields).has_value();
    };
    const std::string device(32, 'a');
    const Digest h = samples::seeded("h");
    EXPECT_TRUE(withHeads(Map{}));
    EXPECT_TRUE(withHeads(Map{{device, Array{1, h}}}));
    EXPECT_FALSE(withHeads(Map{{"a", Array{1, h}}}));
    EXPECT_FALSE(withHeads(Map{{device, Array{1}}}));
    EXPECT_FALSE(withHeads(Map{{device, Array{h, 1}}}));
    EXPECT_FALSE(withHeads(Map{{device, Array{1, Bytes(31)}}}));
}

} // namespace
} // namespace zhicha
