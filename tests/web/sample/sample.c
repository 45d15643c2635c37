// SPDX-License-Identifier: AGPL-3.0-or-later
// sample FOLDER : writes the sample pages and the front end's files there, for look.mjs to open in
// a browser.
#include "sample_view.h"
#include "tests/web/sample/sample.html.h"

#include "base/day.h"
#include "base/ensure.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static void file_write(const char *folder, const char *path, const void *bytes, size_t len)
{
    char full[500];
    snprintf(full, sizeof(full), "%s/%s", folder, path);
    FILE *file = fopen(full, "wb");
    ensure(file != NULL);
    ensure(fwrite(bytes, 1, len, file) == len);
    ensure(fclose(file) == 0);
}

static const struct choice kinds[] = {
    {"resident", "Người dân", NULL},
    {"business", "Doanh nghiệp, hộ kinh doanh", NULL},
    {"anonymous", "Không nêu tên", "Câu trả lời được niêm yết và xem bằng mã biên nhận."}};
static const struct choice khoms[] = {
    {"", "Chưa chọn", NULL}, {"khom1", "Khóm 1", NULL}, {"khom2", "Khóm 2", NULL}};

static const struct field_view sample_fields[] = {
    {.name = "content",
     .label = "Nội dung ý kiến",
     .large = true,
     .rows = 7,
     .max_chars = 5000,
     .hint = "Viết như khi nói chuyện. Không cần điền gì thêm ở dưới nếu ông/bà không muốn.",
     .error = "Hãy viết nội dung ý kiến."},
    {.name = "author",
     .label = "Ông/bà gửi với tư cách",
     .value = "resident",
     .choices = kinds,
     .choice_count = 3},
    {.name = "name",
     .label = "Họ và tên",
     .optional = true,
     .autocomplete = "name",
     .value = "Nguyễn Thị \"Hoa\" <b>"},
    {.name = "phone",
     .label = "Số điện thoại",
     .optional = true,
     .type = "tel",
     .is_short = true,
     .hint = "Chỉ để báo khi có câu trả lời.",
     .error = "Số điện thoại gồm 10 chữ số.",
     .value = "09x"},
    {.name = "khom",
     .label = "Khóm",
     .optional = true,
     .is_short = true,
     .choices = khoms,
     .choice_count = 3},
    {.name = "publish",
     .label = "Cho phép nêu họ tên khi công khai ý kiến",
     .hint = "Nếu không đánh dấu, chỉ nêu chữ cái đầu của tên."},
};

static const struct nav_item public_nav[] = {{"/", "Trang chủ", NULL, 0},
                                             {"/y-kien", "Ý kiến", NULL, 0},
                                             {"/van-ban", "Văn bản", NULL, 0},
                                             {"/tra-cuu", "Tra cứu", NULL, 0}};
static const struct nav_item desk_nav[] = {{"/lam-viec", "Chủ trì", "gavel", 7},
                                           {"/lam-viec/duyet", "Chờ duyệt", "check", 2},
                                           {"/y-kien", "Ý kiến", "inbox", 0},
                                           {"/van-ban", "Văn bản", "file-text", 0}};

static struct page page_of(const char *title, enum page_look look)
{
    struct page p = {.title = title,
                     .ward = "UBND phường 1",
                     .place = "Thành phố Cà Mau, tỉnh Cà Mau",
                     .nav = public_nav,
                     .nav_count = 4,
                     .here = "/",
                     .look = look,
                     .demo = true,
                     .contact = "Văn phòng UBND phường, giờ hành chính các ngày làm việc."};
    if (look == PAGE_DESK) {
        p.nav = desk_nav;
        p.here = "/lam-viec";
        p.user_name = "Trần Văn Bảy";
        p.user_role = "Chủ tịch UBND phường";
    }
    return p;
}

static struct sample_view view_of(const struct sample_opinion *items)
{
    return (struct sample_view){.items = items,
                                .count = 5,
                                .today = day_of_civil(2024, 7, 18),
                                .form = {.fields = sample_fields, .count = 6}};
}

static const struct sample_opinion *opinions(void)
{
    static struct sample_opinion items[] = {
        {"2024-0007", "Đường hẻm 12 khóm 3 ngập mỗi khi triều cường, bao giờ được nâng cấp?",
         "N.T.H.", "Kinh tế, hạ tầng", OPINION_ANSWERED, 0},
        {"2024-0011",
         "Thủ tục xác nhận tình trạng nhà ở phải đi lại ba lần, mong được hướng dẫn một lần cho "
         "đủ.",
         "L.V.T.", "Cải cách hành chính", OPINION_CONCLUDED, 0},
        {"2024-0013", "Trạm y tế thiếu thuốc cho người có thẻ bảo hiểm.", "P.T.M.",
         "Văn hóa, xã hội", OPINION_OWED, 0},
        {"2024-0015", "Đề nghị lắp đèn chiếu sáng đoạn bờ kè.", "Không nêu tên", "Kinh tế, hạ tầng",
         OPINION_OWED, 0},
        {"2024-0016", "Đề nghị tỉnh hỗ trợ vốn vay cho hộ nuôi thủy sản.", "Công ty TNHH M.",
         "Kinh tế, hạ tầng", OPINION_REFERRED, 0},
    };
    items[2].due_day = day_of_civil(2024, 7, 16);
    items[3].due_day = day_of_civil(2024, 7, 19);
    items[4].due_day = day_of_civil(2024, 8, 30);
    return items;
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    mkdir(argv[1], 0755);
    char folder[400];
    snprintf(folder, sizeof(folder), "%s/static", argv[1]);
    mkdir(folder, 0755);
    for (size_t i = 0; i < asset_count; i++)
        file_write(argv[1], assets[i].path + 1, assets[i].bytes[ASSET_RAW],
                   assets[i].len[ASSET_RAW]);
    struct sample_view view = view_of(opinions());
    static const char *const names[] = {"front",   "form", "list",      "desk",
                                        "receipt", "hall", "hall-light"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        BUF out = {0};
        struct tpl t = {.out = &out,
                        .csrf = "c",
                        .key = "k",
                        .path = "/",
                        .now_ms = instant_at(view.today, 8, 30)};
        struct page p = page_of(names[i], i == 3   ? PAGE_DESK
                                          : i == 5 ? PAGE_HALL_DARK
                                          : i == 6 ? PAGE_HALL_LIGHT
                                                   : PAGE_NORMAL);
        if (i == 0) p.events = "/events";
        if (i == 0) tpl_sample_front(&t, &p, &view);
        if (i == 1) tpl_sample_form(&t, &p, &view);
        if (i == 2) tpl_sample_list(&t, &p, &view);
        if (i == 3) tpl_sample_desk(&t, &p, &view);
        if (i == 4) tpl_sample_receipt(&t, &p);
        if (i >= 5) tpl_sample_hall(&t, &p, &view);
        char name[100];
        snprintf(name, sizeof(name), "%s.html", names[i]);
        file_write(argv[1], name, out.data, out.len);
    }
    return 0;
}
