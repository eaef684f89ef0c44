//! 512 bits at once, with what the processor has for them.
//!
//! One of the two modules with unsafe code (the other, [`super::vector`], chooses between them at
//! run time): instructions beyond those that every processor of the kind has.

use super::lines::WORDS;

/// So many bits, as eight words.
pub(super) trait Wide: Copy {
    /// From words.
    fn of(words: &[u64; WORDS]) -> Self;
    /// As words.
    fn words(self) -> [u64; WORDS];
    /// The same word eight times.
    fn all(word: u64) -> Self;
    /// Bits that are in both.
    fn and(self, other: Self) -> Self;
    /// Bits that are in one.
    fn or(self, other: Self) -> Self;
    /// Bits that are in this, but not in the other.
    fn and_not(self, other: Self) -> Self;
    /// Bits that are in one, but not in both.
    fn xor(self, other: Self) -> Self;
    /// Each word shifted down.
    fn down(self, bits: u32) -> Self;
    /// Each word shifted up.
    fn up(self, bits: u32) -> Self;
    /// Each word less that of the other.
    fn minus(self, other: Self) -> Self;
    /// Whether no bit is set.
    fn is_empty(self) -> bool;
}

/// Words one by one.
#[cfg(any(test, not(target_arch = "x86_64")))]
#[derive(Clone, Copy)]
pub(super) struct Plain([u64; WORDS]);

#[cfg(any(test, not(target_arch = "x86_64")))]
impl Plain {
    #[inline(always)]
    fn with(self, other: Self, of: impl Fn(u64, u64) -> u64) -> Self {
        let mut words = self.0;
        for (word, other) in words.iter_mut().zip(other.0) {
            *word = of(*word, other);
        }
        Self(words)
    }
}

#[cfg(any(test, not(target_arch = "x86_64")))]
impl Wide for Plain {
    #[inline(always)]
    fn of(words: &[u64; WORDS]) -> Self {
        Self(*words)
    }

    #[inline(always)]
    fn words(self) -> [u64; WORDS] {
        self.0
    }

    #[inline(always)]
    fn all(word: u64) -> Self {
        Self([word; WORDS])
    }

    #[inline(always)]
    fn and(self, other: Self) -> Self {
        self.with(other, |one, other| one & other)
    }

    #[inline(always)]
    fn or(self, other: Self) -> Self {
        self.with(other, |one, other| one | other)
    }

    #[inline(always)]
    fn and_not(self, other: Self) -> Self {
        self.with(other, |one, other| one & !other)
    }

    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        self.with(other, |one, other| one ^ other)
    }

    #[inline(always)]
    fn down(self, bits: u32) -> Self {
        Self(self.0.map(|word| word >> bits))
    }

    #[inline(always)]
    fn up(self, bits: u32) -> Self {
        Self(self.0.map(|word| word << bits))
    }

    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        self.with(other, u64::wrapping_sub)
    }

    #[inline(always)]
    fn is_empty(self) -> bool {
        self.0.iter().fold(0, |any, word| any | word) == 0
    }
}

#[cfg(target_arch = "x86_64")]
pub(super) use x86::{Avx2, Avx512, Sse2};

