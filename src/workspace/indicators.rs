//! Reading the table of indicators, which the settings name: .csv, or .xlsx.

use std::borrow::Cow;
use std::io::Cursor;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use calamine::{Data, Reader as _, SheetVisible, Xlsx};

use super::reading::{self, LONGEST_PACK};
use super::{Stamp, last_year, stamp, whole_path};
use crate::indicators::{Fault, Indicators};
use crate::locale::Locale;

/// Settings are read again at every save; a table that has not changed is not.
const KEPT: usize = 4;

type Read = (String, Option<Stamp>, Arc<Indicators>);

/// The table at `path`; an error says in both languages why there is none.
pub fn read(path: &Path) -> Result<Arc<Indicators>, Fault> {
    static READ: Mutex<Vec<Read>> = Mutex::new(Vec::new());
    let (whole, stamp) = (whole_path(path), stamp(path));
    let mut kept = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((.., table)) = kept.iter().find(|(path, time, _)| *path == whole && time.is_some() && *time == stamp) {
        return Ok(table.clone());
    }
    let bytes = reading::read(path, LONGEST_PACK)
        .map_err(|reason| [Locale::Hans, Locale::English].map(|locale| reason.message(locale)))?;
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let mut table = match bytes.starts_with(b"PK\x03\x04") {
        true => Indicators::sheet(&name, &sheet(&bytes)?)?,
        false => Indicators::csv(&name, &text(&bytes).ok_or_else(unreadable)?)?,
    };
    whole.clone_into(&mut table.path);
    let table = Arc::new(table);
    kept.retain(|(path, ..)| *path != whole);
    kept.truncate(KEPT - 1);
    kept.insert(0, (whole, stamp, table.clone()));
    Ok(table)
}

fn unreadable() -> Fault {
    ["不是 .csv，也不是 .xlsx，或者认不出编码", "neither .csv nor .xlsx, or of an unknown encoding"].map(str::to_owned)
}

/// What spreadsheets save as text: as other programs do, also with the mark of UTF-8 before another encoding, and in
/// UTF-16.
fn text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let (wide, has_mark) = match bytes {
        [0xFF, 0xFE, ..] => (encoding_rs::UTF_16LE, true),
        [0xFE, 0xFF, ..] => (encoding_rs::UTF_16BE, true),
        _ => (encoding_rs::UTF_8, false),
    };
    if has_mark {
        let (text, is_wrong) = wide.decode_with_bom_removal(bytes);
        return (!is_wrong).then_some(text);
    }
    last_year::text(bytes).or_else(|| last_year::text(bytes.strip_prefix(b"\xEF\xBB\xBF")?))
}

/// The cells of the first sheet that is shown and has some, each row with its number. What was merged stands in each of
/// its cells.
fn sheet(bytes: &[u8]) -> Result<Vec<(u32, Vec<String>)>, Fault> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let shown_sheets = book.sheets_metadata().iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = shown_sheets.map(|sheet| sheet.name.clone()).collect();
    for name in names {
        let range = book.worksheet_range(&name).map_err(|_| unreadable())?;
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let (first, left) = range.start().unwrap_or_default();
        let styles = book.worksheet_style(&name).unwrap_or_default();
        let is_percent = |place| {
            let format = styles.get(place).and_then(|style| style.number_format.as_ref());
            format.is_some_and(|format| format.format_code.contains('%'))
        };
        let cells = |(n, row): (u32, &[Data])| {
            let cells = (left..).zip(row).map(|(column, cell)| shown(cell, is_percent((n, column))));
            (n + 1, cells.collect())
        };
        let mut rows: Vec<(u32, Vec<String>)> = (first..).zip(range.rows()).map(cells).collect();
        for area in merged {
            // A title over the whole width is none of a column.
            if area.start.1 != area.end.1 {
                continue;
            }
            let place = |row: u32| Some((row.checked_sub(first)? as usize, area.start.1.checked_sub(left)? as usize));
            let text = place(area.start.0).and_then(|(row, column)| rows.get(row)?.1.get(column).cloned());
            for (row, column) in (area.start.0 + 1..=area.end.0).filter_map(place) {
                if let (Some(text), Some(cell)) = (&text, rows.get_mut(row).and_then(|(_, row)| row.get_mut(column))) {
                    cell.clone_from(text);
                }
            }
        }
        if !rows.is_empty() {
            return Ok(rows);
        }
    }
    Ok(Vec::new())
}

/// A cell as it is shown: a number without the noise of its last binary digits, 0.062 as 6.2% where it is a percentage.
fn shown(cell: &Data, is_percent: bool) -> String {
    let number = |value: f64| format!("{value:.6}").trim_end_matches('0').trim_end_matches('.').to_owned();
    match cell {
        Data::Float(value) if is_percent => number(value * 100.0) + "%",
        Data::Int(value) if is_percent => number(*value as f64 * 100.0) + "%",
        Data::Float(value) => number(*value),
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year}-{month}-{day}")
        }
        cell => cell.to_string(),
    }
}
