// The section in which linked dialects leave their records. See Sources/DialectCore/Registry/DialectRecord.swift.
#ifndef C_DIALECT_CORE_H
#define C_DIALECT_CORE_H

#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>

/// Writes an `any Dialect.Type` to `out`. `reserved` is NULL in version 1 of the record.
typedef bool (*dialect_accessor)(void *out, const void *reserved);

/// One linked dialect. The layout equals the Swift tuple `DialectRecord`: 16 bytes on 64-bit platforms.
typedef struct {
    uint32_t magic;
    uint32_t version;
    dialect_accessor accessor;
} dialect_record;

/// The first record of the section, or NULL when no dialect is linked into this image.
const dialect_record *dialect_records_begin(void);

/// One past the last record of the section.
const dialect_record *dialect_records_end(void);

#endif
