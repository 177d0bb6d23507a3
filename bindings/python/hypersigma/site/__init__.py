"""The catalogue as a static web site: pages, search, plots, and their assets.

The data's way: `hypersigma.Catalog` -> `contexts` (what a template is told) ->
`environment` (templates, all text made harmless) -> `folder` (files). `build`
runs it over all processors.
"""
