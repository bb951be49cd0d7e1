#include "sync-server/http/router.h"

#include "sync-server/http/problem_response.h"

#include <exception>

namespace zhicha {
namespace {

bool isParameter(const std::string &segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

std::vector<std::string> patternSegments(std::string_view pattern) {
    ZHICHA_CHECK(!pattern.empty() && pattern.front() == '/');
    std::vector<std::string> segments;
    pattern.remove_prefix(1);
    while (!pattern.empty()) {
        const auto end = pattern.find('/');
        segments.emplace_back(pattern.substr(0, end));
        ZHICHA_CHECK(!segments.back().empty());
        pattern.remove_prefix(end == std::string_view::npos ? pattern.size() : end + 1);
    }
    return segments;
}

bool pathFits(const Route &route, const Request &request) {
    if (route.segments.size() != request.segments.size())
        return false;
    for (std::size_t i = 0; i < route.segments.size(); ++i) {
        if (!isParameter(route.segments[i]) && route.segments[i] != request.segments[i])
            return false;
    }
    return true;
}

std::size_t literalCount(const Route &route) {
    std::size_t count = 0;
    for (const auto &segment : route.segments)
        count += isParameter(segment) ? 0 : 1;
    return count;
}

bool methodFits(const Route &route, const Request &request) {
    return route.method == request.method || (request.method == "HEAD" && route.method == "GET");
}

/** An exact method wins over HEAD's fall back on GET, then the pattern with more literal segments. */
bool isBetter(const Route &a, const Route &b, const Request &request) {
    const bool exactA = a.method == request.method;
    const bool exactB = b.method == request.method;
    return exactA != exactB ? exactA : literalCount(a) > literalCount(b);
}

void addAllowed(std::string &allow, const std::string &method) {
    if ((", " + allow + ",").find(", " + method + ",") != std::string::npos)
        return;
    allow += (allow.empty() ? "" : ", ") + method;
}

} // namespace

void Router::add(std::string method, std::string pattern, RouteLimits limits, Handler handler) {
    Route route;
    route.method = std::move(method);
    route.pattern = std::move(pattern);
    route.limits = limits;
    route.handler = std::move(handler);
    insert(std::move(route));
}

void Router::addUpload(std::string method, std::string pattern, RouteLimits limits, UploadHandler handler) {
    Route route;
    route.method = std::move(method);
    route.pattern = std::move(pattern);
    route.limits = limits;
    route.upload = std::move(handler);
    insert(std::move(route));
}

void Router::insert(Route route) {
    route.segments = patternSegments(route.pattern);
    for (const auto &other : m_routes)
        ZHICHA_CHECK(other->method != route.method || other->pattern != route.pattern);
    m_routes.push_back(std::make_unique<Route>(std::move(route)));
}

RouteMatch Router::match(Request &request) const {
    RouteMatch result;
    for (const auto &route : m_routes) {
        if (!pathFits(*route, request))
            continue;
        addAllowed(result.allow, route->method);
        if (route->method == "GET")
            addAllowed(result.allow, "HEAD");
        if (methodFits(*route, request) && (!result.route || isBetter(*route, *result.route, request)))
            result.route = route.get();
    }
    if (!result.route)
        return result;
    request.params.clear();
    for (std::size_t i = 0; i < result.route->segments.size(); ++i) {
        const auto &segment = result.route->segments[i];
        if (isParameter(segment))
            request.params[segment.substr(1, segment.size() - 2)] = request.segments[i];
    }
    return result;
}

Response Router::unmatched(const Request &request, const RouteMatch &match) const {
    if (match.allow.empty() && m_fallback)
        if (auto page = m_fallback(request))
            return *std::move(page);
    if (match.allow.empty())
        return problemResponse(fail(Code::NotFound, "no such resource"));
    auto response = request.method == "OPTIONS"
                        ? emptyResponse(204)
                        : problemResponse(fail(Code::WrongUsage, "the resource does not take this method"), 405);
    response.headers.emplace_back("Allow", match.allow + ", OPTIONS");
    return response;
}

Response Router::runBuffered(const Route &route, const Request &request) {
    // Handlers return errors; what a library throws all the same must not take the server down.
    try {
        return route.handler(request);
    } catch (const std::exception &exception) {
        return problemResponse(fail(Code::Internal, exception.what()));
    }
}

UploadStart Router::startUpload(const Route &route, const Request &request) {
    try {
        return route.upload(request);
    } catch (const std::exception &exception) {
        return problemResponse(fail(Code::Internal, exception.what()));
    }
}

Response Router::handle(Request request) const {
    if (!request.contentLength)
        request.contentLength = request.body.size();
    const auto found = match(request);
    if (!found.route)
        return unmatched(request, found);
    const Route &route = *found.route;
    if (request.body.size() > route.limits.maxBodyBytes)
        return problemResponse(fail(Code::TooLarge, "body over the limit of this resource"));
    if (route.handler)
        return runBuffered(route, request);
    const Bytes body = std::move(request.body);
    request.body.clear();
    auto start = startUpload(route, request);
    if (auto *refusal = std::get_if<Response>(&start))
        return std::move(*refusal);
    auto &stream = std::get<std::unique_ptr<BodyStream>>(start);
    if (auto written = stream->write(body); !written) {
        stream->abandon();
        return problemResponse(written.error());
    }
    return stream->finish();
}

} // namespace zhicha
