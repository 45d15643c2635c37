// SPDX-License-Identifier: AGPL-3.0-or-later
// The DOCX parts around the body: types, relationships, styles, settings, header, footer,
// properties. Every part named here is written by docx.c, and none else.
#include "documents/formats.h"

#include "documents/facts.h"
#include "documents/words.h"
#include "documents/xml.h"

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define PACKAGE     "http://schemas.openxmlformats.org/package/2006/"
#define OFFICE      "http://schemas.openxmlformats.org/officeDocument/2006/"
#define WORD        "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define NS_W        " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

void xml_init(struct xml *xml)
{
    xml->buffer = lib_xml.xmlBufferCreate();
    xml->writer = lib_xml.xmlNewTextWriterMemory(xml->buffer, 0);
    ensure(xml->buffer != NULL && xml->writer != NULL);
    lib_xml.xmlTextWriterStartDocument(xml->writer, NULL, "UTF-8", "yes");
}

void xml_take(struct xml *xml, struct buf *out)
{
    lib_xml.xmlTextWriterEndDocument(xml->writer);
    lib_xml.xmlFreeTextWriter(xml->writer);
    buf_put(out, lib_xml.xmlBufferContent(xml->buffer),
            (size_t)lib_xml.xmlBufferLength(xml->buffer));
    lib_xml.xmlBufferFree(xml->buffer);
}

static void put_override(struct buf *out, const char *part, const char *type)
{
    buf_printf(out, "<Override PartName=\"/%s\" ContentType=\"%s+xml\"/>", part, type);
}

void docx_content_types(const struct docx_parts *parts, struct buf *out)
{
    buf_puts(out, DECLARATION "<Types xmlns=\"" PACKAGE "content-types\">"
                              "<Default Extension=\"rels\" ContentType=\"application/"
                              "vnd.openxmlformats-package.relationships+xml\"/>"
                              "<Default Extension=\"xml\" ContentType=\"application/xml\"/>");
    if (parts->images > 0) buf_puts(out, "<Default Extension=\"png\" ContentType=\"image/png\"/>");
    put_override(out, "word/document.xml", WORD "document.main");
    put_override(out, "word/styles.xml", WORD "styles");
    put_override(out, "word/settings.xml", WORD "settings");
    put_override(out, "word/header1.xml", WORD "header");
    if (parts->footer) put_override(out, "word/footer1.xml", WORD "footer");
    put_override(out, "docProps/core.xml",
                 "application/vnd.openxmlformats-package.core-properties");
    buf_puts(out, "</Types>");
}

void docx_relations(struct buf *out)
{
    buf_puts(out, DECLARATION
             "<Relationships xmlns=\"" PACKAGE "relationships\">"
             "<Relationship Id=\"rId1\" Type=\"" OFFICE "relationships/officeDocument\""
             " Target=\"word/document.xml\"/>"
             "<Relationship Id=\"rId2\" Type=\"" PACKAGE "relationships/metadata/core-properties\""
             " Target=\"docProps/core.xml\"/></Relationships>");
}

static void put_relation(struct buf *out, const char *id, const char *type, const char *target)
{
    buf_printf(out,
               "<Relationship Id=\"rId%s\" Type=\"" OFFICE "relationships/%s\" Target=\"%s\"/>", id,
               type, target);
}

void docx_body_relations(const struct docx_parts *parts, struct buf *out)
{
    buf_puts(out, DECLARATION "<Relationships xmlns=\"" PACKAGE "relationships\">");
    put_relation(out, "Styles", "styles", "styles.xml");
    put_relation(out, "Settings", "settings", "settings.xml");
    put_relation(out, "Header", "header", "header1.xml");
    if (parts->footer) put_relation(out, "Footer", "footer", "footer1.xml");
    for (int i = 1; i <= parts->images; i++) {
        char id[16], target[32];
        snprintf(id, sizeof id, "Image%d", i);
        snprintf(target, sizeof target, "media/image%d.png", i);
        put_relation(out, id, "image", target);
    }
    buf_puts(out, "</Relationships>");
}

static void write_style_paragraph(struct xml *x, const struct doc_style_row *row)
{
    static const char *const aligns[] = {"left", "center", "right", "both"};
    xml_open(x, "w:pPr");
    if (row->keep_next) xml_empty(x, "w:keepNext");
    xml_empty(x, "w:widowControl");
    xml_open(x, "w:spacing");
    xml_attr_pt(x, "w:before", row->before);
    xml_attr_pt(x, "w:after", row->after);
    xml_attr_int(x, "w:line", lround(row->line * 240));
    xml_attr(x, "w:lineRule", "auto");
    xml_close(x);
    xml_open(x, "w:ind");
    xml_attr_pt(x, "w:left", row->left);
    xml_attr_pt(x, "w:firstLine", row->first);
    xml_close(x);
    xml_val(x, "w:jc", aligns[row->align]);
    if (row->outline > 0) xml_val_int(x, "w:outlineLvl", row->outline - 1);
    xml_close(x);
}

