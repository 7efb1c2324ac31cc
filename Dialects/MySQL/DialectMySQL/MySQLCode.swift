#if MySQL
/// The error numbers that the dialect asks for by name.
///
/// Numbers from 2000 to 2999 are the client library's, the others the server's. Those that only MySQL or only MariaDB has
/// do not clash, except from 3000 on, where MySQL's are meant unless MariaDB is named.
///
/// https://mariadb.com/kb/en/mariadb-error-codes/, https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html
enum MySQLCode {
    static let duplicateKey: Set<Int> = [1022, 1062, 1169, 1586, 1557, 1859]
    static let foreignKey: Set<Int> = [1216, 1217, 1451, 1452, 1761, 1762]
    static let notNull: Set<Int> = [1048, 1138, 1263, 1364, 1171]
    static let check: Set<Int> = [3819, 4025, 1369]

    static let deadlock = 1213
    static let lockWaitTimeout = 1205
    /// A row that the transaction read was changed since (MariaDB with `innodb_snapshot_isolation`), and a conflict with a
    /// transaction of another node of a cluster.
    static let serialization: Set<Int> = [1020, 1412, 3101]
    /// A lock that was not to be waited for: NOWAIT, tables, metadata, MySQL's lock service.
    static let lockRefused: Set<Int> = [lockWaitTimeout, 1099, 3572, 3132, 3133]
    static let interrupted: Set<Int> = [1317, 1028]
    static let statementTimeout: Set<Int> = [1969, 3024]

    /// The server ended the session, or nobody answers any more.
    ///
    /// 1053 shutdown, 1152-1161 packets, 1184 aborted, 1927 and 3169 killed, 4031 idle for too long.
    static let loss: Set<Int> = [
        1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 3169, 4031, 2006, 2013, 2055,
    ]
    static let connectionFailed: Set<Int> = [
        1040, 1042, 1043, 1080, 1129, 1203, 1226, 2000, 2001, 2002, 2003, 2004, 2005, 2007, 2009, 2010, 2011, 2012,
        2026,
    ]
    static let authentication: Set<Int> = [
        1045, 1698, 1251, 1275, 1820, 1862, 2049, 2058, 2059, 2060, 2061, 3118, 4151, 1524,
    ]
    static let permission: Set<Int> = [
        1044, 1095, 1130, 1131, 1132, 1133, 1141, 1142, 1143, 1147, 1227, 1370, 1410, 1419, 1703,
    ]

    static let syntax: Set<Int> = [
        1064, 1065, 1058, 1110, 1136, 1149, 1111, 1210, 1222, 1241, 1248, 1221, 1234, 2031, 2034,
        1055, 1056, 1052, 1140,
    ]
    static let undefined: Set<Int> = [
        1008, 1049, 1046, 1051, 1054, 1072, 1091, 1109, 1115, 1128, 1146, 1176, 1193, 1273, 1286, 1305, 1347, 1360,
        1449,
        1824, 1932,
    ]
    static let duplicateObject: Set<Int> = [1007, 1050, 1060, 1061, 1304, 1359, 1396, 1537, 1826, 1842]
    static let outOfRange: Set<Int> = [
        1264, 1365, 1406, 1690, 1916, 1265, 1292, 1366, 1411, 1416, 1426, 1427, 1439, 3140, 3141, 3147,
        4037, 4038, 1525, 1300, 1267, 1270, 3854, 1301, 1425, 3156,
    ]
    static let packetTooLarge: Set<Int> = [1153, 1162, 2020]
    static let readOnly: Set<Int> = [1792, 1836, 1290, 1223, 1874, 1036]
    static let transactionState: Set<Int> = [1179, 1192, 1196, 1399, 1400, 1401, 1402, 1568]
    static let storageFull: Set<Int> = [1021, 1114, 1037, 1038, 1041]
    /// Something with a file went wrong: the message says what.
    static let operatingSystem: Set<Int> = [3, 1004, 1005, 1025, 1026, 1030]
    static let storageCorrupt: Set<Int> = [1033, 1034, 1035, 1194, 1195, 1712]
    static let unsupported: Set<Int> = [1235, 1289, 1148, 1214, 1178]

    /// The server cannot prepare the statement; it has to be sent as text.
    static let cannotPrepare = 1295
    /// The prepared statement is not known any more, or has to be prepared again; nothing was run.
    static let mustPrepareAgain: Set<Int> = [1243, 1615, 2056, 2030]
    /// The result has other columns than when the statement was prepared; the statement was run.
    static let newColumns = 2057

    static func isLoss(_ code: Int) -> Bool { loss.contains(code) }
}
#endif
