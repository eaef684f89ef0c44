//! Pairs reckoned by hand.
