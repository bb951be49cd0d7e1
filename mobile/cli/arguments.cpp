#include "mobile/cli/arguments.h"

#include "shared/base/bytes.h"

#include <algorithm>
#include <charconv>

namespace zhicha::cli {

namespace {
Error usage(std::string detail) {
    return fail(Code::WrongUsage, std::move(detail), Retry::AfterUser);
}
} // namespace

Result<Arguments> Arguments::parse(std::span<const std::string> words, std::size_t positionals,
                                   std::span<const OptionInfo> options) {
    Arguments out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string &word = words[i];
        if (!isUtf8(word))
            return usage("an argument is not UTF-8");
        if (!word.starts_with("--")) {
            out.m_positionals.push_back(word);
            continue;
        }
        std::string name = word.substr(2);
        std::optional<std::string> value;
        if (const std::size_t equals = name.find('='); equals != std::string::npos) {
            value = name.substr(equals + 1);
            name.resize(equals);
        }
        const auto *info = std::find_if(options.data(), options.data() + options.size(),
                                        [&](const OptionInfo &option) { return option.name == name; });
        if (info == options.data() + options.size())
            return usage("unknown option --" + name);
        if (info->takesValue && !value) {
            if (i + 1 == words.size())
                return usage("--" + name + " takes a value");
            value = words[++i];
            if (!isUtf8(*value))
                return usage("--" + name + ": not UTF-8");
        }
        if (!info->takesValue && value)
            return usage("--" + name + " takes no value");
        auto &list = out.m_options[name];
        if (!list.empty() && !info->repeats)
            return usage("--" + name + " is given twice");
        list.push_back(value.value_or(""));
    }
    if (out.m_positionals.size() != positionals)
        return usage("this command takes " + std::to_string(positionals) + " argument(s) beside its options, not " +
                     std::to_string(out.m_positionals.size()));
    for (const OptionInfo &option : options)
        if (option.required && !out.has(option.name))
            return usage("--" + std::string(option.name) + " is missing");
    return out;
}

std::string Arguments::value(std::string_view name) const {
    const auto it = m_options.find(name);
    return it == m_options.end() ? std::string() : it->second.front();
}

std::optional<std::string> Arguments::optional(std::string_view name) const {
    const auto it = m_options.find(name);
    return it == m_options.end() ? std::nullopt : std::optional(it->second.front());
}

std::vector<std::string> Arguments::values(std::string_view name) const {
    const auto it = m_options.find(name);
    return it == m_options.end() ? std::vector<std::string>() : it->second;
}

Result<std::int64_t> Arguments::integer(std::string_view name) const {
    const std::string text = value(name);
    std::int64_t number = 0;
    const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || bad != std::errc() || end != text.data() + text.size())
        return usage("--" + std::string(name) + " takes a whole number");
    return number;
}

Result<std::int64_t> Arguments::degrees(std::string_view name, std::int64_t limit) const {
    const std::string text = value(name);
    double degrees = 0;
    const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), degrees, std::chars_format::fixed);
    const bool fits = !text.empty() && bad == std::errc() && end == text.data() + text.size() &&
                      degrees >= -static_cast<double>(limit) && degrees <= static_cast<double>(limit);
    if (!fits)
        return usage("--" + std::string(name) + " takes decimal degrees");
    const double scaled = degrees * 1e7;
    return static_cast<std::int64_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
}

} // namespace zhicha::cli
