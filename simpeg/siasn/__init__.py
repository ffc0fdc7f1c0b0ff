"""Reading an export of SIASN: columns, cells, one person. Plain Python, no database."""
