//! What employers and commune offices send, as rows of text: CSV in any encoding that Vietnamese has
//! been written in, and XLSX.
//!
//! A file may be anything that somebody picked by mistake, or made to do harm. Its first bytes tell
//! what it is; after that rows come one by one, none of them endless, and what is wrong is said in
//! words with line and column. A workbook is opened in a process of its own with little memory and
//! time ([`read_workbook`]): a kilobyte can be made to end a reader.

mod book;
mod csv;
mod encoding;
mod kind;
mod limits;
mod row;
mod table;

pub use book::{Program, read_workbook};
pub use encoding::Encoding;
pub use limits::{MOST_CELL, MOST_COLUMNS, MOST_LINE, MOST_SHEET_ROWS, MOST_WORKBOOK};
pub use row::{Next, Refused, Row, letters};
pub use table::{Column, Form, Opening, Table};
