#include "sync-server/office/comments.h"

#include "sync-server/office/check_view.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace zhicha {

namespace {
bool isCommentText(const std::string &text) {
    return !text.empty() && text.size() <= 4000 && isUtf8(text);
}

Status appendAll(Intake &intake, std::vector<ServerOperation> operations) {
    ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake.open());
    for (ServerOperation &operation : operations) {
        const auto appended = transaction->append(std::move(operation));
        ZHICHA_TRY(appended ? Status() : Status(appended.error()));
    }
    const auto committed = transaction->commit();
    return committed ? Status() : Status(committed.error());
}

bool isOfCheck(const CheckView &view, const Uuid &entity) {
    return entity == view.id || std::any_of(view.rows.begin(), view.rows.end(),
                                            [&](const RowRecord &record) { return record.entity == entity; });
}
} // namespace

Result<nlohmann::json> addComment(Intake &intake, const Actor &actor, const NewComment &comment) {
    LedgerWriter &ledger = intake.ledger();
    if (!isCommentText(comment.text))
        return fail(Code::InvalidArgument, "a comment is 1 to 4000 bytes of text");
    ZHICHA_ASSIGN(const CheckView view, CheckLoader(ledger).load(comment.check));
    const Uuid about = comment.about.value_or(comment.check);
    if (!isOfCheck(view, about))
        return fail(Code::NotFound, "the comment is about nothing of this check");
    const Uuid id = comment.id.value_or(newUuid(intake.clock(), intake.random()));
    nlohmann::json answer{{"comment", toText(id)}, {"check", toText(comment.check)}};
    ZHICHA_ASSIGN(const std::optional<EntityRow> before, ledger.rowOf(id));
    if (before) {
        if (before->type == EntityType::Comment && before->text("text") == comment.text)
            return answer;
        return fail(Code::AlreadyDone, "the id is in use with other content");
    }
    cbor::Map subject{{"entity", about}};
    if (!comment.field.empty())
        subject["field"] = comment.field;
    ZHICHA_TRY(
        appendAll(intake, {{"comment.add", id, {{"about", subject}, {"text", comment.text}}, {}, actor.person}}));
    return answer;
}

Result<nlohmann::json> handCheck(Intake &intake, const Actor &actor, const Uuid &check, const Uuid &to,
                                 const std::string &reason) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requireRole(ledger, actor, "reviewer"));
    if (!isCommentText(reason))
        return fail(Code::InvalidArgument, "a reason is 1 to 4000 bytes of text");
    ZHICHA_ASSIGN(const CheckView view, CheckLoader(ledger).load(check));
    if (view.state == CheckState::Void)
        return fail(Code::WrongUsage, "the check is void");
    ZHICHA_ASSIGN(const std::optional<EntityRow> person, ledger.rowOf(to));
    if (!person || person->type != EntityType::Person)
        return fail(Code::NotFound, "no such person");
    std::vector<Uuid> devices;
    const Status read = ledger.forEachChain([&](const ChainRecord &chain) -> Status {
        if (!chain.server && chain.person == to)
            devices.push_back(chain.device);
        return {};
    });
    ZHICHA_TRY(read);
    if (devices.empty())
        return fail(Code::WrongUsage, "this person has no tablet yet");
    const Uuid id = newUuid(intake.clock(), intake.random());
    std::vector<ServerOperation> operations{
        {"check.hand", id, {{"check", check}, {"to", to}, {"reason", reason}}, {}, actor.person}};
    for (const Uuid &device : devices) {
        ZHICHA_ASSIGN(const bool has, ledger.inScope(device, check));
        if (!has)
            operations.push_back({"scope.grant",
                                  newUuid(intake.clock(), intake.random()),
                                  {{"device", device}, {"entity", check}, {"why", "hand"}},
                                  {},
                                  actor.person});
    }
    ZHICHA_TRY(appendAll(intake, std::move(operations)));
    return nlohmann::json{
        {"hand", toText(id)}, {"check", toText(check)}, {"to", toText(to)}, {"devices", devices.size()}};
}

Result<nlohmann::json> admitJoiner(Intake &intake, const Actor &actor, const Uuid &check, const Uuid &join) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requireRole(ledger, actor, "reviewer"));
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(join));
    if (!row || row->type != EntityType::Join || row->check != check || !row->device)
        return fail(Code::NotFound, "no such join of this check");
    ZHICHA_ASSIGN(const bool has, ledger.inScope(*row->device, check));
    if (has)
        return fail(Code::AlreadyDone, "the joiner reads the check already");
    const Uuid id = newUuid(intake.clock(), intake.random());
    ZHICHA_TRY(appendAll(
        intake,
        {{"scope.grant", id, {{"device", *row->device}, {"entity", check}, {"why", "admitted"}}, {}, actor.person}}));
    return nlohmann::json{{"join", toText(join)}, {"check", toText(check)}, {"device", toText(*row->device)}};
}

Result<nlohmann::json> endReading(Intake &intake, const Actor &actor, const Uuid &check, const Uuid &device,
                                  const std::string &reason) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requireRole(ledger, actor, "reviewer"));
    if (!isCommentText(reason))
        return fail(Code::InvalidArgument, "a reason is 1 to 4000 bytes of text");
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(check));
    if (!row || row->type != EntityType::Check)
        return fail(Code::NotFound, "no such check");
    ZHICHA_ASSIGN(const std::vector<Uuid> readers, ledger.readersOf(check));
    if (std::find(readers.begin(), readers.end(), device) == readers.end())
        return fail(Code::AlreadyDone, "this tablet does not read the check");
    if (readers.size() == 1)
        return fail(Code::WrongUsage, "no other tablet reads the check: hand it to somebody first");
    ZHICHA_TRY(appendAll(intake, {{"scope.end",
                                   newUuid(intake.clock(), intake.random()),
                                   {{"device", device}, {"entity", check}, {"reason", reason}},
                                   {},
                                   actor.person}}));
    return nlohmann::json{{"check", toText(check)}, {"device", toText(device)}};
}

} // namespace zhicha
