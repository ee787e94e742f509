/* The text of schema.sql, made part of the program by the Makefile. */
#ifndef RAPPORT_STORE_SCHEMA_H
#define RAPPORT_STORE_SCHEMA_H

extern const char schema_sql[];

#endif
