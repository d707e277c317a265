"""Workbooks: XLS, XLSX and Excel's XML, as the program shows their cells."""
