-- How often a token with a quota was used.
create table token_use (
    token_id text collate "C" primary key,
    uses     integer not null,
    last_use timestamptz not null default now()
);
