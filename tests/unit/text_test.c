// SPDX-License-Identifier: AGPL-3.0-or-later
// base/text: what phones and Word paste, what must be refused, folding, dictionary order beside
// ICU's, and 100,000 mutated inputs.
#include <stdlib.h>
#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include "base/arena.h"
#include "base/ensure.h"
#include "base/text.h"
#include "tests/test.h"

static uint64_t random_state = 20240620;
static uint64_t next_random(void)
{
    uint64_t z = random_state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static size_t below(size_t bound)
{
    return (size_t)(next_random() % bound);
}

struct cleaning {
    const char *in, *one_line, *many_lines; // NULL: as one_line
};

TEST(what_phones_and_word_paste_is_accepted_and_normalised)
{
    static const struct cleaning cleanings[] = {
        {"", "", NULL},
        {" \t\r\n ", "", NULL},
        {"Hoà", "Hoà", NULL},                           // never respelled
        {"Ho\x61\xcc\x80", "Hoà", NULL},                // NFD from an iPhone
        {"Vie\xcc\xa3\xcc\x82t Nam", "Việt Nam", NULL}, // marks in either order
        {"Vie\xcc\x82\xcc\xa3t Nam", "Việt Nam", NULL},
        {"\xc3\xaa\xcc\xa3", "ệ", NULL}, // half composed
        {"u\xcc\x9b\xcc\x81", "ứ", NULL},
        {"\xef\xbb\xbfĐường", "Đường", NULL}, // BOM
        {"Đư\xe2\x80\x8bờ\xe2\x80\x8cn\xe2\x80\x8dg\xe2\x81\xa0", "Đường", NULL},
        {"a\xe2\x80\x8b\xcc\x81", "á", NULL},     // a joiner between letter and mark
        {"đèn\xc2\xad đường", "đèn đường", NULL}, // soft hyphen
        {"\xe2\x80\x8e"
         "an\xe2\x80\x8f",
         "an", NULL}, // direction marks
        {"khóm\xc2\xa0"
         "3\xe2\x80\xaf"
         "A\xe3\x80\x80"
         "B",
         "khóm 3 A B", NULL},
        {"một\thai", "một hai", NULL},
        {"  một   hai  ", "một hai", "một   hai"},
        {"một\r\nhai\rba\nbốn", "một hai ba bốn", "một\nhai\nba\nbốn"},
        {"một\r\n\r\nhai", "một hai", "một\n\nhai"},
        {"một\xe2\x80\xa8hai\xe2\x80\xa9"
         "ba",
         "một hai ba", "một\nhai\nba"},
        {"\n\n một \n\n", "một", NULL},
        {"đã \xf0\x9f\x91\x8d rồi", "đã \xf0\x9f\x91\x8d rồi", NULL},
        {"<b>&\"'", "<b>&\"'", NULL}, // escaping is the page's business
        {"\xe1\xbb\x87", "ệ", NULL},
    };
    ARENA arena = {0};
    for (size_t i = 0; i < ARRAY_LEN(cleanings); i++) {
        const struct cleaning *c = &cleanings[i];
        const char *text = NULL;
        check_int(text_clean(&arena, c->in, strlen(c->in), TEXT_ONE_LINE, 200, &text), TEXT_OK);
        check_text(text, c->one_line);
        text = NULL;
        check_int(text_clean(&arena, c->in, strlen(c->in), TEXT_MANY_LINES, 200, &text), TEXT_OK);
        check_text(text, c->many_lines != NULL ? c->many_lines : c->one_line);
    }
}

static enum text_fault fault_of(const char *bytes, size_t len)
{
    ARENA arena = {0};
    const char *text = "unchanged";
    enum text_fault fault = text_clean(&arena, bytes, len, TEXT_MANY_LINES, 100, &text);
    if (fault != TEXT_OK) check_text(text, "unchanged");
    return fault;
}

TEST(controls_and_bidi_overrides_are_refused)
{
    for (int c = 0; c < 0xa0; c++) {
        char bytes[] = {'a', (char)c, 'b', 0, 0};
        size_t len = 3;
        if (c >= 0x80) bytes[1] = (char)0xc2, bytes[2] = (char)c, bytes[3] = 'b', len = 4;
        bool control = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c >= 0x7f;
        check_int(fault_of(bytes, len), control ? TEXT_CONTROL : TEXT_OK);
    }
    for (int last = 0xaa; last <= 0xae; last++) { // U+202A to U+202E
        char bytes[] = {'a', (char)0xe2, (char)0x80, (char)last};
        check_int(fault_of(bytes, sizeof(bytes)), TEXT_CONTROL);
    }
    for (int last = 0xa6; last <= 0xa9; last++) { // U+2066 to U+2069
        char bytes[] = {'a', (char)0xe2, (char)0x81, (char)last};
        check_int(fault_of(bytes, sizeof(bytes)), TEXT_CONTROL);
    }
    check_int(fault_of("\xef\xbf\xbe", 3), TEXT_CONTROL);     // U+FFFE: XML cannot hold it
    check_int(fault_of("\xef\xbf\xbf", 3), TEXT_CONTROL);     // U+FFFF
    check_int(fault_of("\xf0\x9f\xbf\xbf", 4), TEXT_CONTROL); // U+1FFFF
    check_int(fault_of("\xef\xbf\xbd", 3), TEXT_OK); // the replacement character is a character
    check_int(fault_of("a\0b", 3), TEXT_CONTROL);
}

TEST(bytes_that_are_not_utf_8_are_refused)
{
    static const struct {
        const char *bytes;
        bool good;
    } rows[] = {
        {"", true},
        {"\x7f", true},
        {"\xc2\x80", true},
        {"\xdf\xbf", true},
        {"\xe0\xa0\x80", true},
        {"\xed\x9f\xbf", true},
        {"\xee\x80\x80", true},
        {"\xf0\x90\x80\x80", true},
        {"\xf4\x8f\xbf\xbf", true},
        {"\x80", false},
        {"\xbf", false},
        {"\xc0\x80", false},         // overlong NUL
        {"\xc1\xbf", false},         // overlong
        {"\xe0\x80\xaf", false},     // overlong slash
        {"\xe0\x9f\xbf", false},     // overlong
        {"\xf0\x80\x80\xaf", false}, // overlong
        {"\xf0\x8f\xbf\xbf", false}, // overlong
        {"\xed\xa0\x80", false},     // surrogates
        {"\xed\xbf\xbf", false},
        {"\xed\xa0\xbd\xed\xb8\x80", false}, // CESU-8
        {"\xf4\x90\x80\x80", false},         // above U+10FFFF
        {"\xf5\x80\x80\x80", false},
        {"\xf8\x88\x80\x80\x80", false},
        {"\xfe", false},
        {"\xff", false},
        {"\xc2", false}, // cut short
        {"\xe1\xbb", false},
        {"\xf0\x9f\x91", false},
        {"\xc2"
         "a",
         false},
        {"\xe1\xbb"
         "a",
         false},
        {"a\xe1", false},
        {"Vi\xd6t", false}, // TCVN3 or Latin-1
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        size_t len = strlen(rows[i].bytes);
        if (text_is_utf8(rows[i].bytes, len) != rows[i].good) check_int(i, -1);
        if (!rows[i].good) check_int(fault_of(rows[i].bytes, len), TEXT_BAD_ENCODING);
    }
    check_int(fault_of("\x01\xff", 2), TEXT_BAD_ENCODING); // encoding comes before everything
}

static enum text_fault clean_repeated(const char *unit, size_t count, size_t max, size_t *ret_chars)
{
    ARENA arena = {0};
    size_t len = strlen(unit);
    char *bytes = arena_alloc(&arena, len * count + 1);
    for (size_t i = 0; i < count; i++)
        memcpy(bytes + i * len, unit, len);
    const char *text = NULL;
    enum text_fault fault = text_clean(&arena, bytes, len * count, TEXT_MANY_LINES, max, &text);
    *ret_chars = text == NULL ? 0 : text_length(text);
    return fault;
}

TEST(lengths_count_characters_after_cleaning)
{
    static const size_t limits[] = {1, 200, 5000, 20000};
    static const char *const units[] = {"a", "ệ", "e\xcc\xa3\xcc\x82", "\xf0\x9f\x91\x8d",
                                        "o\xe2\x80\x8b"};
    size_t chars;
    for (size_t l = 0; l < ARRAY_LEN(limits); l++)
        for (size_t u = 0; u < ARRAY_LEN(units); u++) {
            check_int(clean_repeated(units[u], limits[l], limits[l], &chars), TEXT_OK);
            check_int(chars, limits[l]);
            check_int(clean_repeated(units[u], limits[l] + 1, limits[l], &chars), TEXT_TOO_LONG);
        }
    check_int(clean_repeated(" ", 100000, 1, &chars), TEXT_OK); // nothing is left
    check_int(clean_repeated("\xe2\x80\x8b", 100000, 1, &chars), TEXT_OK);
}

TEST(a_mountain_of_marks_is_ordered_without_taking_for_ever)
{
    size_t chars; // 30,000 marks out of order: an exchange sort needs hundreds of millions of steps
    check_int(clean_repeated("\xcc\x81\xcc\xa3", 15000, 50000, &chars), TEXT_OK);
    check_int(chars, 30000);
}

TEST(texts_are_cut_between_letters)
{
    check_int(text_length("Đường"), 5);
    check_int(text_prefix("Đường", 0), 0);
    check_int(text_prefix("Đường", 2), 4);
    check_int(text_prefix("Đường", 3), 7);
    check_int(text_prefix("Đường", 99), strlen("Đường"));
    check_int(text_prefix("", 3), 0);
}

TEST(folding_makes_every_spelling_one)
{
    RULE("X4");
    static const struct {
        const char *text, *folded;
    } rows[] = {
        {"hoà", "hoa"},
        {"hòa", "hoa"},
        {"thuỷ thủy", "thuy thuy"},
        {"Đường", "duong"},
        {"ĐƯỜNG", "duong"},
        {"\xc3\x90ường \xc3\xb0\xc3\xa8n",
         "duong den"}, // Icelandic eth for đ, as old fonts write it
        {"66/KH-UBND", "66 kh ubnd"},
        {"HĐND, UBND", "hdnd ubnd"},
        {"  a -- b  ", "a b"},
        {"khóm\n3", "khom 3"},
        {"", ""},
        {"...", ""},
        {"\xef\xbc\x91\xef\xbc\xa1", "1a"}, // full width
        {"m\xc2\xb2", "m2"},
        {"e\xcc\xa3\xcc\x82", "e"},
        {"Nguyễn Thị Ánh Tuyết", "nguyen thi anh tuyet"},
        {"\xe2\x84\xa2", "tm"},
        {"đèn-đường_số(3)", "den duong so 3"},
        {"\xe6\xbc\xa2", "\xe6\xbc\xa2"}, // other scripts stay
    };
    ARENA arena = {0};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const char *folded = text_fold(&arena, rows[i].text);
        check_text(folded, rows[i].folded);
        check_text(text_fold(&arena, folded), folded);
    }
}

