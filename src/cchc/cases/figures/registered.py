"""Makes the numbers of cases known when Django starts."""

from cchc.cases.figures import durations, officers, online, quality, work
from cchc.cases.queries.facts import CaseFacts
from cchc.figures import api as figures

figures.own_facts(CaseFacts())
figures.register(*work.MEASURES, *quality.MEASURES, *durations.MEASURES, *online.MEASURES)
figures.register_of_officers(*officers.MEASURES)
