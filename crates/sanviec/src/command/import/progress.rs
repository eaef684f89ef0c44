//! How far it is, how fast it goes, how long it will take.

use std::io::Read;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressBarIter, ProgressStyle};
use sheet::Form;

const BYTES: &str = "{bar:30} {percent}% {msg} còn {eta}";
const ROWS: &str = "{spinner} {pos} dòng, {per_sec}";

/// The bar below what is said.
pub(super) struct Progress {
    bar: ProgressBar,
    counts_rows: bool,
}

impl Progress {
    /// Over a file of so many bytes.
    pub(super) fn over_bytes(length: u64) -> Self {
        let bar = ProgressBar::new(length).with_style(style(BYTES));
        bar.enable_steady_tick(Duration::from_millis(200));
        Self {
            bar,
            counts_rows: false,
        }
    }

    /// The file, such that what is read of it moves the bar.
    pub(super) fn reading<R: Read>(&self, file: R) -> ProgressBarIter<R> {
        self.bar.wrap_read(file)
    }

    /// A workbook is read before its first row comes: from then on rows are counted.
    pub(super) fn over(mut self, form: &Form) -> Self {
        if matches!(form, Form::Workbook { .. }) {
            self.bar.finish_and_clear();
            self.bar = ProgressBar::new_spinner().with_style(style(ROWS));
            self.bar.enable_steady_tick(Duration::from_millis(200));
            self.counts_rows = true;
        }
        self
    }

    /// So many rows were read by now.
    pub(super) fn rows(&self, count: u64) {
        if self.counts_rows {
            self.bar.set_position(count);
            return;
        }
        let seconds = self.bar.elapsed().as_secs().max(1);
        let rate = count / seconds;
        self.bar.set_message(format!("{count} dòng, {rate}/s,"));
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
