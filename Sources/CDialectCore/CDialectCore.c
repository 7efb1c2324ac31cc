#include "CDialectCore.h"

// The linker defines these symbols for a section whose name is a C identifier (ELF), or on request (Mach-O).
#if defined(__ELF__)
extern const dialect_record __start_dk_dialects[] __attribute__((weak));
extern const dialect_record __stop_dk_dialects[] __attribute__((weak));
#elif defined(__APPLE__)
extern const dialect_record __start_dk_dialects[] __asm("section$start$__DATA$dk_dialects");
extern const dialect_record __stop_dk_dialects[] __asm("section$end$__DATA$dk_dialects");
#else
#error "This object format has no section bounds; register dialects by hand with DialectRegistry([...])."
#endif

const dialect_record *dialect_records_begin(void) { return __start_dk_dialects; }

const dialect_record *dialect_records_end(void) { return __stop_dk_dialects; }
