"""What is chosen of an employment track: the applications that nobody answered yet."""

from service.console.choices.asking import Choosing
from service.console.choices.said import day, parts
from service.console.forms.questions import Options
from service.queries.tracks.employment import EmploymentAnswer


async def applications(asked: Choosing) -> Options:
    track = asked.track
    if not isinstance(track, EmploymentAnswer):
        return {}
    return {
        str(each.application_id): parts(
            asked.language,
            each.employer_name or asked.said.of(each.employer),
            asked.said.of(each.trade) if each.trade else "",
            day(each.applied_on, asked.language),
        )
        for each in track.applications
        if each.answer is None or asked.given == str(each.application_id)
    }
