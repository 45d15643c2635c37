// SPDX-License-Identifier: AGPL-3.0-or-later
// The embedded front end: found by address, in the coding the browser takes; and where a visitor
// may be sent back to.
#include "tests/test.h"
#include "web/assets.h"
#include "web/static.h"

TEST(every_asset_is_found_by_its_address_alone)
{
    check_int(asset_count, 4);
    for (size_t i = 0; i < asset_count; i++) {
        check(asset_find(assets[i].path) == &assets[i]);
        check_text(asset_url(assets[i].name).text, assets[i].path);
        check(assets[i].len[ASSET_RAW] > 0);
    }
    check(asset_find("/static/app.css") == NULL);
    check(asset_find("/static/../app.css") == NULL);
}

TEST(the_smallest_accepted_coding_is_sent)
{
    const struct asset *css = asset_find(asset_url("app.css").text);
    static const struct {
        const char *header;
        enum asset_coding coding;
    } rows[] = {{NULL, ASSET_RAW},
                {"", ASSET_RAW},
                {"gzip, deflate", ASSET_GZIP},
                {"gzip, deflate, br", ASSET_BROTLI},
                {"br;q=0, gzip", ASSET_GZIP},
                {"br;q=0.0,gzip;q=0", ASSET_RAW},
                {"br;q=0.5", ASSET_BROTLI},
                {"brotli, xgzip", ASSET_RAW}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_int(asset_coding_for(css, rows[i].header), rows[i].coding);
}

TEST(script_and_style_stay_within_the_budget)
{
    size_t total = 0;
    for (size_t i = 0; i < asset_count; i++)
        total += assets[i].len[ASSET_GZIP];
    check(total < 52000);
}

TEST(a_visitor_is_sent_back_to_this_host_only)
{
    static const char *const refused[] = {
        "",        "x",        "//evil.vn", "/\\evil.vn", "https://evil.vn",
        "/a\r\nb", "/a\\..\\", "/a b",      "\t/a"};
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
        check(!path_is_local(refused[i]));
    check(!path_is_local(NULL));
    check(path_is_local("/"));
    check(path_is_local("/y-kien?q=a&after=b"));
}

static const struct test_case cases[] = {
    TEST_CASE(every_asset_is_found_by_its_address_alone),
    TEST_CASE(the_smallest_accepted_coding_is_sent),
    TEST_CASE(script_and_style_stay_within_the_budget),
    TEST_CASE(a_visitor_is_sent_back_to_this_host_only),
};

int main(void)
{
    return RUN_CASES(cases);
}
