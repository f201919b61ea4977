"""One file per output format; each turns finished rows into bytes, nothing else."""
