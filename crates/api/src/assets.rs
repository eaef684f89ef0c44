//! Style, fonts and icon, built into the binary.
//!
//! Each is served under a name that holds a hash of its content, so a browser may keep it for a
//! year and still gets the new one at once.

use actix_web::web::Bytes;
use rust_embed::{Embed, EmbeddedFile};

#[derive(Embed)]
#[folder = "assets/"]
struct Files;

/// Under this the assets live.
pub(crate) const ROOT: &str = "/assets/";
/// Between these marks the style names the fonts; readers who save data get it without them.
const FONTS_BEGIN: &str = "/* fonts */";
const FONTS_END: &str = "/* end of fonts */";

/// One file, as it is served.
pub(crate) struct Asset {
    /// Its hashed name, without folder.
    pub(crate) name: String,
    /// Its type.
    pub(crate) mime: &'static str,
    /// Its content.
    pub(crate) bytes: Bytes,
}

impl Asset {
    fn new(stem: &str, ending: &'static str, bytes: Bytes) -> Self {
        Self {
            name: format!("{stem}.{:016x}.{ending}", fingerprint(&bytes)),
            mime: mime(ending),
            bytes,
        }
    }

    /// Its address.
    pub(crate) fn url(&self) -> String {
        format!("{ROOT}{}", self.name)
    }
}

/// All assets.
pub(crate) struct Assets {
    /// The style with fonts.
    pub(crate) style: Asset,
    /// The style without fonts.
    pub(crate) style_lean: Asset,
    /// The regular font.
    pub(crate) regular: Asset,
    /// The bold font.
    pub(crate) bold: Asset,
    /// The mark in the browser's tab.
    pub(crate) icon: Asset,
}

impl Assets {
    pub(crate) fn load() -> Self {
        let regular = Asset::new(
            "be-vietnam-pro-400",
            "woff2",
            file("be-vietnam-pro-400.woff2"),
        );
        let bold = Asset::new(
            "be-vietnam-pro-700",
            "woff2",
            file("be-vietnam-pro-700.woff2"),
        );
        let written = file("site.css");
        let written = String::from_utf8_lossy(&written);
        let with_fonts = written
            .replace("be-vietnam-pro-400.woff2", &regular.name)
            .replace("be-vietnam-pro-700.woff2", &bold.name);
        Self {
            style_lean: style("lean", &without_fonts(&written)),
            style: style("site", &with_fonts),
            icon: Asset::new("mark", "svg", file("mark.svg")),
            regular,
            bold,
        }
    }

    /// The asset with this hashed name.
    pub(crate) fn find(&self, name: &str) -> Option<&Asset> {
        [
            &self.style,
            &self.style_lean,
            &self.regular,
            &self.bold,
            &self.icon,
        ]
        .into_iter()
        .find(|asset| asset.name == name)
    }
}

fn style(stem: &str, text: &str) -> Asset {
    Asset::new(stem, "css", Bytes::copy_from_slice(text.as_bytes()))
}

fn without_fonts(text: &str) -> String {
    match (text.split_once(FONTS_BEGIN), text.split_once(FONTS_END)) {
        (Some((before, _)), Some((_, after))) => format!("{before}{after}"),
        _ => text.to_owned(),
    }
}

fn file(name: &str) -> Bytes {
    Files::get(name)
        .map(|EmbeddedFile { data, .. }| Bytes::from(data.into_owned()))
        .unwrap_or_default()
}

fn mime(ending: &str) -> &'static str {
    match ending {
        "css" => "text/css; charset=utf-8",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

/// FNV-1a: tells versions apart; nobody gains by a collision with a file of our own.
pub(crate) fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_asset_is_there_and_found_by_its_hashed_name() {
        let assets = Assets::load();
        for asset in [
            &assets.style,
            &assets.style_lean,
            &assets.regular,
            &assets.bold,
            &assets.icon,
        ] {
            assert!(!asset.bytes.is_empty(), "{}", asset.name);
            assert_eq!(assets.find(&asset.name).unwrap().url(), asset.url());
            assert_ne!(asset.mime, "application/octet-stream", "{}", asset.name);
        }
        assert!(assets.find("site.css").is_none());
    }

    #[test]
    fn the_style_names_the_fonts_and_the_lean_one_does_not() {
        let assets = Assets::load();
        let style = String::from_utf8_lossy(&assets.style.bytes);
        assert!(style.contains(&assets.regular.name) && style.contains(&assets.bold.name));
        let lean = String::from_utf8_lossy(&assets.style_lean.bytes);
        assert!(!lean.contains("woff2") && !lean.contains("@font-face"));
        assert!(lean.contains(".btn{"));
    }
}
