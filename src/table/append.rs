//! Appends a row to a file that somebody keeps by hand, in its encoding and with its delimiter and line endings, so
//! that the program that wrote it can still read it. [`crate::source::append`] decides the contents of the row.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use memchr::memmem;

use crate::problem::{Place, Problem};
use crate::table::inspection::Inspection;
use crate::table::text::formula;

/// Returns the bytes of the file with one more row. The existing bytes do not change.
pub(crate) fn with_row(mut bytes: Vec<u8>, inspection: &Inspection, cells: &[String]) -> Result<Vec<u8>, Problem> {
    let encode = |text: &str| encoded(text, inspection);
    let (cr, lf, crlf) = (encode("\r")?, encode("\n")?, encode("\r\n")?);
    let line_end = match () {
        () if memmem::find(&bytes, &crlf).is_some() => "\r\n",
        () if memmem::find(&bytes, &lf).is_some() => "\n",
        () if memmem::find(&bytes, &cr).is_some() => "\r",
        () => "\n",
    };
    if !bytes.is_empty() && !bytes.ends_with(&lf) && !bytes.ends_with(&cr) {
        bytes.extend(encode(line_end)?);
    }
    bytes.extend(encode(&record(cells, inspection)?)?);
    bytes.extend(encode(line_end)?);
    Ok(bytes)
}

/// Formats the row as text without a line ending. Cells are quoted if necessary (RFC 4180), and none can act as a
/// formula.
fn record(cells: &[String], inspection: &Inspection) -> Result<String, Problem> {
    let unwritable = || {
        Problem::error("not-appendable", "this row cannot be written with the file's delimiter")
            .at(Place::file(&inspection.file))
            .help("write the row by hand")
    };
    let delimiter = u8::try_from(inspection.delimiter).map_err(|_| unwritable())?;
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    let cells = cells.iter().map(|cell| formula::guarded(cell));
    writer.write_record(cells.map(|cell| cell.into_owned())).map_err(|_| unwritable())?;
    let row = writer.into_inner().map_err(|_| unwritable())?;
    let row = String::from_utf8(row).map_err(|_| unwritable())?;
    Ok(row.strip_suffix('\n').map(str::to_owned).unwrap_or(row))
}

fn encoded(text: &str, inspection: &Inspection) -> Result<Vec<u8>, Problem> {
    let encoding = Encoding::for_label(inspection.encoding.as_bytes()).unwrap_or(encoding_rs::UTF_8);
    // The Encoding Standard, and therefore the crate, has no encoder for UTF-16.
    if encoding == UTF_16LE {
        return Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    }
    if encoding == UTF_16BE {
        return Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    match encoding.encode(text) {
        (bytes, _, false) => Ok(bytes.into_owned()),
        (_, _, true) => {
            let message =
                format!("this file is in {}, which has no sign for a letter of the new row", inspection.encoding);
            Err(Problem::error("not-encodable", message)
                .at(Place::file(&inspection.file))
                .help("save the file as UTF-8"))
        }
    }
}
