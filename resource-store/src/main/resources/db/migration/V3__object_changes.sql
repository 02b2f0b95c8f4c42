-- Tells every instance of the service, when the transaction commits, which object is not what it was. New ones need no telling: nobody
-- remembers that something was not there.
create function object_changed() returns trigger language plpgsql as $$
begin
    perform pg_notify('object_' || tg_table_schema, old.id);
    return null;
end
$$;

create trigger object_changed after update or delete on object
    for each row execute function object_changed();
