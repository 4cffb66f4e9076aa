//! The standard metamodel and the shipped rule packs of Spelregel, as YAML text.
//!
//! This crate holds data only. It exists apart from `spelregel` because a published crate
//! cannot reach files outside its own folder.

/// The standard metamodel: kinds, properties, relations and enumerations of change programmes.
pub const METAMODEL: &str = include_str!("../metamodel.yaml");

/// What `ArchiMate` models become: kinds and relations of the standard metamodel.
pub const ARCHIMATE: &str = include_str!("../archimate.yaml");

/// The shipped packs, as (file name, YAML text), in the order in which they are listed to users.
pub const PACKS: &[(&str, &str)] = &[
    ("base.yaml", include_str!("../packs/base.yaml")),
    ("slim-invoeren.yaml", include_str!("../packs/slim-invoeren.yaml")),
    ("msp.yaml", include_str!("../packs/msp.yaml")),
    ("pm2.yaml", include_str!("../packs/pm2.yaml")),
    ("din.yaml", include_str!("../packs/din.yaml")),
    ("gateway.yaml", include_str!("../packs/gateway.yaml")),
    ("graph-hygiene.yaml", include_str!("../packs/graph-hygiene.yaml")),
];
