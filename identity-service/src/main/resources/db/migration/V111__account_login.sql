-- Wrong passwords since the last right one, and until when the account takes none.
create table account_login (
    account_id    text collate "C" primary key,
    failures      integer not null,
    blocked_until timestamptz
);
