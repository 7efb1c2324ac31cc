#if MySQL
internal import DialectCore

// Found by `DialectRegistry.linked()`; nothing in the program refers to it.
#if objectFormat(MachO)
@section("__DATA,dk_dialects") @used
#else
@section("dk_dialects") @used
#endif
private let record: DialectRecord = (0x4449_414C, 1, { out, _ in linkDialect(MySQLDialect.self, into: out) })
#endif
