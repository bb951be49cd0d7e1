// Goal: figures add up, in Prometheus text; logs are one JSON line without content. Method: a few requests counted by
// hand.
#include "sync-server/http/metrics.h"

#include "sync-server/http/access_log.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace zhicha {
namespace {

bool has(const std::string &text, const std::string &line) {
    return text.find("\n" + line + "\n") != std::string::npos;
}

TEST(Metrics, countsByRouteMethodAndStatus) {
    Metrics metrics;
    RequestFigures figures;
    figures.method = "GET";
    figures.route = "/a/{id}";
    figures.status = 200;
    figures.bytesIn = 3;
    figures.bytesOut = 5;
    figures.seconds = 0.01;
    metrics.countRequest(figures);
    figures.seconds = 1000;
    metrics.countRequest(figures);
    figures.method = "SECRET";
    metrics.countRequest(figures);
    metrics.connectionOpened();
    metrics.connectionRefused(Refusal::AddressLimit);
    metrics.addGauge("zhicha_ledger_operations", "Operations in the ledger.", [] { return 42.0; });
    const auto text = metrics.text();
    EXPECT_TRUE(has(text, "zhicha_http_requests_total{route=\"/a/{id}\",method=\"GET\",status=\"200\"} 2"));
    EXPECT_TRUE(has(text, "zhicha_http_requests_total{route=\"/a/{id}\",method=\"OTHER\",status=\"200\"} 1"));
    EXPECT_TRUE(has(text, "zhicha_http_request_duration_seconds_bucket{route=\"/a/{id}\",le=\"0.005\"} 0"));
    EXPECT_TRUE(has(text, "zhicha_http_request_duration_seconds_bucket{route=\"/a/{id}\",le=\"120\"} 1"));
    EXPECT_TRUE(has(text, "zhicha_http_request_duration_seconds_bucket{route=\"/a/{id}\",le=\"+Inf\"} 3"));
    EXPECT_TRUE(has(text, "zhicha_http_request_duration_seconds_count{route=\"/a/{id}\"} 3"));
    EXPECT_TRUE(has(text, "zhicha_http_received_bytes_total 9"));
    EXPECT_TRUE(has(text, "zhicha_http_sent_bytes_total 15"));
    EXPECT_TRUE(has(text, "zhicha_http_connections 1"));
    EXPECT_TRUE(has(text, "zhicha_http_connections_refused_total{reason=\"address_limit\"} 1"));
    EXPECT_TRUE(has(text, "zhicha_ledger_operations 42"));
    EXPECT_EQ(text.find("SECRET"), std::string::npos);
}

TEST(AccessLog, writesOneJsonLineWithoutContent) {
    std::string got;
    AccessLog log([&got](std::string_view line) { got += line; });
    AccessLine line;
    line.timeMs = 1000;
    line.method = "EVIL\"\n";
    line.route = "/a/{id}";
    line.status = 204;
    line.ms = 1.23456;
    line.peer = "127.0.0.1";
    log.write(line);
    ASSERT_EQ(got.find('\n'), got.size() - 1);
    const auto json = nlohmann::json::parse(got);
    EXPECT_EQ(json.at("method"), "OTHER");
    EXPECT_EQ(json.at("at"), "1970-01-01T00:00:01.000Z");
    EXPECT_EQ(json.at("status"), 204);
    EXPECT_EQ(json.size(), 8u);
}

} // namespace
} // namespace zhicha
