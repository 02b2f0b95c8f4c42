-- Resources whose objects have all been announced. A resource with a topic that is not among them has its objects
-- announced when the service starts: those that were stored before it had one.
create table announced (
    identity text collate "C" primary key
);

-- Accounts were stored for a while without being announced; everything else had its topic from its first object on.
insert into announced select distinct identity from object where identity <> 'account';