static const char *const vi_vowels[] = {
    "a", "à", "ả", "ã", "á", "ạ", "ă", "ằ", "ẳ", "ẵ", "ắ", "ặ", "â", "ầ", "ẩ", "ẫ", "ấ", "ậ", "e",
    "è", "ẻ", "ẽ", "é", "ẹ", "ê", "ề", "ể", "ễ", "ế", "ệ", "i", "ì", "ỉ", "ĩ", "í", "ị", "o", "ò",
    "ỏ", "õ", "ó", "ọ", "ô", "ồ", "ổ", "ỗ", "ố", "ộ", "ơ", "ờ", "ở", "ỡ", "ớ", "ợ", "u", "ù", "ủ",
    "ũ", "ú", "ụ", "ư", "ừ", "ử", "ữ", "ứ", "ự", "y", "ỳ", "ỷ", "ỹ", "ý", "ỵ", "A", "À", "Ả", "Ã",
    "Á", "Ạ", "Ă", "Ằ", "Ẳ", "Ẵ", "Ắ", "Ặ", "Â", "Ầ", "Ẩ", "Ẫ", "Ấ", "Ậ", "E", "È", "Ẻ", "Ẽ", "É",
    "Ẹ", "Ê", "Ề", "Ể", "Ễ", "Ế", "Ệ", "Ơ", "Ờ", "Ở", "Ỡ", "Ớ", "Ợ", "Ư", "Ừ", "Ử", "Ữ", "Ứ", "Ự"};
