"""The fault suite: what kills, full disks, cut and flipped files do to an archive."""
