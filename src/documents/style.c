// SPDX-License-Identifier: AGPL-3.0-or-later
// The table of named styles. Sizes are the decree's example sizes; changing one changes all
// formats.
#include "documents/style.h"

#include <assert.h>
#include "base/ensure.h"

#define INDENT MM_PT(10)

// clang-format off
const struct doc_style_row doc_styles[STYLE_COUNT] = {
    [STYLE_BODY]           = {"VBNoiDung", "VB Nội dung", "p", 14, false, false, ALIGN_JUSTIFY, INDENT, 0, 0, 6, 1.05, false, 0},
    [STYLE_BASIS]          = {"VBCanCu", "VB Căn cứ", "p", 14, false, true, ALIGN_JUSTIFY, INDENT, 0, 0, 6, 1.05, false, 0},
    [STYLE_PART]           = {"VBPhan", "VB Phần", "h2", 14, true, false, ALIGN_LEFT, INDENT, 0, 10, 6, 1.05, true, 1},
    [STYLE_CLAUSE]         = {"VBKhoan", "VB Khoản", "h3", 14, true, false, ALIGN_LEFT, INDENT, 0, 0, 6, 1.05, true, 2},
    [STYLE_SUBCLAUSE]      = {"VBTieuMuc", "VB Tiểu mục", "h4", 14, true, true, ALIGN_LEFT, INDENT, 0, 0, 6, 1.05, true, 3},
    [STYLE_CENTRE]         = {"VBGiua", "VB Giữa", "p", 14, false, false, ALIGN_CENTRE, 0, 0, 0, 6, 1.05, false, 0},
    [STYLE_CENTRE_BOLD]    = {"VBGiuaDam", "VB Giữa đậm", "p", 14, true, false, ALIGN_CENTRE, 0, 0, 0, 6, 1.05, true, 0},
    [STYLE_NOTE]           = {"VBKemTheo", "VB Kèm theo", "p", 14, false, true, ALIGN_CENTRE, 0, 0, 0, 6, 1.05, true, 0},
    [STYLE_ADDRESSEE]      = {"VBKinhGui", "VB Kính gửi", "p", 14, false, false, ALIGN_CENTRE, 0, 0, 12, 12, 1.05, false, 0},
    [STYLE_ADDRESSEE_LIST] = {"VBKinhGuiDong", "VB Kính gửi (dòng)", "p", 14, false, false, ALIGN_LEFT, 0, 90, 0, 3, 1.05, true, 0},
    [STYLE_TITLE]          = {"VBTenLoai", "VB Tên loại", "h1", 14, true, false, ALIGN_CENTRE, 0, 0, 12, 0, 1.05, true, 0},
    [STYLE_SUBJECT]        = {"VBTrichYeu", "VB Trích yếu", "p", 14, true, false, ALIGN_CENTRE, 0, 0, 0, 0, 1.05, true, 0},
    [STYLE_NATION]         = {"VBQuocHieu", "VB Quốc hiệu", "p", 12, true, false, ALIGN_CENTRE, 0, 0, 0, 0, 1, false, 0},
    [STYLE_MOTTO]          = {"VBTieuNgu", "VB Tiêu ngữ", "p", 13, true, false, ALIGN_CENTRE, 0, 0, 0, 0, 1, false, 0},
    [STYLE_PARENT]         = {"VBCoQuanChuQuan", "VB Cơ quan chủ quản", "p", 12, false, false, ALIGN_CENTRE, 0, 0, 0, 0, 1, false, 0},
    [STYLE_AGENCY]         = {"VBCoQuan", "VB Cơ quan ban hành", "p", 12, true, false, ALIGN_CENTRE, 0, 0, 0, 0, 1, false, 0},
    [STYLE_NUMBER]         = {"VBSoKyHieu", "VB Số, ký hiệu", "p", 13, false, false, ALIGN_CENTRE, 0, 0, 0, 0, 1, false, 0},
    [STYLE_PLACE]          = {"VBDiaDanh", "VB Địa danh, ngày tháng", "p", 13, false, true, ALIGN_CENTRE, 0, 0, 0, 0, 1, false, 0},
    [STYLE_LETTER_SUBJECT] = {"VBTrichYeuCongVan", "VB Trích yếu công văn", "p", 12, false, false, ALIGN_CENTRE, 0, 0, 6, 0, 1, false, 0},
    [STYLE_URGENCY]        = {"VBDoKhan", "VB Độ khẩn", "p", 13, true, false, ALIGN_CENTRE, 0, 0, 6, 0, 1, false, 0},
    [STYLE_SIGN]           = {"VBChucVu", "VB Quyền hạn, chức vụ, họ tên", "p", 14, true, false, ALIGN_CENTRE, 0, 0, 0, 0, 1, true, 0},
    [STYLE_SIGN_NOTE]      = {"VBGhiChuKy", "VB Ghi chú ký", "p", 13, false, true, ALIGN_CENTRE, 0, 0, 0, 0, 1, true, 0},
    [STYLE_RECIPIENT_HEAD] = {"VBNoiNhan", "VB Nơi nhận", "p", 12, true, true, ALIGN_LEFT, 0, 0, 0, 0, 1, false, 0},
    [STYLE_RECIPIENT]      = {"VBNoiNhanDong", "VB Nơi nhận (dòng)", "p", 11, false, false, ALIGN_LEFT, 0, 0, 0, 0, 1, false, 0},
    [STYLE_CONTACT]        = {"VBLienHe", "VB Liên hệ", "p", 11, false, false, ALIGN_CENTRE, 0, 0, 0, 0, 1, false, 0},
    [STYLE_PAGE_NUMBER]    = {"VBSoTrang", "VB Số trang", "p", 14, false, false, ALIGN_CENTRE, 0, 0, 0, 0, 1, false, 0},
    [STYLE_CELL]           = {"VBBang", "VB Bảng", "p", 12, false, false, ALIGN_LEFT, 0, 0, 0, 0, 1, false, 0},
    [STYLE_CELL_CENTRE]    = {"VBBangGiua", "VB Bảng (giữa)", "p", 12, false, false, ALIGN_CENTRE, 0, 0, 0, 0, 1, false, 0},
    [STYLE_CELL_HEAD]      = {"VBBangDau", "VB Bảng (tiêu đề)", "p", 12, true, false, ALIGN_CENTRE, 0, 0, 0, 0, 1, true, 0},
    [STYLE_SMALL]          = {"VBBangNho", "VB Bảng nhỏ", "p", 11, false, false, ALIGN_LEFT, 0, 0, 0, 0, 1, false, 0},
    [STYLE_SMALL_CENTRE]   = {"VBBangNhoGiua", "VB Bảng nhỏ (giữa)", "p", 11, false, false, ALIGN_CENTRE, 0, 0, 0, 0, 1, false, 0},
    [STYLE_SMALL_HEAD]     = {"VBBangNhoDau", "VB Bảng nhỏ (tiêu đề)", "p", 11, true, false, ALIGN_CENTRE, 0, 0, 0, 0, 1, true, 0},
    [STYLE_LARGE]          = {"VBChuTo", "VB Chữ to", "p", 16, false, false, ALIGN_LEFT, 0, 0, 0, 6, 1.05, false, 0},
    [STYLE_LARGE_BOLD]     = {"VBChuToDam", "VB Chữ to đậm", "h2", 16, true, false, ALIGN_LEFT, 0, 0, 4, 4, 1.05, true, 0},
    [STYLE_LARGE_CENTRE]   = {"VBChuToGiua", "VB Chữ to giữa", "p", 16, false, false, ALIGN_CENTRE, 0, 0, 0, 6, 1.05, false, 0},
    [STYLE_WRITING]        = {"VBDongViet", "VB Dòng viết", "p", 16, false, false, ALIGN_LEFT, 0, 0, 0, 6, 1.5, false, 0},
    [STYLE_SPOKEN]         = {"VBLoiDoc", "VB Lời đọc", "p", 16, false, false, ALIGN_JUSTIFY, INDENT, 0, 0, 8, 1.3, false, 0},
    [STYLE_POSTER]         = {"VBApPhich", "VB Áp phích", "p", 24, false, false, ALIGN_CENTRE, 0, 0, 4, 8, 1.1, false, 0},
    [STYLE_POSTER_BOLD]    = {"VBApPhichDam", "VB Áp phích (đậm)", "p", 24, true, false, ALIGN_CENTRE, 0, 0, 4, 8, 1.1, false, 0},
    [STYLE_POSTER_TITLE]   = {"VBApPhichDau", "VB Áp phích (đầu)", "h1", 36, true, false, ALIGN_CENTRE, 0, 0, 10, 12, 1.1, true, 0},
};
// clang-format on
static_assert(ARRAY_LEN(doc_styles) == STYLE_COUNT, "a style without its row");