static void write_style(struct xml *x, enum doc_style style)
{
    const struct doc_style_row *row = &doc_styles[style];
    xml_open(x, "w:style");
    xml_attr(x, "w:type", "paragraph");
    xml_attr(x, "w:customStyle", "1");
    xml_attr(x, "w:styleId", row->id);
    xml_val(x, "w:name", row->name);
    xml_val(x, "w:basedOn", "Normal");
    xml_empty(x, "w:qFormat");
    write_style_paragraph(x, row);
    xml_open(x, "w:rPr");
    if (row->bold) {
        xml_empty(x, "w:b");
        xml_empty(x, "w:bCs");
    }
    if (row->italic) {
        xml_empty(x, "w:i");
        xml_empty(x, "w:iCs");
    }
    if (style == STYLE_URGENCY) {
        xml_val(x, "w:color", "C00000");
    }
    xml_val_int(x, "w:sz", lround(row->size * 2));
    xml_val_int(x, "w:szCs", lround(row->size * 2));
    if (style == STYLE_URGENCY) {
        xml_open(x, "w:bdr");
        xml_attr(x, "w:val", "single");
        xml_attr(x, "w:sz", "8");
        xml_attr(x, "w:space", "0");
        xml_attr(x, "w:color", "C00000");
        xml_close(x);
    }
    xml_close(x);
    xml_close(x);
}

static const char styles_head[] =
    "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\""
    " w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/>"
    "<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>"
    "<w:lang w:val=\"vi-VN\" w:eastAsia=\"vi-VN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>"
    "<w:pPrDefault/></w:docDefaults>"
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>"
    "<w:qFormat/></w:style>"
    "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal "
    "Table\"/>"
    "<w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w=\"0\""
    " w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\""
    " w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/>"
    "</w:tblCellMar></w:tblPr></w:style>"
    "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/>"
    "<w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>"
    "<w:top w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/>"
    "<w:left w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/>"
    "<w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/>"
    "<w:right w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/>"
    "<w:insideH w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/>"
    "<w:insideV w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/>"
    "</w:tblBorders></w:tblPr></w:style>"
    "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"VBDuongKe\">"
    "<w:name w:val=\"VB Đường kẻ\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:spacing w:before=\"0\""
    " w:after=\"0\" w:line=\"80\" w:lineRule=\"exact\"/></w:pPr><w:rPr><w:sz w:val=\"2\"/>"
    "<w:szCs w:val=\"2\"/></w:rPr></w:style>";

void docx_styles(struct buf *out)
{
    struct xml x;
    xml_init(&x);
    xml_open(&x, "w:styles");
    xml_attr(&x, "xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main");
    lib_xml.xmlTextWriterWriteRaw(x.writer, xml_chars(styles_head));
    for (int i = 0; i < STYLE_COUNT; i++)
        write_style(&x, (enum doc_style)i);
    xml_close(&x);
    xml_take(&x, out);
}

void docx_settings(struct buf *out)
{
    buf_puts(out, DECLARATION
             "<w:settings" NS_W "><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"567\"/>"
             "<w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat><w:compatSetting"
             " w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" "
             "w:val=\"15\"/>"
             "</w:compat><w:themeFontLang w:val=\"vi-VN\"/><w:decimalSymbol w:val=\",\"/>"
             "<w:listSeparator w:val=\";\"/></w:settings>");
}

void docx_header(struct buf *out)
{
    buf_puts(out,
             DECLARATION "<w:hdr" NS_W "><w:p><w:pPr><w:pStyle w:val=\"VBSoTrang\"/></w:pPr>"
                         "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>"
                         "<w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>"
                         "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2</w:t></w:r>"
                         "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:hdr>");
}

void docx_footer(const struct doc *doc, struct buf *out)
{
    buf_puts(out, DECLARATION
             "<w:ftr" NS_W
             "><w:p><w:pPr><w:pStyle w:val=\"VBLienHe\"/><w:pBdr><w:top w:val=\"single\""
             " w:sz=\"6\" w:space=\"3\" w:color=\"000000\"/></w:pBdr></w:pPr><w:r><w:t"
             " xml:space=\"preserve\">");
    put_escaped(out, doc->contact);
    buf_puts(out, "</w:t></w:r></w:p></w:ftr>");
}

void docx_core(const struct doc *doc, struct buf *out)
{
    char day[DAY_TEXT];
    buf_puts(out,
             DECLARATION "<cp:coreProperties xmlns:cp=\"" PACKAGE "metadata/core-properties\""
                         " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                         " xmlns:dcterms=\"http://purl.org/dc/terms/\""
                         " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>");
    put_escaped(out, doc->title);
    buf_puts(out, "</dc:title><dc:creator>");
    put_escaped(out, doc->author);
    buf_puts(out, "</dc:creator><dc:language>vi-VN</dc:language>");
    if (day_known(doc->day))
        buf_printf(out,
                   "<dcterms:created xsi:type=\"dcterms:W3CDTF\">%sT00:00:00Z</dcterms:created>",
                   day_format(doc->day, day));
    buf_puts(out, "</cp:coreProperties>");
}