static const char *const vi_consonants[] = {"",   "b", "c",  "ch", "d",  "đ",  "g", "h", "k", "l",
                                            "m",  "n", "ng", "nh", "ph", "qu", "r", "s", "t", "th",
                                            "tr", "v", "x",  "Đ",  "D",  "N",  "f", "w", "z", "j"};
static const char *const vi_ends[] = {"",  "",  "n",  "m",  "ng", "nh", "c",
                                      "t", "i", " 1", " a", "-b", "10", "2"};

/// The parts of a word by number, so that one can be changed: consonant, vowel, end, vowel, end.
struct vi_word {
    size_t parts[5];
};

static struct vi_word make_word(void)
{
    return (struct vi_word){{below(ARRAY_LEN(vi_consonants)), below(ARRAY_LEN(vi_vowels)),
                             below(ARRAY_LEN(vi_ends)), below(ARRAY_LEN(vi_vowels)),
                             below(ARRAY_LEN(vi_ends))}};
}

/// Most pairs must differ in little, or tones and case would never decide: the vowels keep their
/// letter and change their tone.
static struct vi_word neighbour_of(struct vi_word word)
{
    for (size_t i = 1; i <= 3; i += 2)
        if (below(2)) word.parts[i] = word.parts[i] / 6 * 6 + below(6);
    if (below(8) == 0) word.parts[2] = below(ARRAY_LEN(vi_ends));
    return word;
}

