//! Tables of the program: rows of cells that tabs part, with comments behind `#`.

use std::str::Split;

use rustc_hash::FxHashMap;

/// The cells of each row.
pub fn rows(table: &str) -> impl Iterator<Item = Split<'_, char>> {
    table.lines().filter(|row| !row.starts_with('#')).map(|row| row.split('\t'))
}

/// What a table whose first row names its columns says of a name in its first column.
pub fn cell<'t>(table: &'t str, name: &str, column: &str) -> Option<&'t str> {
    let mut rows = rows(table);
    let at = rows.next()?.position(|own| own == column)?;
    rows.find_map(|mut cells| (cells.next() == Some(name)).then_some(cells))
        .and_then(|mut cells| cells.nth(at.checked_sub(1)?))
}

/// The column `points` of such a table, by the names in the first.
#[derive(Debug)]
pub struct Points(FxHashMap<&'static str, i32>);

impl Points {
    pub fn read(table: &'static str) -> Self {
        let mut rows = rows(table);
        let column = rows.next().and_then(|mut names| names.position(|name| name == "points"));
        let row =
            |mut cells: Split<'static, char>| Some((cells.next()?, cells.nth(column?.checked_sub(1)?)?.parse().ok()?));
        Self(rows.filter_map(row).collect())
    }

    /// 0 for what the table does not name.
    pub fn get(&self, name: &str) -> i32 {
        self.0.get(name).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# A comment.\nname\tmeaning\tpoints\none\t甲\t-3\ntwo\t乙\t\n";

    #[test]
    fn columns_are_found_by_their_names() {
        let points = Points::read(TABLE);
        assert_eq!((points.get("one"), points.get("two"), points.get("none")), (-3, 0, 0));
        assert_eq!(cell(TABLE, "two", "meaning"), Some("乙"));
        assert_eq!((cell(TABLE, "two", "spread"), cell(TABLE, "none", "meaning")), (None, None));
        assert_eq!(cell(TABLE, "name", "meaning"), None);
    }
}
