-- What is counted about an object goes with the object, however that goes.
delete from account_login where account_id not in (select id from object);
alter table account_login add constraint account_login_of_account
    foreign key (account_id) references object (id) on delete cascade;

-- Whom a token with a quota was given to: an account, an app credential, an enforcer. null: not known.
alter table token_use add column holder_id text collate "C" references object (id) on delete cascade;
create index token_use_by_holder on token_use (holder_id);