static const char *word_text(struct arena *arena, struct vi_word word, bool capital)
{
    const size_t *p = word.parts;
    return arena_printf(arena, "%s%s%s%s%s%s", capital ? "N" : "n", vi_consonants[p[0]],
                        vi_vowels[p[1]], vi_ends[p[2]], vi_vowels[p[3]], vi_ends[p[4]]);
}

TEST(the_dictionary_order_is_icu_s)
{
    ARENA arena = {0};
    UErrorCode error = U_ZERO_ERROR;
    UCollator *icu = ucol_open("vi", &error);
    check_fatal(U_SUCCESS(error));
    int wrong = 0;
    for (size_t i = 0; i < 60000; i++) {
        struct vi_word word = make_word();
        const char *a = word_text(&arena, word, below(2));
        const char *b = word_text(&arena, below(4) ? neighbour_of(word) : make_word(), below(2));
        int want = (int)ucol_strcollUTF8(icu, a, -1, b, -1, &error);
        int order = strcmp(text_sort_key(&arena, a), text_sort_key(&arena, b));
        int got = (order > 0) - (order < 0);
        if (got == want) continue;
        if (wrong++ < 5) printf("# %s and %s: %d, ICU says %d\n", a, b, got, want);
    }
    ucol_close(icu);
    check_int(wrong, 0);
}

TEST(the_alphabet_sorts_as_it_is_taught)
{
    ARENA arena = {0};
    static const char *const order[] = {
        "",  "1",  "10", "2",  "a", "A", "à",  "ả",  "ã", "á", "ạ",  "an", "ă",
        "ặ", "ăn", "â",  "ấn", "b", "c", "d",  "dz", "đ", "e", "ez", "ê",  "g",
        "o", "oz", "ô",  "ôz", "ơ", "u", "uz", "ư",  "v", "x", "y",  "z",
    };
    for (size_t i = 1; i < ARRAY_LEN(order); i++)
        if (strcmp(text_sort_key(&arena, order[i - 1]), text_sort_key(&arena, order[i])) >= 0)
            check_text(order[i - 1], order[i]);
    check_text(text_sort_key(&arena, "ệ"), text_sort_key(&arena, "e\xcc\xa3\xcc\x82"));
    for (const char *key = text_sort_key(&arena, "Đặng Ả !~ 漢"); *key != 0; key++)
        check(*key != 0);
}

