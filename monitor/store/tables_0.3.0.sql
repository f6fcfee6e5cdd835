-- The tables, indexes and views of a store of 0.3.0, as that version made them. Nothing here ever changes.

CREATE TABLE act (
    "key" VARCHAR NOT NULL,
    event VARCHAR,
    first_seen DATETIME NOT NULL,
    fact VARCHAR NOT NULL, baseline BOOLEAN DEFAULT '0' NOT NULL, machine VARCHAR,
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
    sha256 VARCHAR, came_at DATETIME, kills INTEGER DEFAULT '0' NOT NULL, killed_by VARCHAR, killed_at DATETIME, entries VARCHAR, same_at DATETIME, lies INTEGER DEFAULT '0' NOT NULL, sketch BLOB,
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

CREATE TABLE arrival (
    sha256 VARCHAR NOT NULL,
    at DATETIME NOT NULL,
    hops VARCHAR NOT NULL,
    CONSTRAINT pk_arrival PRIMARY KEY (sha256, at)
);

CREATE TABLE body (
    sha256 VARCHAR NOT NULL,
    size INTEGER NOT NULL,
    put_at DATETIME NOT NULL,
    CONSTRAINT pk_body PRIMARY KEY (sha256)
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
    url VARCHAR, sha256 VARCHAR, fetched_at DATETIME, handed VARCHAR,
    CONSTRAINT pk_change PRIMARY KEY (id),
    CONSTRAINT fk_change_event_event FOREIGN KEY(event) REFERENCES event ("key")
);

CREATE TABLE closed (
    destination VARCHAR NOT NULL,
    since DATETIME NOT NULL,
    why VARCHAR NOT NULL,
    CONSTRAINT pk_closed PRIMARY KEY (destination)
);

CREATE TABLE dealing (
    id INTEGER NOT NULL,
    message INTEGER NOT NULL,
    at DATETIME NOT NULL,
    deed VARCHAR NOT NULL,
    "by" VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    CONSTRAINT pk_dealing PRIMARY KEY (id),
    CONSTRAINT fk_dealing_message_outbox FOREIGN KEY(message) REFERENCES outbox (id)
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

CREATE TABLE handling (
    id INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    event VARCHAR,
    at DATETIME NOT NULL,
    verb VARCHAR NOT NULL,
    via VARCHAR NOT NULL,
    person INTEGER,
    role VARCHAR NOT NULL,
    decision VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    until VARCHAR NOT NULL,
    "to" VARCHAR NOT NULL,
    pairs VARCHAR NOT NULL,
    "before" VARCHAR NOT NULL,
    "after" VARCHAR NOT NULL,
    refused VARCHAR NOT NULL, proposal VARCHAR,
    CONSTRAINT pk_handling PRIMARY KEY (id),
    CONSTRAINT fk_handling_event_event FOREIGN KEY(event) REFERENCES event ("key"),
    CONSTRAINT fk_handling_person_person FOREIGN KEY(person) REFERENCES person (id),
    CONSTRAINT uq_handling_key UNIQUE ("key")
);

CREATE TABLE host (
    name VARCHAR NOT NULL,
    opens FLOAT NOT NULL,
    CONSTRAINT pk_host PRIMARY KEY (name)
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

CREATE TABLE look (
    id INTEGER NOT NULL,
    source VARCHAR NOT NULL,
    since DATETIME NOT NULL,
    until DATETIME NOT NULL,
    looks INTEGER NOT NULL,
    bound FLOAT NOT NULL,
    newest INTEGER,
    gap_from DATETIME,
    CONSTRAINT pk_look PRIMARY KEY (id)
);

CREATE TABLE mark (
    id INTEGER NOT NULL,
    event VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    about VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    at DATETIME NOT NULL,
    CONSTRAINT pk_mark PRIMARY KEY (id),
    CONSTRAINT fk_mark_event_event FOREIGN KEY(event) REFERENCES event ("key")
);

CREATE TABLE mute (
    about VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    until DATETIME NOT NULL,
    person INTEGER,
    "by" VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    at DATETIME NOT NULL,
    withdrawn_person INTEGER,
    withdrawn_by VARCHAR,
    withdrawn_at DATETIME,
    id INTEGER NOT NULL,
    CONSTRAINT pk_mute PRIMARY KEY (id),
    CONSTRAINT fk_mute_person_person FOREIGN KEY(person) REFERENCES person (id),
    CONSTRAINT fk_mute_withdrawn_person_person FOREIGN KEY(withdrawn_person) REFERENCES person (id)
);

CREATE TABLE name (
    number INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    person BOOLEAN NOT NULL,
    CONSTRAINT pk_name PRIMARY KEY (number)
);

CREATE TABLE name_key (
    "key" INTEGER NOT NULL,
    number INTEGER NOT NULL,
    CONSTRAINT pk_name_key PRIMARY KEY ("key", number)
)
 WITHOUT ROWID;

CREATE TABLE name_word (
    word VARCHAR NOT NULL,
    backwards VARCHAR NOT NULL,
    CONSTRAINT pk_name_word PRIMARY KEY (word)
)
 WITHOUT ROWID;

CREATE TABLE naming (
    one INTEGER NOT NULL,
    rules VARCHAR NOT NULL,
    whole BOOLEAN NOT NULL,
    change INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    CONSTRAINT pk_naming PRIMARY KEY (one)
);

CREATE TABLE opinion (
    act VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    reader VARCHAR NOT NULL,
    at DATETIME NOT NULL,
    asked INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    opinion VARCHAR,
    failure VARCHAR NOT NULL,
    again_at DATETIME,
    id INTEGER NOT NULL,
    CONSTRAINT pk_opinion PRIMARY KEY (id)
);

CREATE TABLE "outbox" (
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
    why VARCHAR DEFAULT ('') NOT NULL,
    again_of INTEGER,
    trouble INTEGER, edits INTEGER, said VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_outbox PRIMARY KEY (id),
    CONSTRAINT fk_outbox_event_event FOREIGN KEY(event) REFERENCES event ("key"),
    CONSTRAINT fk_outbox_digest_outbox FOREIGN KEY(digest) REFERENCES outbox (id),
    CONSTRAINT fk_outbox_again_of FOREIGN KEY(again_of) REFERENCES outbox (id),
    CONSTRAINT fk_outbox_change_change FOREIGN KEY(change) REFERENCES change (id),
    CONSTRAINT uq_outbox_key UNIQUE ("key"),
    CONSTRAINT fk_outbox_trouble FOREIGN KEY(trouble) REFERENCES trouble (id)
);

CREATE VIRTUAL TABLE page_line USING fts5(sha256 UNINDEXED, words, tokenize='unicode61 remove_diacritics 0');

CREATE TABLE person (
    id INTEGER NOT NULL,
    handle VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    erased_at DATETIME,
    CONSTRAINT pk_person PRIMARY KEY (id),
    CONSTRAINT uq_person_handle UNIQUE (handle)
);

CREATE TABLE piece (
    sha256 VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    packed BLOB NOT NULL,
    CONSTRAINT pk_piece PRIMARY KEY (sha256, number),
    CONSTRAINT fk_piece_sha256_body FOREIGN KEY(sha256) REFERENCES body (sha256)
);

CREATE TABLE proof (
    sha256 VARCHAR NOT NULL,
    CONSTRAINT pk_proof PRIMARY KEY (sha256)
);

CREATE TABLE reading (
    id INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    fact VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    fetched_at DATETIME NOT NULL, flaps VARCHAR,
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
    remarks VARCHAR NOT NULL, flaps VARCHAR,
    CONSTRAINT pk_register PRIMARY KEY (reader)
);

CREATE TABLE screened (
    "key" VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    CONSTRAINT pk_screened PRIMARY KEY ("key")
);

CREATE TABLE screening (
    at DATETIME NOT NULL,
    person INTEGER NOT NULL,
    via VARCHAR NOT NULL,
    packed BLOB NOT NULL,
    "before" VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    asked VARCHAR NOT NULL,
    checked VARCHAR NOT NULL,
    differs VARCHAR NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_screening PRIMARY KEY (id),
    CONSTRAINT fk_screening_person_person FOREIGN KEY(person) REFERENCES person (id)
);

CREATE TABLE sight (
    source VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    series VARCHAR NOT NULL,
    seen_at DATETIME NOT NULL,
    baseline BOOLEAN NOT NULL,
    CONSTRAINT pk_sight PRIMARY KEY (source, "key")
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
    hold FLOAT NOT NULL, habits VARCHAR, examined_at DATETIME,
    CONSTRAINT pk_source PRIMARY KEY (id)
);

CREATE TABLE store (
    one INTEGER NOT NULL,
    identity VARCHAR NOT NULL,
    sendings INTEGER NOT NULL,
    doubted_at DATETIME, proofs_since DATETIME,
    CONSTRAINT pk_store PRIMARY KEY (one)
);

CREATE TABLE subject_key (
    "key" INTEGER NOT NULL,
    place INTEGER NOT NULL,
    CONSTRAINT pk_subject_key PRIMARY KEY ("key", place)
)
 WITHOUT ROWID;

CREATE TABLE touch (
    "by" VARCHAR NOT NULL,
    target VARCHAR NOT NULL,
    CONSTRAINT pk_touch PRIMARY KEY ("by", target)
);

CREATE TABLE trouble (
    id INTEGER NOT NULL,
    about VARCHAR NOT NULL,
    sign VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    problem VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    paths VARCHAR NOT NULL,
    since DATETIME NOT NULL,
    over DATETIME,
    brought INTEGER NOT NULL,
    edits INTEGER NOT NULL,
    says VARCHAR NOT NULL,
    CONSTRAINT pk_trouble PRIMARY KEY (id)
);

CREATE TABLE watched (
    "key" VARCHAR NOT NULL,
    entry VARCHAR NOT NULL,
    added_at DATETIME NOT NULL,
    CONSTRAINT pk_watched PRIMARY KEY ("key")
);

CREATE TABLE worker (
    name VARCHAR NOT NULL,
    began DATETIME NOT NULL,
    seen DATETIME NOT NULL,
    queues VARCHAR NOT NULL,
    doing VARCHAR NOT NULL,
    schedules BOOLEAN NOT NULL,
    CONSTRAINT pk_worker PRIMARY KEY (name)
);

CREATE INDEX ix_act_event ON act (event);

CREATE INDEX ix_address_due ON address (source, due_at);

CREATE INDEX ix_alteration_change ON alteration (change);

CREATE INDEX ix_alteration_row ON alteration (reader, "row", at);

CREATE INDEX ix_body_put_at ON body (put_at);

CREATE INDEX ix_change_at ON change (at);

CREATE INDEX ix_change_event ON change (event);

CREATE INDEX ix_change_key ON change ("key");

CREATE INDEX ix_change_kind ON change (kind);

CREATE INDEX ix_change_sha256 ON change (sha256);

CREATE INDEX ix_change_source ON change (source);

CREATE INDEX ix_dealing_message ON dealing (message);

CREATE UNIQUE INDEX ix_dismissal_now ON dismissal (entry, subject) WHERE withdrawn_at IS NULL;

CREATE INDEX ix_event_authority ON event (authority);

CREATE INDEX ix_event_opened_at ON event (opened_at);

CREATE INDEX ix_handling_event ON handling (event);

CREATE UNIQUE INDEX ix_listed_now ON listed (reader, "row") WHERE gone IS NULL;

CREATE INDEX ix_look_source ON look (source);

CREATE INDEX ix_mark_about ON mark (about, name, kind, at);

CREATE INDEX ix_mark_event ON mark (event);

CREATE INDEX ix_mute_name ON mute (about, name);

CREATE INDEX ix_mute_until ON mute (until);

CREATE INDEX ix_name_word_backwards ON name_word (backwards);

CREATE INDEX ix_opinion_act ON opinion (act);

CREATE INDEX ix_opinion_at ON opinion (at);

CREATE INDEX ix_outbox_event ON outbox (event);

CREATE INDEX ix_outbox_receipt ON outbox (receipt);

CREATE INDEX ix_outbox_state ON outbox (destination, state);

CREATE INDEX ix_outbox_trouble ON outbox (trouble);

CREATE INDEX ix_reading_sha256 ON reading (sha256);

CREATE INDEX ix_screening_asked ON screening (asked, id);

CREATE INDEX ix_screening_at ON screening (at);

CREATE INDEX ix_sight_series ON sight (series, seen_at);

CREATE INDEX ix_subject_key_place ON subject_key (place);

CREATE INDEX ix_touch_target ON touch (target);

CREATE INDEX ix_trouble_about ON trouble (about, sign);

CREATE UNIQUE INDEX ix_trouble_open ON trouble (about, sign, subject) WHERE over IS NULL;

CREATE VIEW acts AS
SELECT key AS act, json_extract(fact, '$.authority') AS authority, json_extract(fact, '$.number') AS number,
       json_extract(fact, '$.title') AS title, json_extract(fact, '$.published') AS published,
       json_extract(fact, '$.url') AS url, json_extract(fact, '$.language') AS language,
       json_extract(fact, '$.understood') AS understood, first_seen, baseline, event
FROM act;

CREATE VIEW alerts AS
SELECT outbox.id AS alert, outbox.kind, outbox.destination, outbox.source, change.key AS about,
       json_extract(change.fact, '$.authority') AS authority, json_extract(change.fact, '$.published') AS published,
       outbox.severity, outbox.state, change.at AS found_at, outbox.created_at AS owed_at, outbox.sent_at AS told_at
FROM outbox LEFT JOIN change ON change.id = outbox.change;

CREATE VIEW amendments AS
SELECT act.key AS act, m.key + 1 AS measure, json_extract(m.value, '$.action') AS action,
       json_extract(t.value, '$.key') AS target, coalesce(c.value, '') AS clause,
       substr(json_extract(m.value, '$.starts.on'), 1, 10) AS starts_on,
       substr(json_extract(m.value, '$.ends.on'), 1, 10) AS ends_on
FROM act, json_each(act.fact, '$.measures') AS m, json_each(m.value, '$.amends') AS t
     LEFT JOIN json_each(t.value, '$.clauses') AS c;

CREATE VIEW entities AS
SELECT act.key AS act, m.key + 1 AS measure, e.key + 1 AS entity,
       coalesce(json_extract(e.value, '$.names.en'),
                (SELECT value FROM json_each(e.value, '$.names') LIMIT 1)) AS name,
       json_extract(e.value, '$.names.zh') AS name_zh, json_extract(e.value, '$.names.en') AS name_en,
       json_extract(e.value, '$.kind') AS kind, json_extract(e.value, '$.country') AS country,
       json_extract(e.value, '$.parent') AS parent, json_extract(e.value, '$.quote') AS quote
FROM act, json_each(act.fact, '$.measures') AS m, json_each(m.value, '$.entities') AS e;

CREATE VIEW item_codes AS
SELECT act.key AS act, m.key + 1 AS measure, i.key + 1 AS item,
       coalesce(json_extract(i.value, '$.names.en'),
                (SELECT value FROM json_each(i.value, '$.names') LIMIT 1)) AS name, k.kind, c.value AS code
FROM act, json_each(act.fact, '$.measures') AS m, json_each(m.value, '$.items') AS i,
     (SELECT 'codes' AS path, 'control' AS kind UNION ALL SELECT 'hs', 'hs') AS k,
     json_each(json_extract(i.value, '$.' || k.path)) AS c;

CREATE VIEW items AS
SELECT act.key AS act, m.key + 1 AS measure, i.key + 1 AS item,
       coalesce(json_extract(i.value, '$.names.en'),
                (SELECT value FROM json_each(i.value, '$.names') LIMIT 1)) AS name,
       (SELECT group_concat(value, ' ') FROM json_each(i.value, '$.codes')) AS codes,
       (SELECT group_concat(value, ' ') FROM json_each(i.value, '$.hs')) AS hs,
       json_extract(i.value, '$.quote') AS quote
FROM act, json_each(act.fact, '$.measures') AS m, json_each(m.value, '$.items') AS i;

CREATE VIEW listings AS
SELECT register.code AS register, listed.reader, listed.row,
       coalesce(json_extract(listed.subject, '$.names.en'),
                (SELECT value FROM json_each(listed.subject, '$.names') LIMIT 1)) AS name,
       json_extract(listed.subject, '$.country') AS country, listed.first_seen, listed.gone, listed.held_since
FROM listed JOIN register ON register.reader = listed.reader;

CREATE VIEW measures AS
SELECT act.key AS act, m.key + 1 AS measure, json_extract(act.fact, '$.authority') AS authority,
       json_extract(m.value, '$.action') AS action, json_extract(m.value, '$.register') AS register,
       substr(json_extract(m.value, '$.starts.on'), 1, 10) AS starts_on,
       substr(json_extract(m.value, '$.ends.on'), 1, 10) AS ends_on,
       (SELECT group_concat(value, ' ') FROM json_each(m.value, '$.clauses')) AS clauses,
       (SELECT group_concat(value, ' ') FROM json_each(m.value, '$.destinations')) AS destinations,
       json_extract(m.value, '$.quote') AS quote
FROM act, json_each(act.fact, '$.measures') AS m;
