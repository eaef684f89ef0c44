//! Words for a fit.
