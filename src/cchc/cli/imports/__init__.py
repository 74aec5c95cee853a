"""What ``cchc import`` can bring in. Each module here is one subcommand: ``HELP``, ``add_arguments(parser)`` and ``run(progress=…, **options)``."""
