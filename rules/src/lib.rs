//! The standard metamodel and the shipped rule packs of Spelregel, as YAML text.
//!
//! This crate holds data only. It exists apart from `spelregel` because a published crate
//! cannot reach files outside its own folder.

mod compact;

pub use self::compact::compact;

#[cfg(feature = "examples")]
macro_rules! pack {
    ($file:literal) => {
        include_str!(concat!("../packs/", $file))
    };
}

#[cfg(not(feature = "examples"))]
macro_rules! pack {
    ($file:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $file))
    };
}

/// The standard metamodel: kinds, properties, relations and enumerations of change programmes.
pub const METAMODEL: &str = include_str!("../metamodel.yaml");

/// What `ArchiMate` models become: kinds and relations of the standard metamodel.
pub const ARCHIMATE: &str = include_str!("../archimate.yaml");

/// The shipped packs, as (file name, YAML text), in the order in which they are listed to users. Without the
/// feature `examples` their rules have none, and comments are gone.
pub const PACKS: &[(&str, &str)] = &[
    ("base.yaml", pack!("base.yaml")),
    ("slim-invoeren.yaml", pack!("slim-invoeren.yaml")),
    ("msp.yaml", pack!("msp.yaml")),
    ("pm2.yaml", pack!("pm2.yaml")),
    ("din.yaml", pack!("din.yaml")),
    ("gateway.yaml", pack!("gateway.yaml")),
    ("graph-hygiene.yaml", pack!("graph-hygiene.yaml")),
];
