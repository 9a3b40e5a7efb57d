"""What `./run` and `./test` do before and around the product: Python's standard library only.

Nothing here may import a dependency, `api` or `gis`: it runs on a bare machine, where they are not there yet.
The private database cluster lives here too, and `parvaneh` opens it through `bootstrap.private` when no
`DATABASE_URL` is set.
"""
