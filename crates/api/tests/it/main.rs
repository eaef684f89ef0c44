//! The pages and the API, through a real server on the loopback, over an exchange in memory.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod client;
mod door;
mod fake;
mod locales;
mod pages;
mod rest;

use client::{Answer, Server};

/// Addresses of pages, one for each route and for what else a reader may meet.
const PAGES: [&str; 14] = [
    "/",
    "/en",
    "/viec-lam",
    "/en/viec-lam?trang=2",
    "/viec-lam?q=h%C3%A0n&noi=Sa+Th%E1%BA%A7y&nghe=electric",
    "/viec-lam?q=phi+c%C3%B4ng&noi=Sa+Th%E1%BA%A7y&nghe=it",
    "/viec-lam?noi=%3Cscript%3Ealert(6)%3C/script%3E",
    "/en/viec-lam?trang=0&nghe=%22%3E%3Cscript%3E",
    "/viec-lam/01938f7e-5b1a-7c3d-9e2f-000000000001",
    "/en/viec-lam/01938f7e-5b1a-7c3d-9e2f-000000000002",
    "/viec-lam/01938f7e-5b1a-7c3d-9e2f-000000000003",
    "/gioi-thieu",
    "/en/gioi-thieu",
    "/khong-co-trang-nay",
];

fn vacancy(id: u32) -> String {
    format!("/viec-lam/01938f7e-5b1a-7c3d-9e2f-{id:012}")
}
