"""What PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) ask of a file beyond what the `pdfua` package looks at, read off
the file by pikepdf. Prints one line for each thing amiss: `FILE: page or place: what`. Silent where all is well.

    target/tools/python/bin/python tests/check/tagged.py FILE.pdf ...
"""

import sys

import pikepdf
from pikepdf import Array, Dictionary, Name

# The types of ISO 32000-1, 14.8.4, which need no role map.
STANDARD = set(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody "
    "Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP "
    "Figure Formula Form".split()
)
PAINT = set("Tj TJ ' \" S s f F f* B B* b b* Do sh BI".split())


def catalogue(pdf):
    root = pdf.Root
    if not str(root.get("/Lang", "")):
        yield "catalogue", "no language (UA 7.2)"
    if not root.get("/MarkInfo", Dictionary()).get("/Marked", False):
        yield "catalogue", "not marked as tagged (UA 7.1)"
    if root.get("/MarkInfo", Dictionary()).get("/Suspects", False):
        yield "catalogue", "suspect tags (UA 7.1)"
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield "catalogue", "the window does not show the title (UA 7.1)"
    intents = [i for i in root.get("/OutputIntents", Array()) if i.get("/S") == "/GTS_PDFA1"]
    if len(intents) != 1 or "/DestOutputProfile" not in intents[0]:
        yield "catalogue", "no output intent with a colour profile (A 6.2.3)"
    for forbidden in ("/AA", "/OpenAction", "/XFA"):
        if forbidden in root:
            yield "catalogue", f"{forbidden} (A 6.5)"
    names = root.get("/Names", Dictionary())
    if "/JavaScript" in names or "/EmbeddedFiles" in names:
        yield "catalogue", "scripts or files inside (A 6.6.1, 6.8)"
    if pdf.is_encrypted or "/Encrypt" in pdf.trailer:
        yield "trailer", "encrypted (A 6.1.3)"
    if "/ID" not in pdf.trailer:
        yield "trailer", "no identity (A 6.1.3)"
    with pdf.open_metadata() as xmp:
        wanted = {"pdfuaid:part": "1", "pdfaid:part": "2", "pdfaid:conformance": "A"}
        for key, value in wanted.items():
            if xmp.get(key) != value:
                yield "metadata", f"{key} is {xmp.get(key)!r}, not {value!r}"
        if not str(xmp.get("dc:title", "")).strip():
            yield "metadata", "no title (UA 7.1)"
        info = pdf.docinfo
        for key, twin in (("/Title", "dc:title"), ("/Producer", "pdf:Producer"), ("/Creator", "xmp:CreatorTool")):
            if key in info and str(info[key]) != str(xmp.get(twin, "")):
                yield "metadata", f"{key} and {twin} differ (A 6.6.2.3)"


def kids(element):
    found = element.get("/K", Array())
    return list(found) if isinstance(found, Array) else [found]


def elements(pdf):
    """Yields every structure element with its standard type and its ancestors."""
    tree = pdf.Root.get("/StructTreeRoot")
    if tree is None:
        return
    roles = tree.get("/RoleMap", Dictionary())

    def kind(element):
        name = str(element.get("/S", "")).lstrip("/")
        for _ in range(8):
            if name in STANDARD or "/" + name not in roles:
                break
            name = str(roles["/" + name]).lstrip("/")
        return name

    def walk(element, above):
        name = kind(element)
        yield name, element, above
        for kid in kids(element):
            if isinstance(kid, Dictionary) and "/S" in kid and kid.get("/Type") not in ("/MCR", "/OBJR"):
                yield from walk(kid, above + [name])

    for top in kids(tree):
        yield from walk(top, [])


def attribute(element, key):
    """Returns an attribute from any of the element's attribute objects."""
    attributes = element.get("/A", Array())
    for one in attributes if isinstance(attributes, Array) else [attributes]:
        if isinstance(one, Dictionary) and key in one:
            return one[key]
    return None