#[cfg(target_arch = "x86_64")]
mod x86 {
    #![expect(
        unsafe_code,
        reason = "instructions that not every processor of the kind has"
    )]
    #![allow(unused_unsafe, reason = "some of them every processor of the kind has")]

    use std::arch::x86_64::{
        __m128i, __m256i, __m512i, _mm_and_si128, _mm_andnot_si128, _mm_cmpeq_epi8,
        _mm_cvtsi32_si128, _mm_movemask_epi8, _mm_or_si128, _mm_set1_epi64x, _mm_setzero_si128,
        _mm_sll_epi64, _mm_srl_epi64, _mm_sub_epi64, _mm_xor_si128, _mm256_and_si256,
        _mm256_andnot_si256, _mm256_or_si256, _mm256_set1_epi64x, _mm256_sll_epi64,
        _mm256_srl_epi64, _mm256_sub_epi64, _mm256_testz_si256, _mm256_xor_si256, _mm512_and_si512,
        _mm512_andnot_si512, _mm512_or_si512, _mm512_set1_epi64, _mm512_sll_epi64,
        _mm512_srl_epi64, _mm512_sub_epi64, _mm512_test_epi64_mask, _mm512_xor_si512,
    };

    use super::{WORDS, Wide};

    /// As many registers of a kind as 512 bits need.
    macro_rules! registers {
        ($(#[$doc:meta])* $name:ident([$register:ty; $many:literal]), all $all:ident,
            and $and:ident, or $or:ident, and_not $and_not:ident, xor $xor:ident,
            down $down:ident, up $up:ident, minus $minus:ident,
            is_empty $registers:ident => $is_empty:expr) => {
            $(#[$doc])*
            #[derive(Clone, Copy)]
            pub(in super::super) struct $name([$register; $many]);

            // SAFETY, for all of them: values of this type are made only in functions built for
            // these instructions, which run only where the processor has them; and registers are
            // 64 bytes together, in which every bit may be set.
            impl Wide for $name {
                #[inline(always)]
                fn of(words: &[u64; WORDS]) -> Self {
                    Self(unsafe { std::mem::transmute::<[u64; WORDS], [$register; $many]>(*words) })
                }

                #[inline(always)]
                fn words(self) -> [u64; WORDS] {
                    unsafe { std::mem::transmute::<[$register; $many], [u64; WORDS]>(self.0) }
                }

                #[inline(always)]
                fn all(word: u64) -> Self {
                    Self([unsafe { $all(word.cast_signed()) }; $many])
                }

                registers!(@of_two and $and, or $or, xor $xor, minus $minus);

                #[inline(always)]
                fn and_not(mut self, other: Self) -> Self {
                    for (one, other) in self.0.iter_mut().zip(other.0) {
                        *one = unsafe { $and_not(other, *one) };
                    }
                    self
                }

                #[inline(always)]
                fn down(mut self, bits: u32) -> Self {
                    for one in &mut self.0 {
                        *one = unsafe { $down(*one, _mm_cvtsi32_si128(bits.cast_signed())) };
                    }
                    self
                }

                #[inline(always)]
                fn up(mut self, bits: u32) -> Self {
                    for one in &mut self.0 {
                        *one = unsafe { $up(*one, _mm_cvtsi32_si128(bits.cast_signed())) };
                    }
                    self
                }

                #[inline(always)]
                fn is_empty(self) -> bool {
                    let $registers = self.0;
                    unsafe { $is_empty }
                }
            }
        };
        (@of_two $($name:ident $instruction:ident),*) => {
            $(
                #[inline(always)]
                fn $name(mut self, other: Self) -> Self {
                    for (one, other) in self.0.iter_mut().zip(other.0) {
                        *one = unsafe { $instruction(*one, other) };
                    }
                    self
                }
            )*
        };
    }

    registers!(
        /// What every x86-64 has.
        Sse2([__m128i; 4]), all _mm_set1_epi64x,
        and _mm_and_si128, or _mm_or_si128, and_not _mm_andnot_si128, xor _mm_xor_si128,
        down _mm_srl_epi64, up _mm_sll_epi64, minus _mm_sub_epi64,
        is_empty registers => {
            let [one, two, three, four] = registers;
            let any = _mm_or_si128(_mm_or_si128(one, two), _mm_or_si128(three, four));
            _mm_movemask_epi8(_mm_cmpeq_epi8(any, _mm_setzero_si128())) == 0xFFFF
        }
    );
    registers!(
        /// Needs AVX2.
        Avx2([__m256i; 2]), all _mm256_set1_epi64x,
        and _mm256_and_si256, or _mm256_or_si256, and_not _mm256_andnot_si256,
        xor _mm256_xor_si256, down _mm256_srl_epi64, up _mm256_sll_epi64,
        minus _mm256_sub_epi64,
        is_empty registers => {
            let [one, two] = registers;
            let any = _mm256_or_si256(one, two);
            _mm256_testz_si256(any, any) == 1
        }
    );
    registers!(
        /// Needs AVX-512 (F).
        Avx512([__m512i; 1]), all _mm512_set1_epi64,
        and _mm512_and_si512, or _mm512_or_si512, and_not _mm512_andnot_si512,
        xor _mm512_xor_si512, down _mm512_srl_epi64, up _mm512_sll_epi64,
        minus _mm512_sub_epi64,
        is_empty registers => {
            let [all] = registers;
            _mm512_test_epi64_mask(all, all) == 0
        }
    );
}
