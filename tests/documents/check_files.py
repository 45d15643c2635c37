#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What other programs make of our files: check_files.py RENDER_SAMPLES. Speaks TAP; what is not installed fails.

Reads DOCX packages part by part, measures PDF pages with poppler, opens every DOCX in LibreOffice (one start) and
compares its text with our PDF's, lets zbar read the QR codes. Never looks at how the files were made.
"""
import collections
import os
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM = 72 / 25.4
# Children in the order of ECMA-376 (transitional); the ones we may ever write.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
           "suppressAutoHyphens spacing ind contextualSpacing mirrorIndents jc textDirection textAlignment outlineLvl "
           "rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike vanish color spacing w kern position sz szCs highlight u "
           "effect bdr shd vertAlign lang",
    "tblPr": "tblStyle tblpPr tblOverlap tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "cnfStyle tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols titlePg",
    "style": "name aliases basedOn next link uiPriority semiHidden unhideWhenUsed qFormat locked pPr rPr tblPr",
    "pBdr": "top left bottom right between bar",
    "tblCellMar": "top left bottom right",
    "tblBorders": "top left bottom right insideH insideV",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
}
ORDER = {name: words.split() for name, words in ORDER.items()}

failures, count = 0, 0


def case(name, problems):
    global failures, count
    count += 1
    for line in problems[:8]:
        print("#", line)
    failures += bool(problems)
    print(f"{'not ok' if problems else 'ok'} {count} - {name}", flush=True)


def run(*command):
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def order_problems(root, where):
    problems = []
    for element in root.iter():
        name = element.tag.replace(W, "")
        if not element.tag.startswith(W) or name not in ORDER:
            continue
        last = -1
        for child in element:
            word = child.tag.replace(W, "")
            if word not in ORDER[name]:
                problems.append(f"{where}: {word} inside {name}")
                continue
            at = ORDER[name].index(word)
            repeatable = word in ("tr", "tc", "headerReference", "footerReference")
            if at < last or (at == last and not repeatable):
                problems.append(f"{where}: {word} stands too late or twice in {name}")
            last = at
    return problems


def table_problems(body, where):
    problems = []
    for table in body.iter(W + "tbl"):
        grid = [int(g.get(W + "w")) for g in table.find(W + "tblGrid")]
        for row in table.findall(W + "tr"):
            spans = 0
            for cell in row.findall(W + "tc"):
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                spans += int(span.get(W + "val")) if span is not None else 1
                if cell[-1].tag != W + "p":
                    problems.append(f"{where}: a cell does not end with a paragraph")
            if spans != len(grid):
                problems.append(f"{where}: a row of {spans} columns in a grid of {len(grid)}")
    for element, following in zip(body, list(body)[1:]):
        if element.tag == W + "tbl" and following.tag != W + "p":
            problems.append(f"{where}: a table is not followed by a paragraph")
    return problems


def package_problems(path):
    problems = []
    with zipfile.ZipFile(path) as package:
        if package.testzip() or package.namelist()[0] != "[Content_Types].xml":
            problems.append(f"{path.name}: damaged, or the types do not come first")
        names = set(package.namelist())
        roots = {n: ET.fromstring(package.read(n)) for n in names if not n.endswith(".png")}
        if any(info.date_time != (1980, 1, 1, 0, 0, 0) for info in package.infolist()):
            problems.append(f"{path.name}: carries the time of its making")
    typed, defaults = set(), set()
    for entry in roots["[Content_Types].xml"]:
        if entry.get("PartName"):
            typed.add(entry.get("PartName").lstrip("/"))
        else:
            defaults.add(entry.get("Extension"))
    for name in names - {"[Content_Types].xml"}:
        if name not in typed and name.rsplit(".", 1)[1] not in defaults - {"xml"}:
            problems.append(f"{path.name}: {name} has no content type")
    problems += [f"{path.name}: type for missing {n}" for n in typed - names]
    reached, ids = set(), set()
    for name in [n for n in names if n.endswith(".rels")]:
        base = posixpath.dirname(posixpath.dirname(name))
        for relation in roots[name]:
            target = posixpath.normpath(posixpath.join(base, relation.get("Target")))
            reached.add(target)
            if base == "word":
                ids.add(relation.get("Id"))
            if target not in names:
                problems.append(f"{path.name}: {name} points to missing {target}")
    loose = {n for n in names if not n.endswith(".rels")} - reached - {"[Content_Types].xml"}
    problems += [f"{path.name}: nothing points to {n}" for n in loose]
    document = roots["word/document.xml"]
    used = {v for e in document.iter() for k, v in e.attrib.items() if "officeDocument/2006/relationships" in k}
    problems += [f"{path.name}: {i} has no relationship" for i in used - ids]
    styles = {s.get(W + "styleId") for s in roots["word/styles.xml"].iter(W + "style")}
    for kind in ("pStyle", "tblStyle"):
        problems += [f"{path.name}: style {e.get(W + 'val')} is not defined" for n in roots
                     for e in roots[n].iter(W + kind) if e.get(W + "val") not in styles]
    for name, root in roots.items():
        problems += order_problems(root, f"{path.name}/{name}")
    return problems + table_problems(document.find(W + "body"), path.name)


def pdf_words(pdf):
    """Pages of (width, height, [(x0, y0, x1, y1, word)]), by poppler."""
    text = run("pdftotext", "-bbox", str(pdf), "-")
    text = re.sub(r"<!DOCTYPE[^>]*>", "", text)
    pages = []
    for page in ET.fromstring(text).iter("{http://www.w3.org/1999/xhtml}page"):
        words = [tuple(float(w.get(k)) for k in ("xMin", "yMin", "xMax", "yMax")) + (w.text or "",) for w in page]
        pages.append((float(page.get("width")), float(page.get("height")), words))
    return pages


def margin_problems(pdf):
    problems, half = [], MM / 2
    for number, (width, height, words) in enumerate(pdf_words(pdf), 1):
        if sorted((round(width), round(height))) != [595, 842]:
            problems.append(f"{pdf.name} page {number}: {width} x {height}")
        for x0, y0, x1, y1, word in words:
            header = y1 < 20 * MM and abs((x0 + x1) / 2 - (30 * MM + (width - 45 * MM) / 2)) < half and word.isdigit()
            footer = y0 > height - 20 * MM and number == 1
            if x0 < 30 * MM - half or x1 > width - 15 * MM + half:
                problems.append(f"{pdf.name} page {number}: {word} from {x0 / MM:.1f} to {x1 / MM:.1f} mm")
            if not header and not footer and (y0 < 20 * MM - half or y1 > height - 20 * MM + half):
                problems.append(f"{pdf.name} page {number}: {word} at {y0 / MM:.1f} mm")
    return problems


def plan_problems(pdf):
    """The plan's pages to half a millimetre: text edges, page numbers, head."""
    problems, half = [], MM / 2
    pages = pdf_words(pdf)
    for number, (width, _, words) in enumerate(pages, 1):
        inside = [w for w in words if w[1] > 19 * MM]
        if abs(min(w[0] for w in inside) - 30 * MM) > half:
            problems.append(f"page {number}: no line begins at the left margin")
        if abs(max(w[2] for w in inside) - (width - 15 * MM)) > half:
            problems.append(f"page {number}: no justified line reaches the right margin")
        above = [w[4] for w in words if w[3] < 20 * MM]
        if above != ([] if number == 1 else [str(number)]):
            problems.append(f"page {number}: {above} in the top margin")
    first = pages[0][2]
    top = min(w[1] for w in first)
    if abs(top - 20 * MM) > 1.5 * MM:
        problems.append(f"the head begins at {top / MM:.1f} mm")
    nation = [w for w in first if abs(w[1] - top) < 1 and w[0] > 250]
    motto = [w for w in first if w[4] in ("Độc", "phúc")]
    middle = (min(w[0] for w in nation) + max(w[2] for w in nation)) / 2
    if not motto or abs((min(w[0] for w in motto) + max(w[2] for w in motto)) / 2 - middle) > half:
        problems.append("the motto is not centred under the country's name")
    if max(w[2] for w in nation) > 595.28 - 15 * MM + half:
        problems.append("the country's name runs over the margin")
    return problems


