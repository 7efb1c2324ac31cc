#if MySQL
#endif
