"""Many machines: a Dask cluster, the foreman who deals jobs out here, the hands that do them there."""
