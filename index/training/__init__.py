"""Makes the data files of the bundled encoder from ../shared/data; never imported while serving."""
