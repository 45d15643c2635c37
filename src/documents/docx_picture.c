// SPDX-License-Identifier: AGPL-3.0-or-later
// A QR code's place in the body: the run that shows word/media/imageN.png. The picture itself is
// added by docx.c.
#include "documents/formats.h"
#include "documents/xml.h"

static void write_picture_data(struct xml *x, long side, int image)
{
    char id[24];
    snprintf(id, sizeof id, "rIdImage%d", image);
    xml_open(x, "pic:pic");
    xml_open(x, "pic:nvPicPr");
    xml_open(x, "pic:cNvPr");
    xml_attr_int(x, "id", image);
    xml_attr(x, "name", "QR");
    xml_close(x);
    xml_empty(x, "pic:cNvPicPr");
    xml_close(x);
    xml_open(x, "pic:blipFill");
    xml_open(x, "a:blip");
    xml_attr(x, "r:embed", id);
    xml_close(x);
    xml_open(x, "a:stretch");
    xml_empty(x, "a:fillRect");
    xml_close(x);
    xml_close(x);
    xml_open(x, "pic:spPr");
    xml_open(x, "a:xfrm");
    xml_open(x, "a:off");
    xml_attr(x, "x", "0");
    xml_attr(x, "y", "0");
    xml_close(x);
    xml_open(x, "a:ext");
    xml_attr_int(x, "cx", side);
    xml_attr_int(x, "cy", side);
    xml_close(x);
    xml_close(x);
    xml_open(x, "a:prstGeom");
    xml_attr(x, "prst", "rect");
    xml_empty(x, "a:avLst");
    xml_close(x);
    xml_close(x);
    xml_close(x);
}

void docx_picture(struct xml *x, const struct doc_qr *qr, int image)
{
    long side = lround(qr->side * 12700); // English metric units
    xml_open(x, "w:r");
    xml_open(x, "w:drawing");
    xml_open(x, "wp:inline");
    xml_open(x, "wp:extent");
    xml_attr_int(x, "cx", side);
    xml_attr_int(x, "cy", side);
    xml_close(x);
    xml_open(x, "wp:docPr");
    xml_attr_int(x, "id", image);
    xml_attr(x, "name", "QR");
    xml_attr(x, "descr", qr->text);
    xml_close(x);
    xml_open(x, "a:graphic");
    xml_open(x, "a:graphicData");
    xml_attr(x, "uri", "http://schemas.openxmlformats.org/drawingml/2006/picture");
    write_picture_data(x, side, image);
    for (int i = 0; i < 5; i++)
        xml_close(x);
}
