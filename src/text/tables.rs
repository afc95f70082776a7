//! Tables of the program: rows of cells that tabs part, with comments behind `#`.

use std::str::Split;

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

/// The column `points` of such a table by what stands before it, laid out by `build.rs`.
#[derive(Clone, Copy, Debug)]
pub struct Points {
    /// In the order of their names.
    rows: &'static [(&'static str, i32)],
    /// So many bytes of each name are not looked at.
    skip: usize,
}

include!(concat!(env!("OUT_DIR"), "/points.rs"));

impl Points {
    const fn new(rows: &'static [(&'static str, i32)]) -> Self {
        Self { rows, skip: 0 }
    }

    /// Those whose names begin with `part` and a full stop, by what stands behind it.
    pub fn part(&self, part: &str) -> Self {
        let from = self.rows.partition_point(|(name, _)| name.bytes().lt(part.bytes().chain([b'.'])));
        let rows = &self.rows[from..];
        let own = |name: &str| name.strip_prefix(part).is_some_and(|rest| rest.starts_with('.'));
        Self { rows: &rows[..rows.partition_point(|(name, _)| own(name))], skip: part.len() + 1 }
    }

    /// All rows, by the names that [`Self::get`] takes.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, i32)> {
        self.rows.iter().map(|(name, points)| (&name[self.skip..], *points))
    }

    /// 0 for what the table does not name.
    pub fn get(&self, name: &str) -> i32 {
        let place = self.rows.binary_search_by(|(own, _)| own[self.skip..].cmp(name));
        place.map_or(0, |row| self.rows[row].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# A comment.\nname\tmeaning\tpoints\none\t甲\t-3\ntwo\t乙\t\n";

    #[test]
    fn columns_are_found_by_their_names() {
        assert_eq!(cell(TABLE, "two", "meaning"), Some("乙"));
        assert_eq!((cell(TABLE, "two", "spread"), cell(TABLE, "none", "meaning")), (None, None));
        assert_eq!(cell(TABLE, "name", "meaning"), None);
    }

    #[test]
    fn points_are_found_by_their_names() {
        const POINTS: Points = Points::new(&[("a.one", 1), ("a.two", 2), ("ab", 3), ("b.one", 4)]);
        assert_eq!((POINTS.get("ab"), POINTS.get("b.one"), POINTS.get("b")), (3, 4, 0));
        assert_eq!((POINTS.part("a").get("one"), POINTS.part("a").get("two"), POINTS.part("b").get("two")), (1, 2, 0));
        assert_eq!(POINTS.part("ab").get("one"), 0);
        assert_eq!(POINTS.part("a").iter().collect::<Vec<_>>(), [("one", 1), ("two", 2)]);
        for (mut rows, points) in [
            (rows(include_str!("../outline/counts.tsv")), COUNTS),
            (rows(include_str!("../outline/prices.tsv")), PRICES),
        ] {
            let at = rows.next().and_then(|mut names| names.position(|name| name == "points")).unwrap();
            for mut cells in rows {
                let name = cells.next().unwrap();
                assert_eq!(cells.nth(at - 1), Some(points.get(name).to_string().as_str()), "{name}");
            }
        }
    }
}
