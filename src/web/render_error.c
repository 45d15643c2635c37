// SPDX-License-Identifier: AGPL-3.0-or-later
// Pages and problems for what no handler answered: not found, forbidden, too large, broken. Works
// also where the guard never came to know the visitor: then with a bare frame and no name.
#include "web/api/problem.h"
#include "web/page_common.h"
#include "web/public/info.h"
#include "web/public/info.html.h"
#include "web/web.h"

#include <string.h>

static const struct {
    int status;
    const char *title, *advice;
} error_rows[] = {
    {400, N_("Yêu cầu không đọc được"), N_("Xin quay lại trang trước và thử lại.")},
    {401, N_("Cần đăng nhập"), N_("Trang này dành cho cán bộ. Xin đăng nhập rồi mở lại.")},
    {403, N_("Không thuộc quyền của tài khoản này"),
     N_("Việc này do người giữ vai trò khác thực hiện, hoặc trang đã mở quá lâu. Xin tải lại trang "
        "rồi thử lại.")},
    {404, N_("Không tìm thấy trang"), N_("Địa chỉ không đúng, hoặc nội dung chưa được công khai.")},
    {405, N_("Không làm được việc này ở đây"), N_("Xin quay lại trang trước và thử lại.")},
    {408, N_("Gửi quá chậm nên kết nối đã đóng"), N_("Xin kiểm tra mạng rồi gửi lại.")},
    {409, N_("Chưa làm được việc này"), N_("Tình trạng đã thay đổi; xin tải lại trang.")},
    {413, N_("Nội dung gửi lên quá lớn"), N_("Xin rút gọn nội dung hoặc gửi tệp nhỏ hơn.")},
    {414, N_("Địa chỉ quá dài"), N_("Xin mở lại từ trang chủ.")},
    {415, N_("Kiểu dữ liệu không được nhận"), N_("Xin gửi lại bằng mẫu trên trang.")},
    {422, N_("Nội dung chưa đúng"), N_("Xin quay lại trang trước và kiểm tra các mục đã ghi.")},
    {429, N_("Gửi quá nhanh"), N_("Xin chờ giây lát rồi gửi lại.")},
    {500, N_("Hệ thống gặp lỗi"),
     N_("Việc vừa làm có thể chưa được ghi. Xin thử lại; nếu vẫn lỗi, báo Văn phòng Ủy ban nhân "
        "dân.")},
    {503, N_("Hệ thống đang bận"), N_("Nội dung chưa được ghi. Xin chờ giây lát rồi gửi lại.")},
    {507, N_("Máy chủ hết chỗ lưu"),
     N_("Nội dung chưa được ghi. Xin báo ngay cho Văn phòng Ủy ban nhân dân.")},
};

const char web_no_ward_advice[] = N_("Địa chỉ này không thuộc phường nào ở đây. Xin kiểm tra lại "
                                     "tên miền trong địa chỉ, hoặc hỏi Văn "
                                     "phòng Ủy ban nhân dân phường.");

static enum refusal_code code_of(int status)
{
    for (int code = REFUSAL_BAD_JSON; code < REFUSAL_COUNT; code++)
        if (refusal_rows[code].http_status == status) return (enum refusal_code)code;
    return REFUSAL_NONE;
}

static struct error_view view_of(enum lang lang, int status)
{
    struct error_view view = {.status = status,
                              .title = tr(lang, "Có lỗi"),
                              .advice = tr(lang, "Xin quay lại trang trước và thử lại."),
                              .sign_in = status == 401};
    for (size_t i = 0; i < ARRAY_LEN(error_rows); i++) {
        if (error_rows[i].status != status) continue;
        view.title = tr(lang, error_rows[i].title);
        view.advice = tr(lang, error_rows[i].advice);
    }
    return view;
}

static void render_page(struct http_exchange *x, int status)
{
    struct visit *v = visit_of(x);
    struct tpl t = {.out = http_out(x), .lang = lang_of(http_header(x, "Accept-Language"))};
    struct page page = {.ward = tr(t.lang, "Ủy ban nhân dân")};
    t.path = "/";
    if (v != NULL && v->facts != NULL) page_begin(x, &t, &page, "");
    t.fragment = false;
    struct error_view view = view_of(t.lang, status);
    if (v != NULL && v->no_ward) {
        view.title = tr(t.lang, "Không có phường nào ở địa chỉ này");
        view.advice = tr(t.lang, web_no_ward_advice);
    }
    page.title = view.title;
    page.here = NULL;
    page.index = false;
    tpl_error_page(&t, &page, &view);
}

void web_render_error(struct http_exchange *x, int status, void *ctx)
{
    (void)ctx;
    enum refusal_code code = code_of(status);
    // A path that could not be decoded is none yet.
    bool api = strncmp(http_path(x), "/api/", 5) == 0 || strncmp(http_target(x), "/api/", 5) == 0;
    if (api && status == 400) {
        api_problem(x, REFUSE_FIELD(REFUSAL_BAD_ENCODING, http_query_unreadable(x)));
    } else if (api && code != REFUSAL_NONE) {
        api_problem(x, REFUSE(code));
        http_status(x, status);
    } else if (api) {
        struct visit *v = visit_of(x);
        bool english = v != NULL ? v->english : web_accepts_english(x);
        struct error_view view = view_of(english ? LANG_EN : LANG_VI, status);
        api_problem_bare(x, status, view.title, view.advice);
    } else {
        render_page(x, status);
    }
}
