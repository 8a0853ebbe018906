"""Machine code on the disk: in folders that nobody else can change, each file with its checksum."""