def bag(pdf):
    """Words of a PDF without page numbers, dots and private symbols."""
    words = collections.Counter()
    for _, _, page in pdf_words(pdf):
        for x0, y0, x1, y1, word in page:
            if y1 < 20 * MM and word.isdigit():
                continue
            word = re.sub(r"[.…]{2,}|[\ue000-\uf8ff☐☑]", "", word)
            words.update(c for c in word if not c.isspace())
    return words


def headings(docx):
    """The letters of each table's heading, which may be repeated a different number of times."""
    with zipfile.ZipFile(docx) as package:
        root = ET.fromstring(package.read("word/document.xml"))
    found = []
    for table in root.iter(W + "tbl"):
        letters = collections.Counter()
        for row in table.findall(W + "tr"):
            if row.find(f"{W}trPr/{W}tblHeader") is not None:
                letters.update(c for t in row.iter(W + "t") for c in t.text or "" if not c.isspace())
        if letters:
            found.append(letters)
    return found


def explained(difference, repeats):
    """Whether a difference of letters is made of whole headings, a few more or fewer."""
    if not any(difference.values()):
        return True
    if not repeats:
        return False
    for times in range(-3, 4):
        rest = collections.Counter(difference)
        for letter, n in repeats[0].items():
            rest[letter] -= times * n
        if explained(rest, repeats[1:]):
            return True
    return False


