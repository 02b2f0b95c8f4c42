-- Every object of every resource of this service. What a resource looks like is its declaration's
-- business; here it is a tree with the columns that reads and rules need.
create sequence object_revision;

create table object (
    id              text collate "C" primary key,
    identity        text collate "C" not null,
    namespace       text collate "C" not null,
    name            text collate "C" not null,
    -- The name again where the declaration wants it unique within the namespace, else null.
    unique_name     text collate "C",
    propagate       boolean not null,
    archived        boolean not null,
    -- The label of the import that brought the object; null: made by hand.
    import_label    text,
    revision        bigint not null,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    normalized_tags text[] not null,
    body            jsonb not null,
    constraint object_unique_name unique (identity, namespace, unique_name)
);

create index object_by_namespace on object (identity, namespace, id);
create index object_by_name on object (identity, name, id);
create index object_by_tag on object using gin (normalized_tags);
-- Containment (@>): what a list has.
create index object_by_value on object using gin (body jsonb_path_ops);
create index object_by_label on object (namespace, import_label) where import_label is not null;

-- What has to be announced, in the order it was stored; a row goes once the broker has it.
create table outbox (
    id        bigint generated always as identity primary key,
    topic     text not null,
    key       text not null,
    namespace text not null,
    -- null: a tombstone
    value     bytea
);

-- Wakes the publisher when the transaction commits. The channel is named after the schema, since
-- several services share a database.
create function outbox_announce() returns trigger language plpgsql as $$
begin
    perform pg_notify('outbox_' || tg_table_schema, '');
    return null;
end
$$;

create trigger outbox_announce after insert on outbox
    for each statement execute function outbox_announce();
