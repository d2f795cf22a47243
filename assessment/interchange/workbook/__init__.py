"""The bank as a workbook (XLSX): written row by row, read within bounds."""
