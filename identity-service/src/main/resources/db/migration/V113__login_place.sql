-- When all the wrong passwords that came from a place are made up for. A crash may empty it.
create unlogged table login_place (
    place   text collate "C" primary key,
    even_at timestamptz not null
);
create index login_place_by_time on login_place (even_at);
