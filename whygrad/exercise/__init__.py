"""The verb that sets exercises: a network with friendly numbers becomes a sheet, its key and a wrong solution."""
