-- The tables, indexes and views of a store of 0.1.0, as that version made them. Nothing here ever changes.

CREATE TABLE act (
    "key" VARCHAR NOT NULL,
    event VARCHAR,
    first_seen DATETIME NOT NULL,
    fact VARCHAR NOT NULL,
    CONSTRAINT pk_act PRIMARY KEY ("key"),
    CONSTRAINT fk_act_event_event FOREIGN KEY(event) REFERENCES event ("key")
);

CREATE TABLE address (
    id INTEGER NOT NULL,
    source VARCHAR NOT NULL,
    identity VARCHAR NOT NULL,
    reader VARCHAR NOT NULL,
    request VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    parent INTEGER,
    start BOOLEAN NOT NULL,
    baseline BOOLEAN NOT NULL,
    owed BOOLEAN NOT NULL,
    seen_at DATETIME NOT NULL,
    first_read DATETIME,
    due_at DATETIME,
    attempts INTEGER NOT NULL,
    failure VARCHAR,
    etag VARCHAR,
    last_modified VARCHAR,
    sha256 VARCHAR,
    CONSTRAINT pk_address PRIMARY KEY (id),
    CONSTRAINT fk_address_parent_address FOREIGN KEY(parent) REFERENCES address (id),
    CONSTRAINT uq_address_identity UNIQUE (identity, reader)
);

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE alteration (
    id INTEGER NOT NULL,
    change INTEGER NOT NULL,
    at DATETIME NOT NULL,
    reader VARCHAR NOT NULL,
    "row" VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    "before" BLOB,
    "after" BLOB,
    CONSTRAINT pk_alteration PRIMARY KEY (id),
    CONSTRAINT fk_alteration_change_change FOREIGN KEY(change) REFERENCES change (id)
);

CREATE TABLE change (
    id INTEGER NOT NULL,
    at DATETIME NOT NULL,
    kind VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    event VARCHAR,
    fact VARCHAR NOT NULL,
    "before" VARCHAR,
    touches VARCHAR,
    url VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    fetched_at DATETIME NOT NULL,
    CONSTRAINT pk_change PRIMARY KEY (id),
    CONSTRAINT fk_change_event_event FOREIGN KEY(event) REFERENCES event ("key")
);

CREATE TABLE dismissal (
    id INTEGER NOT NULL,
    entry VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    entry_name VARCHAR NOT NULL,
    subject_name VARCHAR NOT NULL,
    "by" VARCHAR NOT NULL,
    at DATETIME NOT NULL,
    withdrawn_by VARCHAR,
    withdrawn_at DATETIME,
    CONSTRAINT pk_dismissal PRIMARY KEY (id)
);

CREATE TABLE event (
    "key" VARCHAR NOT NULL,
    authority VARCHAR NOT NULL,
    opened_at DATETIME NOT NULL,
    told BOOLEAN NOT NULL,
    CONSTRAINT pk_event PRIMARY KEY ("key")
);

CREATE TABLE listed (
    id INTEGER NOT NULL,
    reader VARCHAR NOT NULL,
    "row" VARCHAR NOT NULL,
    digest BLOB NOT NULL,
    raw BLOB NOT NULL,
    name VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    first_seen DATETIME NOT NULL,
    last_seen DATETIME,
    gone DATETIME,
    held_since DATETIME,
    CONSTRAINT pk_listed PRIMARY KEY (id),
    CONSTRAINT uq_listed_reader UNIQUE (reader, "row", first_seen)
);

CREATE TABLE outbox (
    id INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    destination VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    event VARCHAR,
    change INTEGER,
    in_thread BOOLEAN NOT NULL,
    mentions VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    detour VARCHAR,
    digest INTEGER,
    ahead_of INTEGER,
    problem VARCHAR,
    created_at DATETIME NOT NULL,
    state VARCHAR NOT NULL,
    attempts INTEGER NOT NULL,
    doubtful BOOLEAN NOT NULL,
    not_before DATETIME,
    sent_at DATETIME,
    receipt VARCHAR,
    failure VARCHAR,
    CONSTRAINT pk_outbox PRIMARY KEY (id),
    CONSTRAINT fk_outbox_change_change FOREIGN KEY(change) REFERENCES change (id),
    CONSTRAINT fk_outbox_digest_outbox FOREIGN KEY(digest) REFERENCES outbox (id),
    CONSTRAINT fk_outbox_event_event FOREIGN KEY(event) REFERENCES event ("key"),
    CONSTRAINT uq_outbox_key UNIQUE ("key")
);

CREATE TABLE reading (
    id INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    fact VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    fetched_at DATETIME NOT NULL,
    CONSTRAINT pk_reading PRIMARY KEY (id),
    CONSTRAINT uq_reading_key UNIQUE ("key", url)
);

CREATE TABLE register (
    reader VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    published VARCHAR,
    rows INTEGER NOT NULL,
    read_at DATETIME NOT NULL,
    sha256 VARCHAR NOT NULL,
    held_sha256 VARCHAR,
    asks BOOLEAN NOT NULL,
    remarks VARCHAR NOT NULL,
    CONSTRAINT pk_register PRIMARY KEY (reader)
);

CREATE TABLE screened (
    "key" VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    CONSTRAINT pk_screened PRIMARY KEY ("key")
);

CREATE TABLE source (
    id VARCHAR NOT NULL,
    first_ok DATETIME,
    last_poll DATETIME,
    last_ok DATETIME,
    failures INTEGER NOT NULL,
    problem VARCHAR,
    since DATETIME,
    told BOOLEAN NOT NULL,
    hold FLOAT NOT NULL,
    CONSTRAINT pk_source PRIMARY KEY (id)
);

CREATE TABLE touch (
    "by" VARCHAR NOT NULL,
    target VARCHAR NOT NULL,
    CONSTRAINT pk_touch PRIMARY KEY ("by", target)
);

CREATE TABLE watched (
    "key" VARCHAR NOT NULL,
    entry VARCHAR NOT NULL,
    added_at DATETIME NOT NULL,
    CONSTRAINT pk_watched PRIMARY KEY ("key")
);

CREATE INDEX ix_act_event ON act (event);

CREATE INDEX ix_address_due ON address (source, due_at);

CREATE INDEX ix_alteration_change ON alteration (change);

CREATE INDEX ix_alteration_row ON alteration (reader, "row", at);

CREATE INDEX ix_change_at ON change (at);

CREATE INDEX ix_change_event ON change (event);

CREATE INDEX ix_change_key ON change ("key");

CREATE UNIQUE INDEX ix_dismissal_now ON dismissal (entry, subject) WHERE withdrawn_at IS NULL;

CREATE INDEX ix_event_authority ON event (authority);

CREATE INDEX ix_event_opened_at ON event (opened_at);

CREATE UNIQUE INDEX ix_listed_now ON listed (reader, "row") WHERE gone IS NULL;

CREATE INDEX ix_outbox_event ON outbox (event);

CREATE INDEX ix_outbox_state ON outbox (destination, state);

CREATE INDEX ix_touch_target ON touch (target);
