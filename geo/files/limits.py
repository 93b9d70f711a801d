"""How large a user's file may be: far above real ones, and low enough that all of it is measured in bounded time."""

SOURCE_BYTES = 1_000_000
SCENARIO_BYTES = 20_000_000
FRONT_BYTES = 50_000_000
POINTS_BYTES = 1_000_000_000
"""Of a GeoPackage of points, which is read whole; CSV and Parquet are read in pieces, however long."""
GROUP_BYTES = 500_000_000
"""Of the texts in a row group of Parquet, or in as many rows of a long one as are measured at once, written out."""
UNPACKED_BYTES = 200_000_000
"""Of all files in a zip archive or a KMZ file together."""

DOWNLOAD_BYTES = 100_000_000
"""Of a file from the net: three times the largest that a known source has."""
ARCHIVE_BYTES = 1_000_000_000
"""Of the files in an archive with a front for each day, unpacked: five years of them."""
CONTROL_BYTES = 1_500_000_000
"""Of a table of who controls each place, unpacked: a year of it has half a gigabyte, and it is read row by row."""
CELLS_BYTES = 100_000_000
"""Of the ground around each place, which is read whole."""

ZONES = 1_000
SCENARIO_POSITIONS = 200_000
CLAIMS = 200
"""That one scenario cites."""

FRONT_FEATURES = 20_000
FRONT_LINES = 5_000
SHEET_CELLS = 20_000_000
"""Of a workbook's sheet, between the cells that lie farthest apart."""
COLUMNS = 200
"""Of a table that are looked at."""
FRONT_POSITIONS = 300_000
CROSSINGS = 20_000
"""At which the lines of a front meet or cross, other than from end to end."""
NEIGHBOURS = 5_000_000
"""Pairs of their edges that lie so near each other that they may cross."""

DEGREES = 5_000
"""Length of all outlines or lines of a file together: five times the coast of Canada."""

NAMES, UNKNOWN_KEYS = 1_000, 100
"""In one list, and of one object that are told in messages."""
