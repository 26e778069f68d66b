"""What goes wrong at venues in a rehearsed evening: networks that are gone for minutes or for good, acks that are lost, two
scorekeepers who differ, sheets that pass their gates, a file that is carried. All of it out of the seed, and apart from what
stands on paper: the evening must end as if nothing had been wrong."""
