//! How much of a file is read: far above what people send, far below what does harm.

/// Bytes of a workbook.
pub const MOST_WORKBOOK: usize = 10 << 20;
/// Bytes of a row of CSV; a longer one is refused and what follows it is read.
pub const MOST_LINE: usize = 64 << 10;
/// Bytes of a row of CSV after which nothing more is read: a quotation mark is open, or it is no sheet.
pub(crate) const MOST_SKIPPED: usize = 1 << 20;
/// Columns of a sheet.
pub const MOST_COLUMNS: usize = 100;
/// Characters of a cell, as in Excel.
pub const MOST_CELL: usize = 32_767;
/// Rows of a sheet of a workbook.
pub const MOST_SHEET_ROWS: u32 = 60_000;
/// Rows at the top of a sheet among which the headings are.
pub(crate) const HEADING_ROWS: usize = 20;
/// How much of a file is looked at to tell what it is.
pub(crate) const SAMPLE: usize = 64 << 10;

/// Entries of the zip file that a workbook is.
pub(crate) const MOST_ENTRIES: usize = 1_000;
/// Bytes that one entry may hold, really unpacked.
pub(crate) const MOST_ENTRY: u64 = 100 << 20;
/// Bytes that all entries together may hold, really unpacked.
pub(crate) const MOST_UNPACKED: u64 = 200 << 20;
/// So many times its packed size an entry may hold.
pub(crate) const MOST_RATIO: u64 = 200;
/// Below this size the ratio says nothing.
pub(crate) const SMALL_ENTRY: u64 = 1 << 20;
/// Merged regions of a sheet that are kept.
pub(crate) const MOST_MERGED: usize = 100_000;
/// Bytes that the process which reads a workbook may have.
pub(crate) const CHILD_MEMORY: u64 = 256 << 20;
/// Bytes of addresses that it may have, the program itself among them.
pub(crate) const CHILD_ADDRESSES: u64 = 4 << 30;
/// Seconds of a processor that it may use.
pub(crate) const CHILD_SECONDS: u64 = 20;
/// Files that it may have open.
pub(crate) const CHILD_FILES: u64 = 16;
/// Bytes of one message of that process.
pub(crate) const MOST_FRAME: usize = 8 << 20;
