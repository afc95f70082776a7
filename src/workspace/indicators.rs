//! Reading the table of indicators, which the settings name: .csv, or .xlsx.

use std::io::Cursor;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use calamine::{Data, Reader as _, Xlsx};

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
        true => Indicators::new(&name, sheet(&bytes)?)?,
        false => Indicators::csv(&name, &last_year::text(&bytes).ok_or_else(unreadable)?)?,
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

/// The cells of the first sheet that has some, each row with its number.
fn sheet(bytes: &[u8]) -> Result<Vec<(u32, Vec<String>)>, Fault> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| unreadable())?;
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|_| unreadable())?;
        let first = range.start().map_or(0, |(row, _)| row);
        let rows: Vec<_> = (first + 1..).zip(range.rows().map(|row| row.iter().map(shown).collect())).collect();
        if !rows.is_empty() {
            return Ok(rows);
        }
    }
    Ok(Vec::new())
}

/// A cell as it is shown: a number without the noise of its last binary digits.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Float(value) => {
            let text = format!("{value:.6}");
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        cell => cell.to_string(),
    }
}