TEST(people_are_listed_by_given_name_then_middle_then_family)
{
    ARENA arena = {0};
    static const char *const sorted[] = {
        "An",         "Nguyễn An",       "Trần An",          "Lê Thị An",
        "Lê Văn An",  "Nguyễn Văn An",   "Phạm Văn Bình",    "Hồ Nguyễn Anh Đào",
        "Lê Thị Đào", "Nguyễn Văn Tuấn", "Lê Thị Ánh Tuyết",
    };
    for (size_t i = 1; i < ARRAY_LEN(sorted); i++)
        if (strcmp(text_name_key(&arena, sorted[i - 1]), text_name_key(&arena, sorted[i])) >= 0)
            check_text(sorted[i - 1], sorted[i]);
    check_text(text_name_key(&arena, "  Nguyễn   Văn  An "),
               text_name_key(&arena, "Nguyễn Văn An"));
}

TEST(a_public_name_is_its_initials)
{
    ARENA arena = {0};
    check_text(text_initials(&arena, "Nguyễn Văn An"), "N.V.A.");
    check_text(text_initials(&arena, "đặng thị ánh"), "Đ.T.Á.");
    check_text(text_initials(&arena, "  Ưng  "), "Ư.");
    check_text(text_initials(&arena, "(Bà) Sáu"), "B.S.");
    check_text(text_initials(&arena, "- ..."), "");
    check_text(text_initials(&arena, ""), "");
    check_text(text_capital(&arena, "đã trả lời"), "Đã trả lời");
    check_text(text_capital(&arena, "ý kiến"), "Ý kiến");
    check_text(text_capital(&arena, ""), "");
}

TEST(numbers_are_grouped_by_points)
{
    ARENA arena = {0};
    static const struct {
        int64_t value;
        const char *text;
    } rows[] = {{0, "0"},
                {999, "999"},
                {1000, "1.000"},
                {1250000, "1.250.000"},
                {-1, "-1"},
                {-999, "-999"},
                {-1000, "-1.000"},
                {INT64_MAX, "9.223.372.036.854.775.807"},
                {INT64_MIN, "-9.223.372.036.854.775.808"}};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        check_text(text_number(&arena, rows[i].value), rows[i].text);
}

/// Pieces that bite: marks, joiners, half letters, line ends, Hangul, long decompositions.
static const char *const pieces[] = {"a",
                                     "e",
                                     "o",
                                     "u",
                                     "Đ",
                                     "ệ",
                                     "ư",
                                     " ",
                                     "\n",
                                     "\r",
                                     "\r\n",
                                     "\t",
                                     "\xcc\x80",
                                     "\xcc\x81",
                                     "\xcc\xa3",
                                     "\xcc\x82",
                                     "\xcc\x9b",
                                     "\xcd\x84",
                                     "\xef\xbb\xbf",
                                     "\xe2\x80\x8b",
                                     "\xc2\xa0",
                                     "\xe2\x80\xa8",
                                     "\xc2\xad",
                                     "\xe1\x84\x80",
                                     "\xe1\x85\xa1",
                                     "\xe1\x86\xa8",
                                     "\xea\xb0\x80",
                                     "\xe1\xbe\x82",
                                     "\xef\xb7\xba",
                                     "\xe2\x84\xab",
                                     "\xf0\x9f\x91\x8d",
                                     "\xe2\x80\xae",
                                     "\x01",
                                     "\xc3",
                                     "\xe1\xbb",
                                     "\xff",
                                     "1",
                                     "/",
                                     "-",
                                     "\xf0\x9d\x85\x9e",
                                     "\xe0\xa5\x98",
                                     "\xe2\x80\x80",
                                     "\xef\xa9\xb0"};