def structure(pdf):
    if "/ParentTree" not in pdf.Root.get("/StructTreeRoot", Dictionary()):
        yield "structure", "no tree, or no way from the pages to it (UA 7.1)"
    level, names = 0, set()
    for name, element, above in elements(pdf):
        names.add(name)
        parent = above[-1] if above else ""
        if name not in STANDARD:
            yield "structure", f"{name} is no standard type (UA 7.1)"
        if name == "Figure" and not str(element.get("/Alt", "") or element.get("/ActualText", "")).strip():
            yield "structure", "a figure says nothing (UA 7.3)"
        if name == "TH" and attribute(element, "/Scope") not in ("/Column", "/Row", "/Both"):
            yield "structure", "a heading cell without scope (UA 7.5)"
        if name in ("TH", "TD") and parent != "TR":
            yield "structure", f"{name} in {parent} (UA 7.2)"
        if name == "TR" and parent not in ("Table", "THead", "TBody", "TFoot"):
            yield "structure", f"TR in {parent} (UA 7.2)"
        if name == "LI" and parent != "L":
            yield "structure", f"LI in {parent} (UA 7.2)"
        if name == "LBody" and parent != "LI":
            yield "structure", f"LBody in {parent} (UA 7.2)"
        if name == "Link":
            objects = [k for k in kids(element) if isinstance(k, Dictionary) and k.get("/Type") == "/OBJR"]
            if not objects or not all(str(k["/Obj"].get("/Contents", "")).strip() for k in objects):
                yield "structure", "a link without words or without its annotation (UA 7.18.5)"
        if name[:1] == "H" and name[1:].isdigit():
            if int(name[1:]) > level + 1:
                yield "structure", f"{name} after H{level} (UA 7.4.2)"
            level = int(name[1:])
    if "H1" not in names:
        yield "structure", "no first heading (UA 7.4)"


def pages(pdf):
    for number, page in enumerate(pdf.pages, 1):
        place = f"page {number}"
        if "/StructParents" not in page.obj:
            yield place, "not in the tree (UA 7.1)"
        if page.obj.get("/Annots") and page.obj.get("/Tabs") != "/S":
            yield place, "the tabulator does not follow the structure (UA 7.18.3)"
        if "/Trans" in page.obj or "/AA" in page.obj:
            yield place, "actions (A 6.5.2)"
        depth, marked = 0, []
        for operands, operator in pikepdf.parse_content_stream(page):
            operator = str(operator)
            if operator in ("BDC", "BMC"):
                tag = str(operands[0])
                own = tag == "/Artifact" or (len(operands) > 1 and isinstance(operands[1], Dictionary) and "/MCID" in operands[1])
                marked.append(own)
            elif operator == "EMC":
                marked.pop()
            elif operator in PAINT and not any(marked):
                yield place, f"{operator} paints what is neither tagged nor an artifact (UA 7.1)"
        if marked:
            yield place, "marks are left open"


def fonts(pdf):
    for thing in pdf.objects:
        if not isinstance(thing, Dictionary) or thing.get("/Type") != "/Font":
            continue
        name = thing.get("/BaseFont", "a font")
        if thing.get("/Subtype") == "/Type0" and "/ToUnicode" not in thing:
            yield str(name), "its letters cannot be read back (UA 7.21.7)"
        descriptor = thing.get("/FontDescriptor")
        if descriptor is not None and not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield str(name), "not embedded (UA 7.21.4, A 6.2.11.4)"


def outline(pdf):
    with pdf.open_outline() as found:
        if not found.root:
            yield "outline", "no bookmarks"


def main():
    for path in sys.argv[1:]:
        with pikepdf.open(path) as pdf:
            for check in (catalogue, structure, pages, fonts, outline):
                for place, what in check(pdf):
                    print(f"{path}: {place}: {what}")


if __name__ == "__main__":
    main()
