-- For the migrator's test: two statements, and the characters that CMake would eat if files were pasted carelessly.
CREATE TABLE notes(id INTEGER PRIMARY KEY, body TEXT NOT NULL CHECK(body <> '')) STRICT;
INSERT INTO notes(body) VALUES ('a;b [c] \ "d" ${e} @f@ 直查');