static size_t make_input(char *bytes, size_t size)
{
    size_t len = 0, count = below(24);
    for (size_t i = 0; i < count; i++) {
        // The harmful ones are rare, so that most inputs get through to normalisation.
        size_t pick = below(ARRAY_LEN(pieces));
        size_t piece = strlen(pieces[pick]);
        if (pick >= 31 && pick <= 35 && below(12) != 0) continue;
        if (len + piece > size) break;
        memcpy(bytes + len, pieces[pick], piece);
        len += piece;
    }
    if (len > 0 && below(10) == 0) bytes[below(len)] = (char)next_random();
    return len;
}

static bool is_nfc(const UNormalizer2 *nfc, const char *text)
{
    UChar units[512];
    int32_t len = 0;
    UErrorCode error = U_ZERO_ERROR;
    u_strFromUTF8(units, (int32_t)ARRAY_LEN(units), &len, text, -1, &error);
    return unorm2_isNormalized(nfc, units, len, &error) && U_SUCCESS(error);
}

TEST(a_hundred_thousand_mutated_inputs_stay_valid_composed_and_settled)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
    check_fatal(U_SUCCESS(error));
    int accepted = 0, wrong = 0;
    ARENA arena = {0};
    for (int round = 0; round < 100000; round++) {
        char bytes[128];
        size_t len = make_input(bytes, sizeof(bytes));
        enum text_lines lines = below(2) ? TEXT_ONE_LINE : TEXT_MANY_LINES;
        const char *once = NULL, *twice = NULL;
        arena_reset(&arena);
        enum text_fault fault = text_clean(&arena, bytes, len, lines, 100, &once);
        wrong += (fault == TEXT_BAD_ENCODING) == text_is_utf8(bytes, len);
        wrong += (fault == TEXT_OK) != (once != NULL);
        if (fault != TEXT_OK) continue;
        accepted++;
        wrong += !text_is_utf8(once, strlen(once)) || !is_nfc(nfc, once) || text_length(once) > 100;
        wrong += text_clean(&arena, once, strlen(once), lines, 100, &twice) != TEXT_OK;
        wrong += twice == NULL || strcmp(once, twice) != 0;
        wrong += lines == TEXT_ONE_LINE && strpbrk(once, "\n\r\t") != NULL;
        const char *folded = text_fold(&arena, once);
        wrong += !text_is_utf8(folded, strlen(folded)) ||
                 strcmp(folded, text_fold(&arena, folded)) != 0 || strstr(folded, "  ") != NULL;
        wrong += text_sort_key(&arena, once) == NULL || text_name_key(&arena, once) == NULL;
        const char *initials = text_initials(&arena, once);
        wrong += !text_is_utf8(initials, strlen(initials));
    }
    printf("# %d of 100000 accepted\n", accepted);
    check(accepted > 30000);
    check_int(wrong, 0);
}

int main(void)
{
    static const struct test_case cases[] = {
        TEST_CASE(what_phones_and_word_paste_is_accepted_and_normalised),
        TEST_CASE(controls_and_bidi_overrides_are_refused),
        TEST_CASE(bytes_that_are_not_utf_8_are_refused),
        TEST_CASE(lengths_count_characters_after_cleaning),
        TEST_CASE(a_mountain_of_marks_is_ordered_without_taking_for_ever),
        TEST_CASE(texts_are_cut_between_letters),
        TEST_CASE(folding_makes_every_spelling_one),
        TEST_CASE(the_dictionary_order_is_icu_s),
        TEST_CASE(the_alphabet_sorts_as_it_is_taught),
        TEST_CASE(people_are_listed_by_given_name_then_middle_then_family),
        TEST_CASE(a_public_name_is_its_initials),
        TEST_CASE(numbers_are_grouped_by_points),
        TEST_CASE(a_hundred_thousand_mutated_inputs_stay_valid_composed_and_settled),
    };
    return RUN_CASES(cases);
}
