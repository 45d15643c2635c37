// SPDX-License-Identifier: AGPL-3.0-or-later
// Short names over libxml2's writer, which escapes. Attribute values are plain text; sizes in
// twentieths of a point.
#ifndef DOCUMENTS_XML_H
#define DOCUMENTS_XML_H

#include <math.h>
#include "base/buf.h"
#include "documents/library.h"

struct xml {
    xmlTextWriterPtr writer;
    xmlBufferPtr buffer;
};

void xml_init(struct xml *xml);                  // with the XML declaration
void xml_take(struct xml *xml, struct buf *out); // appends and frees

static inline const xmlChar *xml_chars(const char *text)
{
    return (const xmlChar *)text;
}

static inline void xml_open(struct xml *xml, const char *element)
{
    lib_xml.xmlTextWriterStartElement(xml->writer, xml_chars(element));
}

static inline void xml_close(struct xml *xml)
{
    lib_xml.xmlTextWriterEndElement(xml->writer);
}

static inline void xml_attr(struct xml *xml, const char *name, const char *value)
{
    lib_xml.xmlTextWriterWriteAttribute(xml->writer, xml_chars(name), xml_chars(value));
}

static inline void xml_attr_int(struct xml *xml, const char *name, long value)
{
    lib_xml.xmlTextWriterWriteFormatAttribute(xml->writer, xml_chars(name), "%ld", value);
}

static inline void xml_attr_pt(struct xml *xml, const char *name, double points)
{
    xml_attr_int(xml, name, lround(points * 20));
}

static inline void xml_text(struct xml *xml, const char *text)
{
    lib_xml.xmlTextWriterWriteString(xml->writer, xml_chars(text));
}

static inline void xml_empty(struct xml *xml, const char *element)
{
    xml_open(xml, element);
    xml_close(xml);
}

static inline void xml_val(struct xml *xml, const char *element, const char *value)
{
    xml_open(xml, element);
    xml_attr(xml, "w:val", value);
    xml_close(xml);
}

static inline void xml_val_int(struct xml *xml, const char *element, long value)
{
    xml_open(xml, element);
    xml_attr_int(xml, "w:val", value);
    xml_close(xml);
}

static inline void xml_leaf(struct xml *xml, const char *element, const char *text)
{
    xml_open(xml, element);
    xml_text(xml, text);
    xml_close(xml);
}

#endif
