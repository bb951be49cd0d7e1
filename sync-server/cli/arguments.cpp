#include "sync-server/cli/arguments.h"

#include <charconv>

namespace zhicha {

std::string Arguments::get(const std::string &name, const std::string &absent) const {
    const auto it = options.find(name);
    return it == options.end() ? absent : it->second;
}

Result<std::string> Arguments::word(std::size_t index, const std::string &what) const {
    if (index >= words.size())
        return fail(Code::WrongUsage, what + " is missing");
    return words[index];
}

Result<std::string> Arguments::option(const std::string &name) const {
    const auto it = options.find(name);
    if (it == options.end())
        return fail(Code::WrongUsage, "--" + name + " is missing");
    return it->second;
}

Result<std::int64_t> Arguments::number(const std::string &name) const {
    ZHICHA_ASSIGN(const std::string text, option(name));
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return fail(Code::WrongUsage, "--" + name + " takes a whole number");
    return value;
}

Result<Arguments> readArguments(const std::vector<std::string> &given, const std::set<std::string> &values,
                                const std::set<std::string> &flags) {
    Arguments out;
    for (std::size_t i = 0; i < given.size(); ++i) {
        const std::string &text = given[i];
        // "-o" is the one short option of the contracts; a lone "-" is a word.
        if (text == "-o") {
            if (i + 1 == given.size())
                return fail(Code::WrongUsage, "-o takes a file");
            out.options["o"] = given[++i];
            continue;
        }
        if (!text.starts_with("--") || text.size() == 2) {
            out.words.push_back(text);
            continue;
        }
        const std::size_t equals = text.find('=');
        const std::string name = text.substr(2, equals == std::string::npos ? equals : equals - 2);
        if (flags.contains(name) && equals == std::string::npos) {
            out.options[name] = "";
            continue;
        }
        if (!values.contains(name))
            return fail(Code::WrongUsage, "unknown option --" + name);
        std::string value;
        if (equals != std::string::npos)
            value = text.substr(equals + 1);
        else if (i + 1 < given.size())
            value = given[++i];
        else
            return fail(Code::WrongUsage, "--" + name + " takes a value");
        if (name == "question")
            out.questions.push_back(value);
        out.options[name] = value;
    }
    return out;
}

} // namespace zhicha
