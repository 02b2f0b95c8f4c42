-- What writes with an Idempotency-Key were answered, for when they are sent again; a row goes after a day.
create table answer (
    -- Digest of caller, method, path, namespace and key.
    id       text collate "C" primary key,
    -- Digest of what was asked: the same key must ask for the same.
    request  text not null,
    -- JSON: the body, without what is shown only once, and the messages.
    given    text not null,
    given_at timestamptz not null default now()
);

create index answer_by_age on answer (given_at);