def text_problems(ours, theirs, docx):
    problems = []
    a, b = bag(ours), bag(theirs)
    boxes = b["\ufffd"] - a["\ufffd"]  # what no font has, we draw as a box with its number in it
    a.update({"\ufffd": boxes, "F": -3 * boxes, "D": -boxes})
    difference = collections.Counter({c: a[c] - b[c] for c in set(a) | set(b) if a[c] != b[c]})
    if not explained(difference, headings(docx)):
        problems.append(f"{ours.name}: letters differ from LibreOffice's: {dict(difference)}")
    # A text that ends near the foot of a page may take one more elsewhere.
    if abs(len(pdf_words(ours)) - len(pdf_words(theirs))) > max(1, len(pdf_words(ours)) // 10):
        problems.append(f"{ours.name}: {len(pdf_words(ours))} pages, LibreOffice {len(pdf_words(theirs))}")
    return problems


def font_problems(pdf):
    problems = []
    for line in run("pdffonts", str(pdf)).splitlines()[2:]:
        fields = line.split()
        if "LiberationSerif" not in fields[0] or fields[-5:-2] != ["yes", "yes", "yes"]:
            problems.append(f"{pdf.name}: {line}")
    info = run("pdfinfo", str(pdf))
    if "Tagged:          yes" not in info or "Title:" not in info:
        problems.append(f"{pdf.name}: not tagged, or without a title")
    text = run("pdftotext", str(pdf), "-")
    if text != unicodedata.normalize("NFC", text):
        problems.append(f"{pdf.name}: text is not NFC")
    return problems


def qpdf_problems(pdf):
    done = subprocess.run(["qpdf", "--check", str(pdf)], capture_output=True)
    return [] if done.returncode == 0 else [f"{pdf.name}: {done.stdout.decode()}{done.stderr.decode()}"]


def pangram_problems(pdf, c_source):
    text = run("pdftotext", str(pdf), "-").replace("\n", "")
    wanted = set("".join(re.findall(r'^    "([^"]+)"', c_source.split("sample_pangram[]")[1], re.M)[:2])) - {" "}
    missing = [c for c in sorted(wanted) if c not in text]
    return [f"letters missing: {''.join(missing)}"] if missing or len(wanted) < 134 else []


def qr_problems(folder, name, expected):
    run("pdftoppm", "-r", "150", "-png", "-singlefile", str(folder / f"{name}.pdf"), str(folder / f"qr-{name}"))
    done = subprocess.run(["zbarimg", "-q", "--raw", str(folder / f"qr-{name}.png")], capture_output=True)
    got = done.stdout.decode().strip()
    return [] if got == expected else [f"{name}: zbar read {got!r}"]


def libreoffice(folder, sources):
    out = folder / "libreoffice"
    out.mkdir()
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
                    "--outdir", str(out)] + [str(s) for s in sources], capture_output=True, timeout=300, check=True)
    return out


def with_libreoffice(folder, packages):
    """One start for all; its results lie in one folder, so each file is given the name of its sample too."""
    sources = []
    for path in packages:
        named = folder / f"{path.parent.name}-{path.name}"
        shutil.copy(path, named)
        shutil.copy(path.with_suffix(".pdf"), named.with_suffix(".pdf"))
        sources.append(named)
    out = libreoffice(folder, sources)
    case(f"all {len(sources)} DOCX open in LibreOffice",
         [f"{s.name} was not opened" for s in sources if not (out / f"{s.stem}.pdf").exists()])
    for sample in sorted({path.parent.name for path in packages}):
        problems = []
        for source in (s for s in sources if s.name.startswith(f"{sample}-")):
            problems += text_problems(source.with_suffix(".pdf"), out / f"{source.stem}.pdf", source)
        case(f"{sample}: LibreOffice shows the same text on about as many pages", problems)


def main():
    render = sys.argv[1]
    source = (Path(__file__).parent / "sample_facts.c").read_text()
    with tempfile.TemporaryDirectory(prefix="doithoai-documents-") as name:
        folder = Path(name)
        for sample in ("rich", "empty", "large", "hostile"):
            (folder / sample).mkdir()
            subprocess.run([render, str(folder / sample), sample], check=True)
        packages = sorted(folder.glob("*/*.docx"))
        pdfs = sorted(folder.glob("*/*.pdf"))
        case(f"all {len(packages)} DOCX packages are closed, well formed and in the schema's order",
             [p for path in packages for p in package_problems(path)])
        case("every PDF is sound by qpdf", [p for pdf in pdfs for p in qpdf_problems(pdf)])
        case("every PDF embeds Liberation Serif alone, is tagged and extracts as NFC",
             [p for pdf in pdfs if pdf.parent.name != "hostile" for p in font_problems(pdf)])
        case("nothing stands outside the margins of the decree", [p for pdf in pdfs for p in margin_problems(pdf)])
        case("the plan keeps its measures to half a millimetre", plan_problems(folder / "rich" / "plan.pdf"))
        case("every Vietnamese letter can be read back from a PDF",
             pangram_problems(folder / "large" / "report.pdf", source))
        case("the QR codes of poster and invitation can be read",
             qr_problems(folder / "rich", "poster", "https://phuong1.example.vn/d/1")
             + qr_problems(folder / "rich", "invitation", "https://phuong1.example.vn/m/K7P2QX"))
        with_libreoffice(folder, [path for path in packages if path.parent.name != "large" or path.stem in ("minutes", "synthesis")])
    print(f"1..{count}")
    return 1 if failures else 0


if __name__ == "__main__":
    os.environ["LC_ALL"] = "C.UTF-8"
    sys.exit(main())
