// Goal: a DOCX is a zip of well-formed parts that name each other, says all that the paper says in its order, and
// measures what GB/T 9704-2012 says.
// Method: the stored parts are read back by name; texts, measures and relations looked for; hostile texts put into it.
// What another program makes of it is seen by tests/integration/tst_papers.py.
#include "shared/documents/docx.h"

#include "shared/documents/zip.h"
#include "tests/unit/shared/documents/sample_paper.h"

#include <gtest/gtest.h>

#include <map>

namespace zhicha::documents {
namespace {

std::uint32_t little(const Bytes &bytes, std::size_t at, int size) {
    std::uint32_t value = 0;
    for (int i = size; i-- > 0;)
        value = (value << 8) | bytes[at + static_cast<std::size_t>(i)];
    return value;
}

/** Stored members by the central directory. */
std::map<std::string, std::string> membersOf(const Bytes &zip) {
    std::map<std::string, std::string> members;
    std::size_t end = zip.size() - 22;
    while (end > 0 && little(zip, end, 4) != 0x06054b50)
        --end;
    std::size_t at = little(zip, end + 16, 4);
    for (std::uint32_t left = little(zip, end + 10, 2); left > 0; --left) {
        EXPECT_EQ(little(zip, at, 4), 0x02014b50U);
        EXPECT_EQ(little(zip, at + 10, 2), 0U) << "stored, not packed";
        const std::size_t size = little(zip, at + 24, 4);
        const std::size_t nameSize = little(zip, at + 28, 2);
        const std::size_t local = little(zip, at + 42, 4);
        const std::string name(zip.begin() + static_cast<std::ptrdiff_t>(at + 46),
                               zip.begin() + static_cast<std::ptrdiff_t>(at + 46 + nameSize));
        const std::size_t data = local + 30 + little(zip, local + 26, 2) + little(zip, local + 28, 2);
        members[name] = std::string(zip.begin() + static_cast<std::ptrdiff_t>(data),
                                    zip.begin() + static_cast<std::ptrdiff_t>(data + size));
        at += 46 + nameSize + little(zip, at + 30, 2) + little(zip, at + 32, 2);
    }
    return members;
}

/** What is between tags, in order; `balanced` is false for a tag that nobody closed. */
std::string textOfXml(const std::string &xml, bool &balanced) {
    std::string text;
    std::vector<std::string> open;
    balanced = true;
    for (std::size_t at = xml.find("?>") + 3; at < xml.size();) {
        if (xml[at] != '<') {
            text += xml[at++];
            continue;
        }
        const std::size_t end = xml.find('>', at);
        const std::string tag = xml.substr(at + 1, end - at - 1);
        const std::string name =
            tag.substr(tag[0] == '/' ? 1 : 0, tag.find_first_of(" /", 1) - (tag[0] == '/' ? 1 : 0));
        if (tag[0] == '/') {
            balanced = balanced && !open.empty() && open.back() == tag.substr(1);
            if (!open.empty())
                open.pop_back();
        } else if (tag.back() != '/') {
            open.push_back(name);
        }
        at = end + 1;
    }
    balanced = balanced && open.empty();
    return text;
}

Paper wholePaper() {
    Paper paper = samplePaper();
    paper.signer = "张建国";
    paper.attachments = {
        {"排名表\n（市直单位）",
         {{BlockKind::Table, "", "", {{{"名次", 1, Align::Middle}, {"单位", 3, Align::Left}}, {{"1", "水利局"}}}}}},
        {"说明", {{BlockKind::Text, "", "A<B & \"C\">D", {}}}}};
    return paper;
}

TEST(Docx, saysAllThatThePaperSaysInItsOrder) {
    const auto docx = writeDocx(wholePaper());
    ASSERT_TRUE(docx) << docx.error().detail;
    const auto members = membersOf(*docx);
    EXPECT_EQ(members.size(), 9U);
    for (const auto &[name, xml] : members) {
        bool balanced = false;
        (void)textOfXml(xml, balanced);
        EXPECT_TRUE(balanced) << name;
    }
    bool balanced = false;
    const std::string text = textOfXml(members.at("word/document.xml"), balanced);
    std::size_t at = 0;
    for (const char *part : {"内部",
                             "三门峡市人民政府督查室文件",
                             "三政督〔2026〕15号",
                             "签发人：",
                             "张建国",
                             "关于督促办理城区",
                             "市住房和城乡建设局，湖滨区人民政府：",
                             "一、办理要求",
                             "（一）加快推进。",
                             "朱镕喆、𠮷田",
                             "附件：1.排名表 （市直单位）",
                             "2.说明",
                             "三门峡市人民政府督查室",
                             "2026年11月30日",
                             "附件1",
                             "排名表",
                             "名次",
                             "水利局",
                             "附件2",
                             "A&lt;B &amp; &quot;C&quot;&gt;D",
                             "抄送：市委办公室",
                             "2026年11月30日印发"}) {
        const std::size_t found = text.find(part, at);
        ASSERT_NE(found, std::string::npos) << part << "\n" << text;
        at = found;
    }
}

TEST(Docx, measuresWhatTheStandardSays) {
    const auto members = membersOf(*writeDocx(wholePaper()));
    const std::string &document = members.at("word/document.xml");
    for (const char *part :
         {R"(<w:pgSz w:w="11906" w:h="16838"/>)", R"(w:top="2098" w:right="1474" w:bottom="1984" w:left="1587")",
          R"(<w:docGrid w:type="lines" w:linePitch="579"/>)", R"(<w:color w:val="C8161D"/>)",
          R"(w:firstLineChars="200")", R"(<w:tblHeader/>)", R"(<w:pageBreakBefore/>)"})
        EXPECT_NE(document.find(part), std::string::npos) << part;
    EXPECT_NE(members.at("word/settings.xml").find("evenAndOddHeaders"), std::string::npos);
    EXPECT_NE(members.at("word/footer1.xml").find("PAGE"), std::string::npos);
    for (const char *part :
         {"word/document.xml", "word/styles.xml", "word/settings.xml", "word/footer1.xml", "word/footer2.xml"})
        EXPECT_NE(members.at("[Content_Types].xml").find("/" + std::string(part)), std::string::npos) << part;
}

TEST(Docx, isTheSameTwiceAndRefusesHostileTexts) {
    EXPECT_EQ(*writeDocx(wholePaper()), *writeDocx(wholePaper()));
    Paper paper = wholePaper();
    paper.body[0].text = "甲\x0B乙";
    const auto refused = writeDocx(paper);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().detail.find("U+000B"), std::string::npos);
    paper.body[0].text = "]]></w:t><w:evil/>";
    const auto members = membersOf(*writeDocx(paper));
    EXPECT_EQ(members.at("word/document.xml").find("<w:evil"), std::string::npos);
}

} // namespace
} // namespace zhicha::documents
