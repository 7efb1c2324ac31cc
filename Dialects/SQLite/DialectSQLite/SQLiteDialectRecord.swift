#if SQLite
// Links sqlite3, whose functions SQLiteFamily calls; nothing of it is named here.
internal import CSQLite3
internal import DialectCore

// Found by `DialectRegistry.linked()`; nothing in the program refers to it.
#if objectFormat(MachO)
@section("__DATA,dk_dialects") @used
#else
@section("dk_dialects") @used
#endif
private let record: DialectRecord = (0x4449_414C, 1, { out, _ in linkDialect(SQLiteDialect.self, into: out) })
#endif
