//! The data folder: whether it can be written, for real.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::command::finding;

/// So much is written: a full disk still takes a name, and perhaps a few bytes.
static SAMPLE: [u8; 65_536] = [0x5a; 65_536];

/// What is good, or what is wrong with it.
pub(super) fn check(folder: &Path) -> Result<String, String> {
    let name = format!("thư mục dữ liệu / data folder {}", folder.display());
    let Err(error) = write(folder) else {
        return Ok(name);
    };
    let (vi, en) = told(folder, error.kind());
    Err(finding(&format!("{name} ({error})"), vi, en))
}

/// Writes a file that is on the disk when this returns, and takes it away.
fn write(folder: &Path) -> std::io::Result<()> {
    let probe = folder.join(format!(".doctor-{}", std::process::id()));
    let written = File::create(&probe).and_then(|mut file| {
        file.write_all(&SAMPLE)?;
        file.sync_all()
    });
    let removed = if probe.exists() {
        std::fs::remove_file(&probe)
    } else {
        Ok(())
    };
    written.and(removed)
}

fn told(folder: &Path, kind: ErrorKind) -> ([&'static str; 2], [&'static str; 2]) {
    if !folder.exists() {
        return (
            [
                "chưa có thư mục này",
                "`sanviec serve` hoặc `sanviec import` sẽ tạo; nếu gõ nhầm, xem lại --data-dir",
            ],
            [
                "it is not there yet",
                "`sanviec serve` or `sanviec import` makes it; if it was mistyped, look at --data-dir",
            ],
        );
    }
    if !folder.is_dir() {
        return (
            ["đây không phải thư mục", "chỉ một thư mục bằng --data-dir"],
            ["it is no folder", "name a folder by --data-dir"],
        );
    }
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => (
            [
                "không còn chỗ để ghi",
                "dọn chỗ trống trên đĩa, nâng hạn mức, hoặc chọn thư mục khác bằng --data-dir",
            ],
            [
                "it cannot be written: there is no room",
                "make room on the disk, raise the quota, or name another folder by --data-dir",
            ],
        ),
        ErrorKind::ReadOnlyFilesystem => (
            [
                "không ghi được: ổ đĩa chỉ cho đọc",
                "gắn lại ổ đĩa với quyền ghi, hoặc chọn thư mục khác bằng --data-dir",
            ],
            [
                "it cannot be written: the file system is read-only",
                "mount it for writing, or name another folder by --data-dir",
            ],
        ),
        _ => (
            [
                "không ghi được",
                "cho người dùng chạy chương trình quyền ghi ở đó, hoặc chọn thư mục khác bằng \
                 --data-dir",
            ],
            [
                "it cannot be written",
                "give the user of the program the right to write there, or name another folder by \
                 --data-dir",
            ],
        ),
    }
}
