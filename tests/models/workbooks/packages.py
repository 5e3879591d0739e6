"""Workbooks written by hand, part by part, as no library would write them."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ODS = "urn:oasis:names:tc:opendocument:xmlns"
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of the parts."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def xlsx(sheet: str, *, styles: str = "", strings: str = "", properties: str = "") -> bytes:
    """A one-sheet .xlsx: its worksheet (or only the content), its styles, its shared strings, its workbookPr."""
    whole = sheet if "worksheet" in sheet else f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">{properties}'
        '<sheets><sheet name="表一" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": whole,
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
    }
    if strings:
        parts["xl/sharedStrings.xml"] = (
            strings if "<sst" in strings else f'<sst xmlns="{MAIN}">{strings}</sst>'
        )
    return zipped(parts)


def styled(*formats: str) -> str:
    """Styles for ``xlsx``: cell style 0 is General, 1 the first format, and so on."""
    numbered = list(enumerate(formats, 164))
    own = "".join(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in numbered)
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in (0, *(number for number, _ in numbered)))
    return f"<numFmts>{own}</numFmts><cellXfs>{styles}</cellXfs>"


def row(number: int, *cells: str) -> str:
    """A row of finished cells for ``xlsx``."""
    return f'<row r="{number}">{"".join(cells)}</row>'


def data(*rows: str) -> str:
    """The rows of a sheet for ``xlsx``."""
    return f"<sheetData>{''.join(rows)}</sheetData>"


def ods(tables: str, *, styles: str = "", manifest: str = "") -> bytes:
    """An .ods: its table elements, its automatic styles, what its manifest says beside its type."""
    names = " ".join(f'xmlns:{part}="{_ODS}:{part}:1.0"' for part in ("office", "style", "table", "text"))
    content = (
        f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    listed = f'<manifest:manifest xmlns:manifest="{_ODS}:manifest:1.0"><manifest:file-entry \
manifest:full-path="/" manifest:media-type="{_ODS_TYPE}"/>{manifest}</manifest:manifest>'
    return zipped({"mimetype": _ODS_TYPE, "content.xml": content, "META-INF/manifest.xml": listed})
