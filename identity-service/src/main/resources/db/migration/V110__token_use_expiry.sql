-- When a token expires, its uses need not be remembered any more. null: not known.
alter table token_use add column expires_at timestamptz;
create index token_use_by_expiry on token_use (expires_at);
