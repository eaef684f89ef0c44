//! UTF-16 as UTF-8, as it is read.

use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder};

use crate::encoding::Encoding;

/// How much is turned into UTF-8 at a time.
const CHUNK: usize = 16 << 10;

/// A reader of UTF-16 that gives UTF-8; what is no letter comes as U+FFFD.
pub(super) struct Utf16<R> {
    input: R,
    decoder: Decoder,
    text: Box<[u8]>,
    given: usize,
    filled: usize,
    is_over: bool,
}

impl<R: BufRead> Utf16<R> {
    /// Reads `input`, without the mark at its beginning.
    pub(super) fn new(input: R, encoding: Encoding) -> Self {
        let of = match encoding {
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
            _ => encoding_rs::UTF_16LE,
        };
        Self {
            input,
            decoder: of.new_decoder_with_bom_removal(),
            text: vec![0; CHUNK].into_boxed_slice(),
            given: 0,
            filled: 0,
            is_over: false,
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        while self.given == self.filled && !self.is_over {
            let bytes = self.input.fill_buf()?;
            let last = bytes.is_empty();
            let (result, read, written, _) =
                self.decoder.decode_to_utf8(bytes, &mut self.text, last);
            self.input.consume(read);
            self.given = 0;
            self.filled = written;
            self.is_over = last && result == CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.fill()?;
        let ready = self.text.get(self.given..self.filled).unwrap_or_default();
        let count = ready.len().min(buffer.len());
        if let (Some(room), Some(text)) = (buffer.get_mut(..count), ready.get(..count)) {
            room.copy_from_slice(text);
        }
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn letters_are_whole_wherever_the_reader_stops() {
        let text = "Thợ hàn, Đắk Hà 🙂\r\n".repeat(40);
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for capacity in [1, 2, 3, 7, 4_096] {
            let input = BufReader::with_capacity(capacity, wide.as_slice());
            let mut read = String::new();
            Utf16::new(input, Encoding::Utf16Be)
                .read_to_string(&mut read)
                .unwrap();
            assert_eq!(read, text);
        }
        let mut half = String::new();
        Utf16::new(&b"a\0b"[..], Encoding::Utf16Le)
            .read_to_string(&mut half)
            .unwrap();
        assert_eq!(half, "a\u{fffd}");
    }
}
